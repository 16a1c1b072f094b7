"""Names of the national list: below our own knowledge, by exact code alone where they are not to be offered, cached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.base.model import Base
from bot.matching import names
from bot.matching.aspects import AspectCues
from bot.matching.lexicon import Lexicon
from bot.matching.matcher import Entry, Matcher
from bot.matching.national import EXACT, NationalShelf

NONE = AspectCues.from_data({})
WORDS = Lexicon.from_data({"chat": {"ko": "không"}})


def listed(code: str, title: str, *, by_name: bool = True, share: float = 1.0) -> Entry:
    return Entry("catalogue", code, code, title, (), by_name=by_name, share=share)


OWN = Entry("procedure", "permit-again", "1.013228", "Cấp lại giấy phép xây dựng", ("mất giấy phép xây nhà",))
LIST = [
    listed("1.000001", "Cấp lại giấy phép lái xe"),
    listed("1.000002", "Cấp giấy phép mở phòng khám chuyên khoa răng hàm mặt"),
    listed("1.000003", "Cấp giấy phép mở phòng khám nha khoa của tỉnh Núi Cao", by_name=False),
    listed("1.000004", "Đăng ký tàu cá", share=0.5),
    listed("1.000005", "Thủ tục đăng ký tàu cá (thực hiện tại cấp tỉnh)"),
    listed("1.000006", "Cấp lại giấy phép lái xe"),
]


def codes(matcher: Matcher, question: str) -> list[str]:
    return [one.code for one in matcher.match(question).candidates]


@pytest.fixture
def matcher() -> Matcher:
    return Matcher([OWN, *LIST], WORDS, NONE)


def test_what_only_the_list_knows_is_unknown_with_a_candidate(matcher: Matcher) -> None:
    match = matcher.match("mở phòng khám răng hàm mặt")

    assert match.decision == "unknown"
    assert [(one.kind, one.id) for one in match.candidates if one.kind == "catalogue"] == [("catalogue", "1.000002")]


def test_our_own_answer_is_the_same_with_and_without_the_list(matcher: Matcher) -> None:
    alone = Matcher([OWN], WORDS, NONE)

    for question in ("mất giấy phép xây nhà", "1.013228", "cấp lại giấy phép xây dựng", "cap lai phep xay dung"):
        assert matcher.match(question) == alone.match(question)
        assert matcher.match(question).decision == "answer"


@pytest.mark.parametrize(
    "question", ["Cấp lại giấy phép lái xe", "cap lai giay phep lai xe", " cấp lại  GIẤY phép lái xe?"]
)
def test_an_official_name_is_not_answered_with_something_of_ours_that_is_like_it(
    matcher: Matcher, question: str
) -> None:
    match = matcher.match(question)

    assert match.decision == "unknown"
    assert [(one.id, one.score) for one in match.candidates[:2]] == [("1.000001", EXACT), ("1.000006", EXACT)]
    assert "permit-again" in {one.id for one in match.candidates}


def test_what_a_name_of_the_list_says_better_is_not_answered() -> None:
    shelf = NationalShelf(LIST, WORDS)

    assert shelf.knows_better("dang ky tau ca o dau", 0.6, "Tách hộ")
    assert not shelf.knows_better("dang ky tau ca o dau", 0.97, "Tách hộ")
    assert not shelf.knows_better("tách hộ khẩu cho con trai", 0.3, "Tách hộ")


def test_the_same_procedure_at_another_office_is_not_known_better() -> None:
    shelf = NationalShelf(LIST, WORDS)

    assert not shelf.knows_better("thủ tục đăng ký tàu cá cấp tỉnh", 0.3, "Đăng ký tàu cá")


def test_a_code_of_the_list_comes_first_and_stays_unknown(matcher: Matcher) -> None:
    match = matcher.match("thủ tục 1.000002 cấp lại giấy phép xây dựng")

    assert (match.decision, match.candidates[0].code) == ("unknown", "1.000002")


def test_what_is_not_to_be_offered_is_found_by_its_code_alone(matcher: Matcher) -> None:
    assert codes(matcher, "1.000003") == ["1.000003"]
    assert "1.000003" not in codes(matcher, "Cấp giấy phép mở phòng khám nha khoa của tỉnh Núi Cao")
    assert "1.000003" not in codes(matcher, "mở phòng khám nha khoa")


def test_a_code_nobody_has_finds_nothing(matcher: Matcher) -> None:
    assert codes(matcher, "đăng ký tàu cá 9.999999") == []


def test_what_citizens_seldom_need_comes_later() -> None:
    shelf = NationalShelf(LIST, WORDS)

    assert shelf.ranked("dang ky tau ca")[0].code == "1.000005"


@pytest.mark.parametrize("entries", [[], LIST[:1], [LIST[2]]])
def test_a_list_of_any_size_is_searched(entries: list[Entry]) -> None:
    shelf = NationalShelf(entries, WORDS)

    shelf.warm()

    assert len(shelf.ranked("giấy phép")) <= 1
    assert shelf.ranked("") == ()


# The cache: a file that may be missing, old or damaged without anybody noticing but the clock.


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def only(cache: Path) -> Path:
    found = list(cache.iterdir())
    assert len(found) == 1
    return found[0]


def found_with(cache: Path | None, lexicon: Lexicon = WORDS) -> list[tuple[str, float]]:
    shelf = NationalShelf(LIST, lexicon, cache)
    return [(one.code, round(one.score, 5)) for one in shelf.ranked("mo phong kham rang")]


def test_the_second_start_finds_the_same_without_the_work(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found_with(cache)
    monkeypatch.delattr(names, "_made")  # the work itself: now it would fail

    assert found_with(cache) == first == found_with_fresh_work(monkeypatch)


def found_with_fresh_work(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    monkeypatch.undo()
    return found_with(None)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other(path: Path) -> None:
    names.keep(path, names._arrays(names.names_of(["Một tên khác"] * 9, WORDS)))


def single(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def lost(path: Path) -> None:
    """Sound as a file, but its numbers lead nowhere."""
    with np.load(path) as kept:
        arrays = dict(kept)
    with path.open("wb") as file:
        np.savez(file, **(arrays | {"where": arrays["where"] + 1000}))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [cut, flip, empty, other, single, lost, folder, Path.unlink])
def test_a_damaged_or_missing_cache_is_made_again(damage: Callable[[Path], None], cache: Path) -> None:
    expected = found_with(cache)
    damage(only(cache))

    assert found_with(cache) == expected


def test_a_cache_of_another_list_or_lexicon_is_not_used_and_goes(cache: Path) -> None:
    found_with(cache)
    before = only(cache).name

    found_with(cache, Lexicon.from_data({"chat": {"hk": "không"}}))

    assert only(cache).name != before


def test_of_a_list_without_names_nothing_is_kept(cache: Path, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        NationalShelf([], WORDS, cache).warm()

    assert not cache.exists()
    assert caplog.records == []


def test_a_folder_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    assert found_with(tmp_path / "file") == found_with(tmp_path / "none" / "cache") == found_with(None)
    assert not (tmp_path / "none").exists()


def test_the_progress_is_told_up_to_the_end(cache: Path) -> None:
    told: list[float] = []

    NationalShelf(LIST, WORDS, cache).warm(told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_every_offered_name_of_the_shipped_list_is_found_by_itself(base: Base) -> None:
    offered = [one for one in base.catalogue.values() if one.offered and len(one.name) > 30][::25]

    lost = [one.name for one in offered if one.code not in {found.code for found in matcher_of(base).listed(one.name)}]

    assert lost == []


def matcher_of(base: Base) -> Matcher:
    return Matcher([listed(one.code, one.name) for one in base.catalogue.values() if one.offered], WORDS, NONE)
