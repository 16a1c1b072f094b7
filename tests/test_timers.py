"""Timers and the team by themselves: what is set, what replaces it, what is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.messages import Address, Timer
from bot.storage import Storage
from bot.team import Member

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ME, OTHER = Address("telegram", "1"), Address("telegram", "2")


def due(storage: Storage, now: datetime) -> list[Timer]:
    return [timer for _, timer in storage.timers.due(now)]


def test_timers_are_found_when_they_are_due_and_the_earliest_first() -> None:
    storage = Storage.memory()
    late, soon = Timer("lease", ME, "7", NOW + timedelta(hours=2)), Timer("lease", ME, "8", NOW + timedelta(hours=1))
    storage.timers.set(late)
    storage.timers.set(soon)
    assert storage.timers.next() == soon.due
    assert due(storage, NOW) == []
    assert due(storage, soon.due) == [soon]
    assert due(storage, late.due) == [soon, late]


def test_a_timer_set_anew_replaces_the_one_before() -> None:
    storage = Storage.memory()
    storage.timers.set(Timer("lease", ME, "7", NOW))
    moved = Timer("lease", ME, "7", NOW + timedelta(hours=1))
    storage.timers.set(moved)
    assert due(storage, moved.due) == [moved]


def test_clearing_takes_one_subject_or_all_of_a_kind() -> None:
    storage = Storage.memory()
    kept = [Timer("lease", OTHER, "7", NOW), Timer("reminder", ME, "7", NOW)]
    for timer in (Timer("lease", ME, "7", NOW), Timer("lease", ME, "8", NOW), Timer("lease", ME, "9", NOW), *kept):
        storage.timers.set(timer)
    storage.timers.clear("lease", ME, "7")
    assert [timer.subject for timer in due(storage, NOW)] == ["8", "9", "7", "7"]
    storage.timers.clear("lease", ME)
    assert due(storage, NOW) == kept


def test_forgetting_a_chat_forgets_its_timers() -> None:
    storage = Storage.memory()
    other = Timer("reminder", OTHER, "birth", NOW)
    storage.timers.set(Timer("reminder", ME, "birth", NOW))
    storage.timers.set(other)
    storage.forget(ME, NOW)
    assert due(storage, NOW) == [other]


def test_a_member_is_known_until_removed() -> None:
    storage = Storage.memory()
    lan = Member("telegram", 5, "collaborator", "chị Lan", frozenset({"land"}), frozenset({"hoa-tien"}))
    storage.team.put(lan, NOW)
    assert storage.team.member("telegram", 5) == lan
    assert storage.team.member("zalo", 5) is None
    assert storage.team.member("telegram", None) is None
    storage.team.put(Member("telegram", 5, "admin"), NOW)
    assert storage.team.members() == [Member("telegram", 5, "admin")]
    assert storage.team.remove("telegram", 5)
    assert not storage.team.remove("telegram", 5)
    assert storage.team.members() == []
