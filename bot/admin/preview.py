"""The screens of a procedure or a group as a citizen sees them: as text, or as a page of phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from bot.admin.screens import Shot
from bot.base.model import Entry, Procedure, Record
from bot.markup import Span, parse, plain
from bot.messages import Button
from bot.talk.cards import source_lines
from bot.talk.view import View

STYLE = """
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
html { font: 17px/1.45 "Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #17212b;
    background: #dfe8ee; }
body { margin: 0 auto; padding: .9rem; max-width: 76rem; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0 0 .6rem; }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 1.6rem 0 .7rem; padding-top: .7rem; border-top: 2px solid #b9c9d5; }
h3 { font-size: .9rem; margin: 0 0 .35rem .3rem; color: #3d5366; }
h3 span { font-weight: normal; color: #6b7f8f; }
header { font-size: .9rem; white-space: pre-line; overflow-wrap: anywhere; margin-bottom: 1.2rem; }
main { columns: 21rem; column-gap: 1.2rem; }
section { break-inside: avoid; padding-bottom: 1.3rem; }
p { background: #fff; border-radius: 1.1rem 1.1rem 1.1rem .3rem; padding: .7rem .9rem; margin: 0 0 .45rem;
    white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 1px 2px #0002; }
a { color: #0b63a5; }
.row { display: flex; gap: .4rem; margin-bottom: .4rem; }
.row span { flex: 1; min-width: 0; padding: .5rem .6rem; border-radius: 99px; text-align: center; line-height: 1.3;
    font-size: .92rem; font-weight: 600; color: #0b4a7d; background: #c3d7e6;
    overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media print {
    html { font-size: 8.5pt; background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    body { padding: 0; max-width: none; }
    main { columns: auto; }
    section { display: inline-block; vertical-align: top; width: 31.5%; margin-right: 1.5%; }
    h2 { break-after: avoid; }
    p { border: 1px solid #9db0be; box-shadow: none; }
}
"""  # labels are cut where a phone cuts them


def about(view: View, record: Record | Entry) -> list[str]:
    """What stands above the screens of *record*: of which day and version they are, and where the facts are from."""
    said = view.speech.tell("preview.about", day=view.speech.day(view.day), version=view.base.version)
    if isinstance(record, Entry):  # its one screen says that itself
        return [said]
    return [said, *source_lines(view, record, record.legal if isinstance(record, Procedure) else ())]


def as_text(shots: Iterable[Shot]) -> Iterator[str]:
    """Every screen under its name: the words, then the buttons, a row a line."""
    for part, screens in groupby(shots, key=lambda shot: shot.part):
        if part:
            yield from (f"══ {part} ══", "")
        for shot in screens:
            yield f"── {shot.name} ──"
            yield plain(shot.screen.text)
            yield from (f"  {' '.join(f'[{button.label}]' for button in row)}" for row in shot.screen.buttons)
            yield ""


def as_html(title: str, language: str, shots: Iterable[Shot], above: Iterable[str] = ()) -> str:
    """One page with all screens, for a browser or for paper; it loads nothing. *above* are lines of markup."""
    parts = "\n".join(_part(part, screens) for part, screens in groupby(shots, key=lambda shot: shot.part))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>'
    header = "\n".join(map(_words, above))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>{head}\n<style>{STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>\n<header>{header}</header>\n{parts}\n</body>\n</html>\n"
    )


def _part(part: str, shots: Iterable[Shot]) -> str:
    heading = f"<h2>{escape(part)}</h2>\n" if part else ""
    return f"{heading}<main>\n{chr(10).join(map(_phone, shots))}\n</main>"


def _phone(shot: Shot) -> str:
    rows = "\n".join(_row(row) for row in shot.screen.buttons)
    name = f"{escape(shot.title)} <span>{escape(shot.name)}</span>"
    return f"<section><h3>{name}</h3>\n<p>{_words(shot.screen.text)}</p>\n{rows}</section>"


def _words(markup: str) -> str:
    return "".join(map(_span, parse(markup)))


def _span(span: Span) -> str:
    words = escape(span.text)
    if span.link:
        return f'<a href="{escape(span.link)}">{words}</a>'
    return f"<b>{words}</b>" if span.bold else words


def _row(row: Iterable[Button]) -> str:
    return f'<div class="row">{"".join(f"<span>{escape(button.label)}</span>" for button in row)}</div>'
