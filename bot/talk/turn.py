"""What one turn of a talk comes to."""

from __future__ import annotations

from dataclasses import dataclass

from bot.attachments import Attachment
from bot.messages import Screen
from bot.session import Session
from bot.storage import Question


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn shows, what it leaves behind, and the case it opens."""

    screen: Screen
    session: Session
    case: tuple[int, Question] | None = None
    attachment: Attachment | None = None  # goes along with the screen
    silent: bool = False  # nothing is shown: it was said before
