"""The screens of a procedure or a group as a citizen sees them: as text, or as a page of phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bot.admin.screens import Shot
from bot.markup import Span, parse, plain
from bot.messages import Button

STYLE = """
body { font-family: sans-serif; background: #ddd; margin: 1rem; }
main { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
section { width: 22rem; background: #e7ebf0; border-radius: 1rem; padding: .8rem; }
h2 { font-size: .8rem; font-weight: normal; color: #666; margin: 0 0 .5rem; }
p { background: #fff; border-radius: .8rem; padding: .6rem .8rem; margin: 0 0 .4rem; white-space: pre-wrap;
    overflow-wrap: anywhere; line-height: 1.35; }
.row { display: flex; gap: .3rem; margin-bottom: .3rem; }
.row span { flex: 1; background: #cfd9e4; border-radius: .5rem; padding: .4rem; text-align: center;
    font-size: .85rem; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
"""  # labels are cut where a phone cuts them


def as_text(shots: Iterable[Shot]) -> Iterator[str]:
    """Every screen under its name: the words, then the buttons, a row a line."""
    for shot in shots:
        yield f"── {shot.name} ──"
        yield plain(shot.screen.text)
        yield from (f"  {' '.join(f'[{button.label}]' for button in row)}" for row in shot.screen.buttons)
        yield ""


def as_html(title: str, language: str, shots: Iterable[Shot]) -> str:
    """One page with all screens, for a browser; it loads nothing."""
    body = "\n".join(_phone(shot) for shot in shots)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>'
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>{head}\n<style>{STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>\n<main>\n{body}\n</main></body>\n</html>\n"
    )


def _phone(shot: Shot) -> str:
    words = "".join(_span(span) for span in parse(shot.screen.text))
    rows = "\n".join(_row(row) for row in shot.screen.buttons)
    return f"<section><h2>{escape(shot.name)}</h2>\n<p>{words}</p>\n{rows}</section>"


def _span(span: Span) -> str:
    words = escape(span.text)
    if span.link:
        return f'<a href="{escape(span.link)}">{words}</a>'
    return f"<b>{words}</b>" if span.bold else words


def _row(row: Iterable[Button]) -> str:
    return f'<div class="row">{"".join(f"<span>{escape(button.label)}</span>" for button in row)}</div>'
