"""Why a question was answered as it was: the screen behind "Vì sao?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot import actions as act
from bot.markup import escape
from bot.matching.matcher import Candidate, Match
from bot.matching.why import Why
from bot.messages import Rows, Screen
from bot.storage import Question
from bot.talk import menus
from bot.talk.speech import shorten
from bot.talk.turn import Turn
from bot.talk.view import View

QUOTED = 120  # characters of a question: one reads it again, the rest of the screen must fit too
VERY = 0.95  # belief from which we are very sure
MOST = 99  # percent: nothing that was guessed is certain


def explained(view: View, question: int, subject: str, turn: Turn) -> Turn:
    """*turn* with one row more: was the answer about *subject* to the logged *question* of help, and why is it so?

    For somebody else, of whom nothing is kept, and about nothing that we know, only the last.
    """
    *rows, footer = turn.screen.buttons
    asked = [view.button("button.why", act.Why(question))]
    if subject and not view.session.helping:
        thumbs = (("feedback.good", True), ("feedback.bad", False))
        asked = [*(view.button(key, act.Thumb(question, subject, good)) for key, good in thumbs), *asked]
    return replace(turn, screen=replace(turn.screen, buttons=(*rows, tuple(asked), footer)))


def screen(view: View, question: Question, match: Match, why: Why) -> Screen:
    """What *question* was taken for, how surely, what came next, and the ways on if that was wrong."""
    asked = escape(shorten(" ".join(question.text.split()), QUOTED))
    lines = [view.say("why.title"), view.say("why.asked", question=asked), *_taken(view, match, why)]
    lines += [view.say("why.edition", version=view.base.version), "", view.say("why.wrong")]
    rows: Rows = (*_others(view, match, why), (view.button("button.none", act.NoneOfThese(question.id)),))
    return view.screen(lines, rows, view.session.about)


def _taken(view: View, match: Match, why: Why) -> Iterator[str]:
    if match.bare and match.aspect is not None:
        yield view.say("why.bare", aspect=view.say(f"aspect.{match.aspect}").lower())
    elif why.veto:
        yield view.say("why.foreign", words=why.veto)
    elif why.best is None:
        yield view.say("why.nothing")
    else:
        yield _verdict(view, match, why.best)
        yield from _grounds(view, why, why.best, sure=match.decision == "answer")


def _verdict(view: View, match: Match, best: Candidate) -> str:
    if match.parts:
        one, other = (_name(view, part) for part in match.parts)
        return view.say("why.group", name=one, other=other, group=_name(view, match.candidates[0]))
    if match.decision == "answer" and match.also is not None:
        return view.say("why.two", name=_name(view, match.candidates[0]), other=_name(view, match.also))
    key = {"answer": "why.taken", "ask": "why.open", "unknown": "why.unsure"}[match.decision]
    return view.say(key, name=_name(view, match.candidates[0] if match.decision == "answer" else best))


def _grounds(view: View, why: Why, best: Candidate, *, sure: bool) -> Iterator[str]:
    """What spoke for *best*, in words and numbers, and what came after it; *sure*: enough to answer."""
    if why.exact:
        yield view.say(f"why.{why.exact}")
        return
    record = view.record(best.id)
    english = record is not None and why.phrase == record.name.en  # it found a Vietnamese question by its meaning
    yield view.say("why.like", phrase=escape(best.title if english else why.phrase))
    if sure:
        key = "very" if why.signs.right >= VERY else "rather" if why.signs.right >= why.answer else "little"
        yield view.say(f"why.{key}", percent=min(round(100 * why.signs.right), MOST))
    score = min(round(100 * best.score), 100)
    if why.next is None:
        yield view.say("why.points", score=score)
        return
    yield view.say("why.points-ahead", score=score, margin=max(score - round(100 * why.next.score), 0))
    yield view.say("why.second", name=_name(view, why.next))


def _others(view: View, match: Match, why: Why) -> Rows:
    """Back to what was answered, and on to what came next."""
    two = (*match.parts, match.also)
    found = (*match.candidates[:1], *two) if any(two) else (why.best, why.next)
    ids = [one.id for one in found if one is not None and not why.veto]
    return menus.openers(view, [view.session.about] if match.bare else ids, match.aspect or "")


def _name(view: View, candidate: Candidate) -> str:
    return view.name(candidate.id) or escape(candidate.title)
