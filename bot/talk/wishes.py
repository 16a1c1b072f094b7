"""What citizens wish to be reminded of: asked for by a tap, stopped by one, gone with what it was about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.base.model import Group
from bot.groups.reminders import Wish
from bot.session import Session


def wished(session: Session, group: Group, day: date) -> Session:
    """*session* once they asked to be reminded of *group*; who walks it for somebody else is not."""
    if session.helping or group.id in session.wishes:
        return session
    return replace(session, wishes={**session.wishes, group.id: Wish(day)})


def unwished(session: Session, group: str) -> Session:
    """*session* with nothing of *group* to remind of."""
    return replace(session, wishes={id: wish for id, wish in session.wishes.items() if id != group})


def touched(session: Session, group: Group, day: date) -> Session:
    """*session* once they looked at *group*: there is no need to tell them the same that day."""
    wish = session.wishes.get(group.id)
    if wish is None or wish.touched == day:
        return session
    return replace(session, wishes={**session.wishes, group.id: replace(wish, touched=day)})
