"""What a citizen's text means, read with the unanswered ones right before it, and logged once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.matching import together
from bot.matching.matcher import Match, Matcher
from bot.matching.smalltalk import GREETING
from bot.messages import Incoming
from bot.session import Piece
from bot.storage import Storage
from bot.talk.redaction import redact
from bot.talk.view import View

PAUSE = 60  # seconds after which what is written is no longer the rest of what was
MOST = 4  # messages of one question


class Hearing:
    """Listens with one matcher."""

    def __init__(self, matcher: Matcher, storage: Storage) -> None:
        self._matcher = matcher
        self._storage = storage

    def hear(self, view: View, incoming: Incoming, text: str, now: datetime) -> tuple[View, Match]:
        """What *text* means; in the session, the number it is logged under, and itself until something answers it.

        Small talk is not logged, and only a greeting leaves open what was said before.
        """
        hidden = redact(text)  # before all: an identity number in a question is not about identity cards
        at = int(now.timestamp())
        before = _recent(view.session.pieces, at) if incoming.kind == "message" else ()
        match, joined = together.read(self._matcher, [piece.text for piece in before], hidden)
        if match.reply is not None:
            pieces = view.session.pieces if match.reply == GREETING else ()
            return replace(view, session=replace(view.session, pieces=pieces)), match
        number = self._log(view, incoming, match, now)
        apart, parts = before[: len(before) - joined], before[len(before) - joined :]
        self._storage.join({one.question for one in parts} - {one.question for one in apart})
        whole = tuple(replace(one, question=number) for one in parts)
        pieces = (*apart, *whole, Piece(hidden, at, number))[1 - MOST :]
        return replace(view, session=replace(view.session, asked=number, pieces=pieces)), match

    def _log(self, view: View, incoming: Incoming, match: Match, now: datetime) -> int:
        scores = [(one.kind, one.id, round(one.score, 3)) for one in match.candidates]
        decision = "bare" if match.bare else match.decision  # what it asks of is on the screen, or is asked for
        what = (match.question, decision, match.aspect, scores)
        number = self._storage.log(view.chat, incoming.message, *what, now)
        if incoming.kind == "attachment" and incoming.message is not None:
            self._storage.cases.files.enclose(number, view.chat, incoming.message, incoming.album)
        return number


def _recent(pieces: tuple[Piece, ...], at: int) -> tuple[Piece, ...]:
    """*pieces*, if the last of them came just before."""
    return pieces if pieces and 0 <= at - pieces[-1].at <= PAUSE else ()
