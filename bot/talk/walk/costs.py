"""What the plan costs, how long it takes, and where it is filed: first as a whole, then file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.groups.dossiers import dossiers
from bot.groups.plan import Plan
from bot.groups.totals import Money, Totals, Trips, Wait, Waits, totals
from bot.talk.cards import filing_lines
from bot.talk.view import View
from bot.talk.walk.parts import in_a_row, in_short


def costs(view: View, plan: Plan) -> list[str]:
    files = list(dossiers(view.base, plan))
    lines = [view.say("walk.costs")]
    if len(files) > 1:
        lines += _whole(view, totals(view.base, plan, view.day))
    for file in files:
        numbers = in_a_row(list(file.numbers))
        lines += ["", view.say("walk.dossier", numbers=numbers, name=view.speech.text(file.procedure.short))]
        lines += filing_lines(view, file.procedure.filings, lambda filing: in_short(view, filing))
    offices = dict.fromkeys(file.procedure.office for file in files)
    names = "; ".join(view.speech.text(view.base.offices[office].name) for office in offices)
    return [*lines, "", view.say("walk.where", offices=names)]


def _whole(view: View, whole: Totals) -> Iterator[str]:
    """Money, days and trips of all files together, a line each."""
    yield view.say("total.money", ways=_by_way(view, {way: _money(view, one) for way, one in whole.money.items()}))
    yield view.say("total.days", days=_days(view, whole))
    yield view.say("total.trips", ways=_by_way(view, {way: _trips(view, way, one) for way, one in whole.trips.items()}))


def _by_way(view: View, said: Mapping[str, str]) -> str:
    """What is said of each way to file; once where it is the same."""
    if len(said) > 1 and len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{view.say(f'channel.{way}')} {words}" for way, words in said.items())


def _money(view: View, money: Money) -> str:
    if not money.known:
        return view.say("total.asked")
    said = view.speech.money(money.amount) if money.amount else view.say("fee.none")
    if money.rough and money.amount:
        said = view.say("total.roughly", what=said)
    if money.unknown:
        said += view.say("total.without", numbers=in_a_row(list(money.unknown)))
    return said + (view.say("fact.ask-again") if money.rough or money.unknown else "")


def _days(view: View, whole: Totals) -> str:
    if not whole.usual.in_turn.days:
        return view.say("time.appointment")
    said = _waits(view, whole.usual, "total.waits")
    if whole.checking != whole.usual:
        said += view.say("total.checking", time=_waits(view, whole.checking, "total.or"))
    if whole.untold:
        said += view.say("total.without", numbers=in_a_row(list(whole.untold)))
    return said + (view.say("fact.ask-again") if whole.unsure or whole.untold else "")


def _waits(view: View, waits: Waits, both: str) -> str:
    """The days one after another and side by side, in the sentence *both*; one figure where that is the same."""
    in_turn, at_once = _wait(view, waits.in_turn), _wait(view, waits.at_once)
    return in_turn if in_turn == at_once else view.say(both, in_turn=in_turn, at_once=at_once)


def _wait(view: View, wait: Wait) -> str:
    said = view.speech.duration(wait.duration)
    return said if wait.exact else view.say("total.roughly", what=said)


def _trips(view: View, way: str, trips: Trips) -> str:
    said = view.say("total.trip" if trips.count == 1 else "total.times", count=trips.count)
    if not trips.otherwise:
        return said
    return said + view.say(f"total.not-{way}", numbers=in_a_row(list(trips.otherwise)))
