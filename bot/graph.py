"""A group as a Mermaid flowchart: questions, the steps they lead to, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Base, Group, When


def mermaid(base: Base, group: Group) -> str:
    """The text of the chart, ready for any Mermaid viewer."""
    return "\n".join(("flowchart TD", *_lines(base, group)))


def _lines(base: Base, group: Group) -> Iterator[str]:
    for question in group.questions:
        yield f'    {_node("q", question.id)}{{"{_safe(question.ask.vi)}"}}'
    for step in group.steps:
        name = base.procedures[step.procedure].short.vi
        yield f'    {_node("s", step.id)}["{_safe(name)}"]'
    for question in group.questions:
        yield from _edges(group, question.when, _node("q", question.id))
    for step in group.steps:
        yield from _edges(group, step.when, _node("s", step.id))
        yield from (f"    {_node('s', before)} ==> {_node('s', step.id)}" for before in step.after)
    if group.bundle is not None:
        yield f'    subgraph bundle["{_safe(base.procedures[group.bundle.procedure].short.vi)}"]'
        yield from (f"        {_node('s', step)}" for step in group.bundle.steps)
        yield "    end"


def _edges(group: Group, when: When, target: str) -> Iterator[str]:
    """An edge from each question that *target* depends on, labelled with the answers that lead to it."""
    wanted: dict[str, list[str]] = {}
    for case in when.cases:
        for id, options in case.items():
            wanted.setdefault(id, []).extend(sorted(options))
    for id, ways in wanted.items():
        question = group.question(id)
        found = (question.option(option) for option in dict.fromkeys(ways)) if question else ()
        labels = " / ".join(_safe(option.label.vi) for option in found if option is not None)
        yield f'    {_node("q", id)} -->|"{labels}"| {target}'


def _node(kind: str, id: str) -> str:
    return f"{kind}_{id.replace('-', '_')}"


def _safe(text: str) -> str:
    return " ".join(text.split()).replace('"', "'")
