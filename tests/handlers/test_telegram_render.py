"""What the bot says becomes valid HTML within Telegram's limits."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Menu, OpenGroup
from bot.markup import Span, escape, parse
from bot.messages import Address, Button, Copied, Outgoing, Screen
from handlers.telegram.render import KEYBOARD_LIMIT, TEXT_LIMIT, Call, html, keyboard, render, split, units

HERE = Address("telegram", "5")
LINKS = {"link_preview_options": {"is_disabled": True}}


class Reader(HTMLParser):
    """Reads HTML as Telegram does: only known tags, each closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, [name for name, _ in attrs]) in [("b", []), ("a", ["href"])]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(text: str) -> str:
    return "".join(span.text for span in parse(text))


def texts(calls: list[Call]) -> list[str]:
    return [str(call.data["text"]) for call in calls]


def test_a_screen_becomes_one_message_with_buttons() -> None:
    buttons = ((Button("Bảng chọn", Menu()),), (Button("Cổng DVC", "https://example.vn"),))

    calls = render(Outgoing(HERE, Screen("**Phí** < 8.000 đ & [ở đây](https://a.vn/?b=1&c=2)", buttons)))

    rows = [[{"text": "Bảng chọn", "callback_data": "m"}], [{"text": "Cổng DVC", "url": "https://example.vn"}]]
    text = '<b>Phí</b> &lt; 8.000 đ &amp; <a href="https://a.vn/?b=1&amp;c=2">ở đây</a>'
    body = {"chat_id": 5, "text": text, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": rows}} | LINKS
    assert calls == [Call("SendMessage", body)]


def test_a_button_that_opens_the_bot_is_a_link_to_it() -> None:
    (button,) = keyboard(((Button("Mở", "start:p_will"),),), "thu_tuc_bot")["inline_keyboard"][0]  # type: ignore[index]

    assert button == {"text": "Mở", "url": "https://t.me/thu_tuc_bot?start=p_will"}


def test_a_copy_names_the_message_and_what_it_replies_to() -> None:
    calls = render(Outgoing(HERE, copies=Copied(Address("telegram", "-1009#77"), 31), quotes=4))

    source = {"chat_id": 5, "from_chat_id": -1009, "message_id": 31}
    reply = {"message_id": 4, "allow_sending_without_reply": True}
    assert calls == [Call("CopyMessage", source | {"reply_parameters": reply})]


def test_a_copy_without_words_has_an_empty_caption() -> None:
    (call,) = render(Outgoing(HERE, copies=Copied(Address("telegram", "5"), 31, wordless=True)))

    assert call.data["caption"] == ""


def test_what_is_new_goes_into_its_topic_and_what_stands_there_has_an_id_of_the_whole_chat() -> None:
    topic = Address("telegram", "-1009#77")
    there = {"chat_id": -1009, "message_thread_id": 77}

    new = [Outgoing(topic, Screen("a" * 5000)), Outgoing(topic, copies=Copied(HERE, 31))]
    old = [Outgoing(topic, Screen("a"), edits=8), Outgoing(topic, edits=8)]

    assert [there.items() <= call.data.items() for one in new for call in render(one)] == [True, True, True]
    assert ["message_thread_id" in call.data for one in old for call in render(one)] == [False, False]


def test_an_edit_names_its_message() -> None:
    body = {"chat_id": 5, "text": "a", "parse_mode": "HTML", "message_id": 8} | LINKS

    assert render(Outgoing(HERE, Screen("a"), edits=8)) == [Call("EditMessageText", body)]


def test_a_quote_is_sent_even_if_the_quoted_message_is_gone() -> None:
    (call,) = render(Outgoing(HERE, Screen("a"), quotes=8))

    assert call.data["reply_parameters"] == {"message_id": 8, "allow_sending_without_reply": True}


def test_no_screen_deletes() -> None:
    assert render(Outgoing(HERE, edits=8)) == [Call("DeleteMessage", {"chat_id": 5, "message_id": 8})]
    assert render(Outgoing(HERE)) == []


@pytest.mark.parametrize(("chat", "expected"), [("5", 5), ("-1009", -1009), ("@kênh", "@kênh"), ("²", "²")])
def test_chats_are_numbers_where_they_can_be(chat: str, expected: int | str) -> None:
    (call,) = render(Outgoing(Address("telegram", chat), Screen("a")))

    assert call.data["chat_id"] == expected


def test_a_long_text_is_cut_at_line_ends_with_the_buttons_under_the_last_part() -> None:
    lines = [f"• **{number}** " + "ờ" * 90 for number in range(100)]

    calls = render(Outgoing(HERE, Screen("\n".join(lines), ((Button("Tiếp", Menu()),),)), quotes=3))

    assert [call.method for call in calls] == ["SendMessage"] * 3
    assert [line for text in texts(calls) for line in text.splitlines()] == [html(parse(line)) for line in lines]
    assert ["reply_markup" in call.data for call in calls] == [False, False, True]
    assert ["reply_parameters" in call.data for call in calls] == [True, False, False]


def test_a_long_edit_changes_the_message_and_sends_the_rest() -> None:
    calls = render(Outgoing(HERE, Screen("😀" * 3000), edits=8))

    assert [call.method for call in calls] == ["EditMessageText", "SendMessage"]


def test_plain_text_has_the_addresses_and_no_marks() -> None:
    (call,) = render(Outgoing(HERE, Screen("**a** [b](https://c.vn)")), markup=False)

    assert call.data == {"chat_id": 5, "text": "a b (https://c.vn)"} | LINKS


def test_a_keyboard_keeps_to_the_limits() -> None:
    wide = tuple(Button(str(number), OpenGroup("birth")) for number in range(9))

    rows = keyboard((wide,) * 20)["inline_keyboard"]

    assert isinstance(rows, list)
    assert [len(row) for row in rows[:4]] == [8, 1, 8, 1]
    assert sum(len(row) for row in rows) == KEYBOARD_LIMIT


SPANS = st.builds(Span, st.text(), st.booleans(), st.sampled_from(["", "https://a.vn/?x=1&y=\"'>"]))


@given(st.lists(SPANS).map(tuple))
def test_any_text_becomes_html_that_reads_as_the_text(text: tuple[Span, ...]) -> None:
    visible = "".join(span.text for span in text).replace("\r", "")
    reader = Reader(html(text).replace("\r", ""))

    assert reader.open == []
    assert reader.text == visible


@given(st.lists(SPANS, max_size=12).map(tuple), st.integers(2, 30))
def test_any_text_is_split_within_the_limit_and_loses_only_blanks(text: tuple[Span, ...], limit: int) -> None:
    parts = split(text, limit)

    assert all(units("".join(span.text for span in part)) <= limit for part in parts)
    kept = "".join(span.text for part in parts for span in part)
    assert "".join(kept.split()) == "".join("".join(span.text for span in text).split())


@given(st.text(min_size=1).map(lambda text: text * 300))
def test_what_a_citizen_wrote_is_shown_as_written(text: str) -> None:
    calls = render(Outgoing(HERE, Screen(escape(text))))

    assert all(units(Reader(part).text) <= TEXT_LIMIT for part in texts(calls))
    assert shown(escape(text)) == text
