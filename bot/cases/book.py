"""The cases in the database: part of `bot.storage`, on its connection, in its transaction."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.cases.changes import Changes
from bot.cases.rows import COLUMNS, case, seconds
from bot.cases.values import Answered, Case, Holder, Sense
from bot.messages import Address

OURS = timedelta(hours=1)  # so long after an answer the talk is still the collaborator's
UNKNOWN = Sense()


class Book(Changes):
    """All cases, and what is asked about them."""

    def open(  # noqa: PLR0913, PLR0917 the row as it is
        self,
        question: int,
        asked_by: Address,
        message: int | None,
        text: str,
        now: datetime,
        sense: Sense = UNKNOWN,
        place: str = "",
        *,
        urgent: bool = False,
    ) -> int | None:
        """The number of the new case for a logged question; None when it already has one."""
        if self.of_question(question) is not None:
            return None
        done = self._db.execute(
            "insert into cases (question, channel, chat, message, text, state, opened, best, title, aspect,"
            " candidates, place, urgent) values (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)",
            (
                question, asked_by.channel, asked_by.chat, message, text, seconds(now), sense.best, sense.title,
                sense.aspect, json.dumps(sense.candidates), place, urgent,
            ),
        )  # fmt: skip
        return done.lastrowid

    def get(self, id: int) -> Case | None:
        """The case with this number."""
        return self._one("id = ?", id)

    def of_question(self, question: int) -> Case | None:
        """The case that a logged question became."""
        return self._one("question = ?", question)

    def of_message(self, chat: Address, message: int | None) -> Case | None:
        """The case that this message of a citizen asked."""
        return self._one("channel = ? and chat = ? and message = ? order by id desc", chat.channel, chat.chat, message)

    def behind(self, chat: Address, message: int) -> Case | None:
        """The case to which *message* of ours in *chat* belongs."""
        copy = self.copies.at(chat, message)
        return None if copy is None else self.get(copy.case)

    def leader(self, case: Case) -> Case:
        """The case that answers for *case*: itself, or the one it was merged into."""
        return self.get(case.into) or case if case.state == "merged" else case

    def siblings(self, id: int, *, answered: bool = False) -> list[Case]:
        """The cases merged into this one; those it was the answer for, too, when *answered*."""
        states = "('merged', 'answered', 'closed')" if answered else "('merged')"
        return self._all(f"into_case = ? and state in {states} order by id", id)

    def own(self, chat: Address) -> list[Case]:
        """What this citizen waits for, newest first."""
        waiting = "state in ('open', 'claimed', 'merged')"
        return self._all(f"channel = ? and chat = ? and {waiting} order by id desc", chat.channel, chat.chat)

    def recent(self, chat: Address, now: datetime) -> list[Case]:
        """What this citizen was answered just now, newest first."""
        just = "state in ('answered', 'closed') and answered > ?"
        since = seconds(now - OURS)
        return self._all(f"channel = ? and chat = ? and {just} order by id desc", chat.channel, chat.chat, since)

    def queue(self) -> list[Case]:
        """The open cases: urgent ones first, then the oldest."""
        return self._all("state = 'open' order by urgent desc, opened, id")

    def working(self) -> list[Case]:
        """The cases that a like question may join, newest first."""
        return self._all("state in ('open', 'claimed') order by id desc limit 200")

    def claimed(self) -> list[Case]:
        """What somebody is at."""
        return self._all("state = 'claimed' order by id")

    def held_by(self, holder: Holder) -> list[Case]:
        """What this collaborator is to answer, oldest first."""
        who = (holder.user, holder.chat.channel)
        return self._all("state = 'claimed' and holder = ? and desk_channel = ? order by opened, id", *who)

    def before(self, case: Case) -> int:
        """How many open cases come before *case*."""
        return [one.id for one in self.queue()].index(case.id) if case.state == "open" else 0

    def held(self, chat: Address, now: datetime) -> Case | None:
        """The case in which a person talks with this citizen just now: the bot keeps quiet there unless asked."""
        recent = "(state = 'claimed' and (asked or follow)) or (state = 'answered' and follow and answered > ?)"
        return self._one(
            f"channel = ? and chat = ? and ({recent}) order by id desc", chat.channel, chat.chat, seconds(now - OURS)
        )

    def asking(self, chat: Address) -> Case | None:
        """The case whose question back this citizen has not answered."""
        waiting = "state in ('open', 'claimed') and asked"
        return self._one(f"channel = ? and chat = ? and {waiting} order by id desc", chat.channel, chat.chat)

    def answer_of(self, id: int) -> Answered | None:
        """What was asked and answered, redacted, to learn from; None while there is no answer."""
        case = self.get(id)
        found = self._db.execute('select text from replies where "case" = ? order by sending, id', (id,)).fetchall()
        if case is None or not found:
            return None
        return Answered(case.text, "\n".join(text for (text,) in found), case.holder, case.sense.candidates)

    def _one(self, where: str, *values: object) -> Case | None:
        row = self._db.execute(f"select {COLUMNS} from cases where {where}", values).fetchone()  # noqa: S608 ours
        return None if row is None else case(row)

    def _all(self, where: str, *values: object) -> list[Case]:
        return [case(row) for row in self._db.execute(f"select {COLUMNS} from cases where {where}", values)]  # noqa: S608 ours
