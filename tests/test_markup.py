"""The small markup: what it shows, what it leaves alone, and that nobody can write it by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.model import Base
from bot.markup import Span, escape, parse, plain


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("Chào anh/chị", (Span("Chào anh/chị"),)),
        ("**Đậm**", (Span("Đậm", bold=True),)),
        ("a **b** c", (Span("a "), Span("b", bold=True), Span(" c"))),
        ("[trang](https://a.vn/x?y=1&z=2)", (Span("trang", link="https://a.vn/x?y=1&z=2"),)),
        ("[x](javascript:alert)", (Span("[x](javascript:alert)"),)),
        ("2 * 3 ** 4", (Span("2 * 3 ** 4"),)),
        ("[ghi chú] (1)", (Span("[ghi chú] (1)"),)),
        (r"\*\*không đậm\*\*", (Span("**không đậm**"),)),
        (r"**sao \* đậm**", (Span("sao * đậm", bold=True),)),
        ("cuối \\", (Span("cuối \\"),)),
        ("**hai\ndòng**", (Span("hai\ndòng", bold=True),)),
    ],
)
def test_it_is_shown(text: str, spans: tuple[Span, ...]) -> None:
    assert parse(text) == spans


@given(st.text())
def test_what_a_citizen_wrote_is_shown_as_written(text: str) -> None:
    assert "".join(span.text for span in parse(escape(text))) == text
    assert all(not span.bold and not span.link for span in parse(escape(text)))
    assert plain(escape(text)) == text


@given(st.text(alphabet="*[]()\\ahtps:/.\n", max_size=40))
def test_what_a_citizen_wrote_does_not_reach_the_words_around_it(text: str) -> None:
    assert parse(f"**Hỏi:** {escape(text)} **Hết**")[0] == Span("Hỏi:", bold=True)
    assert parse(f"**Hỏi:** {escape(text)} **Hết**")[-1] == Span("Hết", bold=True)


@given(st.text(alphabet="**[](\\) https://a.vn\n", max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    assert all(span.text for span in parse(text))
    assert isinstance(plain(text), str)


def test_plain_text_keeps_the_address_of_a_link() -> None:
    assert plain("xem [trang này](https://a.vn) **nhé**") == "xem trang này (https://a.vn) nhé"


def test_no_shipped_sentence_has_markup_left_over(base: Base) -> None:
    for sentences in base.texts.values():
        for key, sentence in sentences.items():
            assert not any("**" in span.text for span in parse(sentence)) or key.startswith("problem."), key
