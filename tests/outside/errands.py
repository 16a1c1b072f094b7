"""What citizens come with in these tests."""

from __future__ import annotations

from bot.actions import Consent, Human, NoneOfThese

from .people import Person, actions
from .world import Json

BIRTH = "con em moi sinh can lam giay to gi"
UNKNOWN = "ti so tran bong toi qua la bao nhieu"


async def offered(citizen: Person) -> Json:
    """The bot does not know what *citizen* asked and offers to pass it on; the screen that says so.

    While it still offers procedures to choose from, which depends on the knowledge, none of them is meant.
    """
    screen = await citizen.expect(having=lambda m: any(isinstance(a, Consent | NoneOfThese) for a in actions(m)))
    if any(isinstance(action, NoneOfThese) for action in actions(screen)):
        citizen.tap(NoneOfThese)
        screen = await citizen.expect_button(Consent)
    return screen


async def asked(citizen: Person, text: str = UNKNOWN) -> Json:
    """*citizen* asks *text*, which the bot does not know, and consents to passing it on; the message that asked."""
    question = citizen.say(text)
    await offered(citizen)
    citizen.tap(Consent)
    await citizen.expect_button(Human)
    return question
