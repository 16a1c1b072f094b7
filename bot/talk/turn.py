"""What one turn of a talk comes to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.attachments import Attachment
from bot.messages import Outgoing, Screen
from bot.session import Session


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn shows, what it leaves behind, and what goes out elsewhere because of it."""

    screen: Screen
    session: Session
    also: tuple[Outgoing, ...] = ()
    attachment: Attachment | None = None  # goes along with the screen
    silent: bool = False  # nothing is shown: it was said before
