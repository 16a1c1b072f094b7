"""Groups as Mermaid flowcharts, for any viewer of those: one with its questions, or all with their steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.base.model import Group, When
from bot.graph.words import Words


def one(words: Words, group: Group) -> str:
    """Questions, the steps they lead to, and what waits for what."""
    return _chart("TD", _group(words, group))


def everything(words: Words) -> str:
    """Every group with the procedures that are its steps; what several groups need is there once, and marked."""
    return _chart("LR", _groups(words))


def _chart(direction: str, lines: Iterable[str]) -> str:
    return "\n".join((f"flowchart {direction}", *(f"    {line}" for line in lines)))


def _group(words: Words, group: Group) -> Iterator[str]:
    for question in group.questions:
        yield f'{_node("q", question.id)}{{"{_safe(words.text(question.ask))}"}}'
    for step in group.steps:
        yield f'{_node("s", step.id)}["{_safe(words.step(step))}"]'
    for question in group.questions:
        yield from _edges(words, group, question.when, _node("q", question.id))
    for step in group.steps:
        yield from _edges(words, group, step.when, _node("s", step.id))
        yield from (f"{_node('s', before)} ==> {_node('s', step.id)}" for before in step.after)
    if group.bundle is not None:
        yield f'subgraph bundle["{_safe(words.procedure(group.bundle.procedure))}"]'
        yield from (f"    {_node('s', step)}" for step in group.bundle.steps)
        yield "end"


def _groups(words: Words) -> Iterator[str]:
    base = words.base
    for group in base.groups.values():
        yield f'{_node("g", group.id)}(["{_safe(words.text(group.short))}"])'
    for id in dict.fromkeys(step.procedure for group in base.groups.values() for step in group.steps):
        yield f'{_node("p", id)}["{_safe(words.procedure(id))}"]'
    for group in base.groups.values():
        for id in dict.fromkeys(step.procedure for step in group.steps):
            yield f"{_node('g', group.id)} --> {_node('p', id)}"
    if marked := words.shared():
        yield f"class {','.join(_node('p', id) for id in marked)} shared"
        yield "classDef shared fill:#e8f1e9,stroke:#3a704a,stroke-width:2px"


def _edges(words: Words, group: Group, when: When, target: str) -> Iterator[str]:
    """An edge from each question that *target* depends on, labelled with the answers that lead to it."""
    wanted: dict[str, list[str]] = {}
    for case in when.cases:
        for id, options in case.items():
            wanted.setdefault(id, []).extend(sorted(options))
    for id, ways in wanted.items():
        question = group.question(id)
        found = (question.option(option) for option in dict.fromkeys(ways)) if question else ()
        labels = " / ".join(_safe(words.text(option.label)) for option in found if option is not None)
        yield f'{_node("q", id)} -->|"{labels}"| {target}'


def _node(kind: str, id: str) -> str:
    return f"{kind}_{id.replace('-', '_')}"


def _safe(text: str) -> str:
    return text.replace('"', "'")
