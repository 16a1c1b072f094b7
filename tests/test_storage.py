"""The database by itself: in memory, and in a file where it matters."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils

from bot.actions import Human, Menu
from bot.errors import BusyError
from bot.messages import (
    Address,
    Button,
    Copied,
    Delivery,
    Done,
    Found,
    Load,
    Moved,
    Outgoing,
    Refused,
    Screen,
    Sent,
    Unreachable,
)
from bot.schema import migrate, migrations
from bot.session import Session
from bot.storage import Question, Storage

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ME = Address("telegram", "7734120")
OTHER = Address("telegram", "2")
VOLUNTEERS = Address("telegram", "-500")
WORDS = "quyến luyến con trâu"  # words that stand nowhere else


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture(params=["memory", "file"])
def storage(request: pytest.FixtureRequest, path: Path) -> Iterator[Storage]:
    made = Storage.memory() if request.param == "memory" else Storage.open(path)
    with closing(made):
        yield made


def ask(storage: Storage, who: Address = ME, text: str = WORDS, at: datetime = NOW) -> Question:
    number = storage.log(who, 11, text, "unknown", None, [("group", "birth", 0.4)], at)
    question = storage.question(number, who)
    assert question is not None
    return question


def open_case(storage: Storage, question: Question, at: datetime = NOW) -> int | None:
    return storage.cases.open(question.id, question.asked_by, question.message, question.text, at)


def whole_case(storage: Storage, at: datetime = NOW, reply: str = f"Trả lời: {WORDS}") -> int:
    """A question of ME from its asking to the reply, with everything it leaves behind."""
    case = open_case(storage, ask(storage, at=at), at)
    assert case is not None
    storage.settle(storage.enqueue(Outgoing(VOLUNTEERS, Screen(WORDS), case=case), at), Sent(70), at)
    found = storage.cases.behind(VOLUNTEERS, 70)
    assert found is not None
    storage.cases.answer(found.id, reply, 1, at)
    storage.enqueue(Outgoing(ME, Screen(f"Trả lời: {WORDS}"), quotes=11), at)
    storage.keep(ME, Session(facts={"birth-age": "under-6"}), at)
    return case


def test_an_update_is_new_once(storage: Storage) -> None:
    assert storage.is_new("telegram", "5", NOW)
    assert not storage.is_new("telegram", "5", NOW)
    assert storage.is_new("console", "5", NOW)


def test_a_chat_without_a_session_has_an_empty_one(storage: Storage) -> None:
    assert storage.session(ME) == Session()


def test_a_session_is_kept_as_it_was(storage: Storage) -> None:
    kept = Session("en", "hoa-bac", {"birth-age": "under-6"}, "birth", "marriage", 2, writing=True, screen=9)
    storage.keep(ME, Session(), NOW)
    storage.keep(ME, kept, NOW)
    assert storage.session(ME) == kept
    assert storage.session(OTHER) == Session()


def test_a_session_of_another_version_loses_only_what_is_unknown(path: Path) -> None:
    with closing(Storage.open(path)) as storage:
        storage.keep(ME, Session(language="en"), NOW)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("update sessions set body = json_set(body, '$.tomorrow', 1)")
    with closing(Storage.open(path)) as storage:
        assert storage.session(ME) == Session(language="en")


def test_a_savepoint_undoes_only_itself(storage: Storage) -> None:
    storage.begin()
    storage.keep(ME, Session(about="before"), NOW)
    with suppress(ZeroDivisionError), storage.savepoint():
        storage.keep(ME, Session(about="inside"), NOW)
        storage.keep(OTHER, Session(about="inside"), NOW)
        _ = 1 / 0
    with storage.savepoint():
        storage.keep(OTHER, Session(about="after"), NOW)
    storage.commit()
    assert (storage.session(ME).about, storage.session(OTHER).about) == ("before", "after")


def test_a_rollback_undoes_everything_and_may_come_twice(storage: Storage) -> None:
    storage.begin()
    assert storage.is_new("telegram", "5", NOW)
    storage.rollback()
    storage.rollback()
    assert storage.is_new("telegram", "5", NOW)


def test_a_question_belongs_to_who_asked_it(storage: Storage) -> None:
    question = ask(storage)
    assert storage.question(question.id, ME) == question
    assert storage.question(question.id, OTHER) is None
    assert storage.question(question.id + 1, ME) is None


def test_a_question_becomes_a_case_once(storage: Storage) -> None:
    question = ask(storage)
    assert open_case(storage, question) is not None
    assert open_case(storage, question) is None


def test_a_reply_is_found_by_the_copy_it_replies_to(storage: Storage) -> None:
    case = whole_case(storage)
    found = storage.cases.behind(VOLUNTEERS, 70)
    assert found is not None
    assert (found.id, found.asked_by, found.message, found.state) == (case, ME, 11, "answered")
    assert storage.cases.behind(VOLUNTEERS, 71) is None
    assert storage.cases.behind(OTHER, 70) is None


def test_the_number_of_a_delivery_is_never_given_again(storage: Storage) -> None:
    """It names what comes of it (`job-7`): a second of that name would count as decided."""
    first = storage.enqueue(Outgoing(ME, job=Load(), transient=True), NOW)
    storage.settle(first, Done(None), NOW)

    assert storage.enqueue(Outgoing(ME, job=Load(), transient=True), NOW).row > first.row


def test_the_outbox_gives_back_what_was_put_in(storage: Storage) -> None:
    rows = ((Button("Có", Human("birth")), Button("Trang", "https://a.vn")), (Button("Menu", Menu()),))
    above = ((Button("Hỏi riêng", "start:menu"),),)
    all_of_them = [
        Outgoing(ME, Screen("**Chào** \\[x\\] 👋", rows), edits=3, quotes=4, latest=True),
        Outgoing(VOLUNTEERS, Screen("Hỏi"), case=12, slow=True),
        Outgoing(ME, None, edits=9, transient=True),
        Outgoing(ME, copies=Copied(VOLUNTEERS, 31), quotes=4),
        Outgoing(ME, copies=Copied(VOLUNTEERS, 31, wordless=True)),
        Outgoing(ME, Screen("", above), found=(Found("p_a", "Tên", "Tóm tắt", Screen("**Phí**", rows)),)),
    ]
    sent = [storage.enqueue(one, NOW) for one in all_of_them]
    assert storage.waiting() == sent
    assert [one.outgoing for one in storage.waiting()] == all_of_them


@pytest.mark.parametrize("outcome", [Sent(5), Sent(), Unreachable(), Refused("too long")])
def test_what_is_settled_no_longer_waits(storage: Storage, outcome: Sent | Unreachable | Refused) -> None:
    storage.settle(storage.enqueue(Outgoing(ME, Screen("Chào")), NOW), outcome, NOW)
    assert storage.waiting() == []


def test_the_latest_screen_is_the_one_that_was_sent(storage: Storage) -> None:
    storage.keep(ME, Session(), NOW)
    storage.settle(storage.enqueue(Outgoing(ME, Screen("Chào"), latest=True), NOW), Sent(5), NOW)
    storage.settle(storage.enqueue(Outgoing(ME, Screen("Tin")), NOW), Sent(6), NOW)
    assert storage.session(ME).screen == 5
    storage.bury(ME)
    assert storage.session(ME).screen is None


def test_a_moved_chat_takes_everything_along(storage: Storage) -> None:
    whole_case(storage)
    storage.enqueue(Outgoing(VOLUNTEERS, Screen("Tin")), NOW)
    storage.move(VOLUNTEERS, "-100500")
    there = Address("telegram", "-100500")
    assert [one.outgoing.to for one in storage.waiting()] == [ME, there]
    assert storage.enqueue(Outgoing(VOLUNTEERS, Screen("Tin sau")), NOW)
    assert storage.waiting()[-1].outgoing.to == there
    assert storage.cases.behind(there, 70) is not None
    assert storage.successor(VOLUNTEERS) == there
    assert storage.successor(ME) == ME


def test_moving_twice_is_moving_once(storage: Storage) -> None:
    storage.enqueue(Outgoing(VOLUNTEERS, Screen("Tin")), NOW)
    storage.move(VOLUNTEERS, "-100500")
    storage.move(VOLUNTEERS, "-100500")
    assert [one.outgoing.to.chat for one in storage.waiting()] == ["-100500"]


def test_a_moved_delivery_is_remembered_where_it_arrived(storage: Storage) -> None:
    case = open_case(storage, ask(storage))
    delivery = storage.enqueue(Outgoing(VOLUNTEERS, Screen("Hỏi"), case=case), NOW)
    storage.move(VOLUNTEERS, "-100500")
    storage.settle(delivery, Sent(71), NOW)
    assert storage.cases.behind(Address("telegram", "-100500"), 71) is not None


def test_settling_a_move_is_left_to_the_desk(storage: Storage) -> None:
    delivery = storage.enqueue(Outgoing(VOLUNTEERS, Screen("Tin")), NOW)
    storage.settle(delivery, Moved("-100500"), NOW)
    assert len(storage.waiting()) == 1


def test_forgetting_names_the_copies_that_can_still_be_deleted(storage: Storage) -> None:
    whole_case(storage)
    assert storage.forget(ME, NOW + timedelta(hours=47)) == [(VOLUNTEERS, 70)]
    whole_case(storage)
    assert storage.forget(ME, NOW + timedelta(hours=49)) == []


def test_forgetting_withdraws_what_was_not_sent_yet(storage: Storage) -> None:
    case = open_case(storage, ask(storage))
    storage.enqueue(Outgoing(VOLUNTEERS, Screen(WORDS), case=case), NOW)
    storage.forget(ME, NOW)
    assert storage.waiting() == []


def test_forgetting_leaves_the_others_alone(storage: Storage) -> None:
    storage.keep(OTHER, Session(about="x"), NOW)
    question = ask(storage, OTHER)
    whole_case(storage)
    storage.forget(ME, NOW)
    assert storage.session(OTHER).about == "x"
    assert storage.question(question.id, OTHER) == question


def test_forgetting_leaves_no_trace_in_any_table_nor_in_the_file(path: Path) -> None:
    with closing(Storage.open(path)) as storage:
        whole_case(storage)
        storage.forget(ME, NOW)
    with closing(sqlite3.connect(path)) as raw:
        for (table,) in raw.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in raw.execute(f"select * from {table}").fetchall():
                assert not any(ME.chat in str(value) or "trâu" in str(value) for value in row), (table, row)
        raw.execute("pragma wal_checkpoint(truncate)")
    for file in path.parent.iterdir():
        assert ME.chat.encode() not in file.read_bytes()
        assert "con trâu".encode() not in file.read_bytes()


def test_what_has_no_more_use_is_purged(storage: Storage) -> None:
    case = whole_case(storage)
    storage.is_new("telegram", "5", NOW)
    storage.settle(storage.enqueue(Outgoing(ME, Screen(WORDS)), NOW), Sent(1), NOW)
    storage.purge(NOW + timedelta(days=8))
    assert storage.is_new("telegram", "5", NOW)
    assert storage.cases.behind(VOLUNTEERS, 70) is not None
    storage.purge(NOW + timedelta(days=32))
    assert storage.cases.behind(VOLUNTEERS, 70) is None
    storage.purge(NOW + timedelta(days=181))
    assert storage.session(ME) == Session()
    storage.purge(NOW + timedelta(days=366))
    assert storage.question(1, ME) is None
    assert storage.counts()["questions"] == 1
    assert case == 1


def test_what_is_purged_is_gone_from_the_file(path: Path) -> None:
    """Only a collaborator's answer stays, as it may become knowledge; nobody can tell any more who had asked."""
    with closing(Storage.open(path)) as storage:
        whole_case(storage, reply="Tới xã hỏi.")
        open_case(storage, ask(storage))
        for delivery in storage.waiting():
            storage.settle(delivery, Sent(80), NOW)
        storage.purge(NOW + timedelta(days=366))
    for file in path.parent.iterdir():
        assert "con trâu".encode() not in file.read_bytes()
        assert ME.chat.encode() not in file.read_bytes()


