"""`@bot …` in any chat: choices come at once, whoever asks, and whatever became of the query meanwhile."""

from __future__ import annotations

from bot.actions import OpenGroup

from .api import Server
from .harness import BotProcess
from .people import Person, buttons

MARRIAGE = "dang ky ket hon can gi"


async def test_a_volunteer_answers_in_a_village_group_with_a_reviewed_card(server: Server, bot: BotProcess):
    village = server.world.open(-88, "group", "Xóm")
    volunteer, neighbour = Person(server, village), Person(server, village)

    choices = await volunteer.offered(volunteer.write(MARRIAGE))
    sent = volunteer.choose(choices["results"][0])

    assert "kết hôn" in sent["text"]
    assert "dichvucong.gov.vn" in str(sent["entities"])
    (opens,) = buttons(sent)
    start = opens["url"].removeprefix("https://t.me/thu_tuc_bot?start=")
    alone = Person(server, id=neighbour.user["id"])
    alone.say(f"/start {start}")
    await alone.expect("kết hôn")


async def test_what_is_not_known_leads_to_the_bot_itself(server: Server, bot: BotProcess, citizen: Person):
    choices = await citizen.offered(citizen.write("ti so tran bong toi qua"))

    assert choices["results"] == []
    citizen.say(f"/start {choices['button']['start_parameter']}")
    await citizen.expect_button(OpenGroup)


async def test_each_letter_typed_is_answered_and_nobody_waits_for_it(server: Server, bot: BotProcess, citizen: Person):
    writers = [Person(server, server.world.open(-90 - number, "group", "Xóm")) for number in range(5)]
    server.drop("answerInlineQuery", times=5)

    queries = [(one, one.write(MARRIAGE[:length])) for length in range(3, len(MARRIAGE)) for one in writers]
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)
    await server.bell.until(lambda: len(server.called("answerInlineQuery")) == len(queries), 10)
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert len(server.called("answerInlineQuery")) == len(queries)  # what broke is not tried again
    assert sum(answered is not None for answered in server.world.queries.values()) == len(queries) - 5


async def test_a_query_that_nobody_waits_for_any_more_is_no_error(server: Server, bot: BotProcess, citizen: Person):
    id = citizen.write(MARRIAGE)
    del server.world.queries[id]

    await server.bell.until(lambda: server.called("answerInlineQuery", inline_query_id=id), 10)
    citizen.say("/menu")
    await citizen.expect_button(OpenGroup)

    assert [refusal for refusal in server.refusals if "query is too old" in refusal] == [server.refusals.pop()]


async def test_odd_queries_are_answered(server: Server, bot: BotProcess, citizen: Person):
    odd = ("", "  ", "x" * 256, "\u202e\U0001f600" * 60, "/start", "@thu_tuc_bot")

    assert [(await citizen.offered(citizen.write(text)))["results"] for text in odd] == [[]] * len(odd)
