"""Who says too much is told to wait, once; who is in danger is heard at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.limits import MUTE, Limits, Rate, Verdict
from bot.messages import Address, Incoming, Outgoing, Screen, room
from bot.talk.view import View


class Guard:
    """*free* says who may say as much as they like, *urgent* whether a text is a cry for help."""

    def __init__(
        self, limits: Limits, rate: Rate, free: Callable[[Incoming], bool], urgent: Callable[[str], bool]
    ) -> None:
        self._limits = limits
        self._rate = rate
        self._free = free
        self._urgent = urgent

    def hold(
        self, incoming: Incoming, look: Callable[[Address, datetime], View], now: datetime
    ) -> list[Outgoing] | None:
        """What is said instead of an answer, mostly nothing; None when *incoming* is to be answered."""
        if not self._rate.burst or self._free(incoming):
            return None
        verdict = max((self._take(one, incoming, now) for one in _payers(incoming)), key=_GRAVITY.index)
        if verdict is Verdict.FINE or (incoming.text and self._urgent(incoming.text)):
            return None
        if incoming.group:
            return []
        view = look(incoming.sender, now)
        if verdict in _AGAIN and view.session.asking:  # to another question: a walk has several of yes and no
            return None
        if verdict not in _TOLD:
            return []
        numbers = ", ".join(hotline.number for hotline in view.base.hotlines)
        said = view.say(_TOLD[verdict], minutes=int(MUTE.total_seconds() / 60), numbers=numbers)
        return [Outgoing(incoming.sender, Screen(said))]

    def _take(self, payer: Address, incoming: Incoming, now: datetime) -> Verdict:
        return self._limits.take(payer, incoming.text, self._rate, now)


_TOLD = {Verdict.FULL: "limits.full", Verdict.REPEATED: "limits.repeated"}
_AGAIN = {Verdict.REPEATED, Verdict.FOLDED}
_GRAVITY = [Verdict.FINE, Verdict.FOLDED, Verdict.REPEATED, Verdict.MUTED, Verdict.FULL]


def _payers(incoming: Incoming) -> set[Address]:
    """Whose buckets a message empties: that of the chat, and in a group that of the person too."""
    person = incoming.sender.chat if incoming.user is None else str(incoming.user)
    return {room(incoming.sender), Address(incoming.sender.channel, person)}