def test_what_is_young_is_not_purged(storage: Storage) -> None:
    whole_case(storage)
    storage.is_new("telegram", "5", NOW)
    storage.purge(NOW + timedelta(days=6))
    assert not storage.is_new("telegram", "5", NOW)
    assert storage.session(ME).facts == {"birth-age": "under-6"}
    assert storage.question(1, ME) is not None
    assert len(storage.waiting()) == 1


def test_counts_count(storage: Storage) -> None:
    assert set(storage.counts().values()) == {0}
    whole_case(storage)
    ask(storage)
    counts = storage.counts()
    assert (counts["chats"], counts["questions"], counts["answered"], counts["waiting"]) == (1, 2, 1, 1)


def test_the_tables_come_from_nothing_and_only_once() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrate(raw)
        tables = sqlite_utils.Database(raw).table_names()
        migrate(raw)
        assert sqlite_utils.Database(raw).table_names() == tables
        assert {"updates", "sessions", "questions", "cases", "copies", "replies", "outbox", "chats"} <= set(tables)


def test_what_was_kept_is_there_after_a_restart(path: Path) -> None:
    with closing(Storage.open(path)) as storage:
        whole_case(storage)
    with closing(Storage.open(path)) as storage:
        assert storage.session(ME).facts == {"birth-age": "under-6"}
        assert [one.outgoing.quotes for one in storage.waiting()] == [11]


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    with closing(Storage.open(path)) as storage:
        storage.keep(ME, Session(), NOW)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_second_process_is_refused(path: Path) -> None:
    with closing(Storage.open(path)):
        with pytest.raises(BusyError) as error:
            Storage.open(path)
        assert error.value.key == "error.busy"
    Storage.open(path).close()


def test_what_left_no_trace_lends_its_number_to_nothing(storage: Storage) -> None:
    """Its number is that of an update, too, when a job is done: a second one would be taken for the first."""
    job = Outgoing(Address("workshop", ""), job=Load(), transient=True)

    first = storage.enqueue(job, NOW)
    storage.settle(first, Done(None), NOW)

    assert storage.enqueue(job, NOW).row != first.row


def test_what_waits_to_be_sent_outlives_the_new_numbering(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        migrations.apply(sqlite_utils.Database(raw), stop_before="m014_outbox_numbers")
        raw.execute(
            "insert into outbox (id, channel, chat, body, at) values (41, 'telegram', '2', '{\"text\": \"a\"}', 5)"
        )

    with closing(Storage.open(path)) as storage:
        assert storage.waiting() == [Delivery(41, Outgoing(OTHER, Screen("a")))]
        assert storage.enqueue(Outgoing(OTHER, Screen("b")), NOW).row == 42
