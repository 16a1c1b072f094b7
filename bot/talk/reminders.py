"""Reminding citizens of what they asked for: one timer for a chat and a group, and a look at how things stand by then.

Where they stand is worked out again from their answers, with the knowledge and the calendar of the day on which the
timer goes off. So an edit, a restart and a step that is done meanwhile need nothing of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from bot.base.model import Group
from bot.groups.plan import plan
from bot.groups.reminders import said
from bot.messages import Address, Outgoing, Timer
from bot.session import Session
from bot.storage import Storage
from bot.talk.said import answers
from bot.talk.view import View
from bot.talk.walk import reminding

KIND = "reminder"  # of a timer; its subject is the group


class Reminders:
    """*view* is how a chat is seen at a moment."""

    def __init__(self, storage: Storage, zone: tzinfo, view: Callable[[Address, datetime], View]) -> None:
        self._storage = storage
        self._zone = zone
        self._view = view

    def follow(self, view: View, session: Session) -> None:
        """What there is to remind of after a turn that left *session*."""
        if not view.session.wishes and not session.wishes:
            return
        self._storage.timers.clear(KIND, view.chat)
        view = replace(view, session=session)
        for id in session.wishes:
            if (group := view.base.groups.get(id)) is not None:
                self._wait(view, group)

    def look(self, timer: Timer, now: datetime) -> list[Outgoing]:
        """What *timer* reminds of by now; nothing while a person has the word, or where nobody can be reached."""
        view = self._view(timer.chat, now)
        group, wish = view.base.groups.get(timer.subject), view.session.wishes.get(timer.subject)
        if group is None or wish is None or not self._storage.reachable(timer.chat):
            return []
        now_there = plan(group, answers(group, view.session))
        due = () if self._held(timer.chat, now) else reminding.due(view, now_there, wish)
        session = replace(view.session, wishes={**view.session.wishes, group.id: said(wish, due)})
        if due:
            self._storage.note(timer.chat, session)
        self._wait(replace(view, session=session), group)
        if not due:
            return []
        return [Outgoing(timer.chat, reminding.message(view, now_there, due), latest=True, slow=True)]

    def _held(self, chat: Address, now: datetime) -> bool:
        """Whether a person has the word in *chat*: then nothing of ours comes between, and we look again later."""
        return self._storage.cases.held(chat, now) is not None

    def _wait(self, view: View, group: Group) -> None:
        """Have a timer go off when there is to be looked again."""
        look = reminding.next_look(view, plan(group, answers(group, view.session)))
        if look is not None:
            due = look.replace(tzinfo=self._zone)
            self._storage.timers.set(Timer(KIND, view.chat, group.id, due))
