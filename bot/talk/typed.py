"""A typed word that may answer the question on the screen."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions import Action, Answer, Change, Differ
from bot.base.model import Group, Question
from bot.matching.normalise import fold
from bot.talk import said
from bot.talk.view import View

FIGURES = frozenset(map(str, range(100)))  # what can only be meant as the number of an option
PARTICLES = frozenset(
    {"a", "anh", "chi", "da", "em", "nha", "nhe", "nghe", "oi", "roi", "thua"}
)  # said around an answer, not part of it

Spell = Callable[[str], list[str]]  # a text in one spelling, word by word


def typed(view: View, group: Group, question: Question, text: str, spell: Spell) -> Action | None:
    """What *text* answers to *question*: an option by its number, its label or how that begins.

    A number that no option has brings the question again. Where an answer given elsewhere is offered, the numbers are
    those of its two buttons, and any of their words is enough.
    """
    options: list[Action] = [Answer(group.id, question.id, option.id) for option in question.options]
    offer = said.offered(group, question, view.session)
    taken: list[Action] = (
        [] if offer is None else [Answer(group.id, question.id, offer.id), Differ(group.id, question.id)]
    )
    if (figure := text.rstrip(".)")) in FIGURES:
        buttons = taken or options
        return buttons[int(figure) - 1] if 1 <= int(figure) <= len(buttons) else Change(group.id, question.id)
    words = _words(text, spell)
    for action, key in zip(taken, ("button.same", "button.differs"), strict=False):
        if words and {*words} <= {*_words(view.say(key), spell)}:
            return action
    found = _meant(question, text, " ".join(words), spell)
    return options[found[0]] if len(found) == 1 else None


def _meant(question: Question, text: str, words: str, spell: Spell) -> list[int]:
    """The places of the options whose label is *text*, in either language; else of those that begin like it."""
    labels = [" ".join(_words(option.label.vi, spell)) for option in question.options]
    english = [fold(option.label.en) for option in question.options]
    found = [at for at, label in enumerate(labels) if fold(text) == english[at] or words == label]
    return found or [at for at, label in enumerate(labels) if words and f"{label} ".startswith(f"{words} ")]


def _words(text: str, spell: Spell) -> list[str]:
    """*text* in one spelling, without the particles of politeness."""
    return [word for word in spell(text) if word not in PARTICLES]
