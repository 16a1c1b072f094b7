"""Being reminded of a plan: asked for, seen, stopped; and the message itself, which tells nothing about a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.actions import Mark, OpenStep, Remind
from bot.base.model import Step
from bot.groups import reminders
from bot.groups.plan import Plan
from bot.groups.progress import dossier_of, of
from bot.groups.reminders import Reminder, Wish
from bot.messages import Button, Rows, Screen
from bot.talk.view import View, column
from bot.talk.walk.due import expected
from bot.talk.walk.limits import end
from bot.talk.walk.parts import named, title

ORDER = ("last", "soon", "result", "overdue", "silent", "returned", "open")  # of one step only the first is said


def due(view: View, plan: Plan, wish: Wish) -> tuple[Reminder, ...]:
    """What is to be said now; nothing at night or at Tết."""
    if not reminders.is_awake(view.calendar, view.now):
        return ()
    return reminders.due(view.calendar, _all(view, plan, wish), wish, view.day)


def next_look(view: View, plan: Plan) -> datetime | None:
    """When to look again, by their clock; None when nothing is ahead."""
    wish = view.session.wishes[plan.group.id]
    return reminders.next_look(view.calendar, _all(view, plan, wish), wish, view.now)


def state(view: View, plan: Plan) -> Iterator[str]:
    """That they are reminded, and when next; nothing for who did not ask."""
    wish = view.session.wishes.get(plan.group.id)
    if wish is None:
        return
    day = reminders.next_day(view.calendar, _all(view, plan, wish), wish, view.day)
    yield view.say("remind.idle") if day is None else view.say("remind.on", day=view.said_day(day))


def offer(view: View, plan: Plan, label: str = "remind.yes", step: str = "") -> Rows:
    """The way to be reminded of *plan*, seen from *step*; or no longer. Nothing while walking for somebody else."""
    if view.session.helping:
        return ()
    on = plan.group.id not in view.session.wishes
    return ((view.button(label if on else "remind.no", Remind(plan.group.id, step, on)),),)


def of_step(view: View, plan: Plan, step: Step) -> tuple[tuple[str, ...], Rows]:
    """What is said of reminders on the screen of *step*, and the way to them: where there is something to wait for."""
    filed = of(view.session.progress, plan.group, step).state == "filed"
    ahead = expected(view, plan, step) if filed else end(view, plan, step)
    if ahead is None:
        return (), ()
    if plan.group.id in view.session.wishes:
        return (view.say("remind.also"),), ()
    return (), offer(view, plan, "remind.result-too" if filed else "remind.limit-too", step.id)


def promise(view: View, *, on: bool) -> str:
    """What a tap on a button of ours came to."""
    return view.say("remind.promise" if on else "remind.stopped")


def message(view: View, plan: Plan, due: tuple[Reminder, ...]) -> Screen:
    """All that is *due*, with the way to each step; one tap stops it."""
    shown = _once(due)
    lines = [line for one in shown for line in (*_said(view, plan, one), "")]
    ways = column(_way(view, plan, one.steps[0]) for one in shown)
    rows = (*(_got(view, plan, shown[0]) if len(shown) == 1 else ()), *ways, *offer(view, plan))
    return view.screen(lines, rows, plan.group.id, walked=view.session.group == plan.group.id)


def _all(view: View, plan: Plan, wish: Wish) -> tuple[Reminder, ...]:
    return reminders.reminders(view.base, view.calendar, plan, view.session.progress, wish)


def _once(due: tuple[Reminder, ...]) -> list[Reminder]:
    shown: list[Reminder] = []
    for one in sorted(due, key=lambda one: ORDER.index(one.what)):
        if not any(step in other.steps for step in one.steps for other in shown):
            shown.append(one)
    return shown


def _said(view: View, plan: Plan, one: Reminder) -> Iterator[str]:
    office = view.base.offices[dossier_of(view.base, plan, one.steps[0]).procedure.office]
    day = "" if one.day is None else view.speech.near(one.day.day, view.day, settled=one.day.settled)
    yield view.say(
        f"remind.{one.what}",
        what=named(view, plan, one.steps),
        day=day,
        count=0 if one.day is None else (one.day.day - view.day).days,
        office=view.speech.text(office.name),
        numbers=_numbers(view, office.id),
    )
    if one.what == "result":
        yield from _fetched(view, plan, one)


def _fetched(view: View, plan: Plan, one: Reminder) -> Iterator[str]:
    """What to mind when fetching a result."""
    awaited = expected(view, plan, one.steps[0])
    if awaited is not None and awaited.checking is not None:
        checking = awaited.checking
        yield view.say("remind.checking", day=view.speech.near(checking.day, view.day, settled=checking.settled))
    channel = of(view.session.progress, plan.group, one.steps[0]).channel
    yield view.say(f"remind.fetch-{channel or 'counter'}")


def _numbers(view: View, office: str) -> str:
    """Whom to ring: the commune where they chose theirs, and the hotline."""
    place = view.base.places.get(view.session.place)
    phone = place.phone if place is not None and office == "commune-centre" else ""
    return ", ".join(number for number in (phone, *(one.number for one in view.base.hotlines[:1])) if number)


def _way(view: View, plan: Plan, step: Step) -> Button:
    label = view.say("button.step", number=plan.steps.index(step) + 1, step=title(view, step))
    return Button(label, OpenStep(plan.group.id, step.id))


def _got(view: View, plan: Plan, one: Reminder) -> Rows:
    """The tap that says the result is there, once that is to be expected."""
    if one.what not in {"overdue", "silent"}:
        return ()
    to = "all" if len(one.steps) > 1 else "done"
    return ((view.button("progress.i-received", Mark(plan.group.id, one.steps[0].id, to)),),)
