"""What citizens come with in these tests."""

from __future__ import annotations

from itertools import count

from bot.actions import Consent, Human, NoneOfThese

from .people import Person, actions
from .world import Json

BIRTH = "con em moi sinh can lam giay to gi"
UNKNOWN = "ti so tran bong toi qua la bao nhieu"

_numbers = count(1)


def unknown(number: int) -> str:
    """A question that the bot cannot answer, unlike that of any other *number*: like ones are answered together."""
    letters = "bdghklmnprstvxz"
    teams = (f"{letters[number // 15 % 15]}{vowel}{letters[number % 15]}zw" for vowel in "aeiou")
    return f"ti so tran {' '.join(teams)}"


def fresh() -> str:
    """A question that nobody asked before in these tests."""
    return unknown(next(_numbers))


async def offered(citizen: Person) -> Json:
    """The bot does not know what *citizen* asked and offers to pass it on; the screen that says so.

    While it still offers procedures to choose from, which depends on the knowledge, none of them is meant.
    """
    screen = await citizen.expect(having=lambda m: any(isinstance(a, Consent | NoneOfThese) for a in actions(m)))
    if any(isinstance(action, NoneOfThese) for action in actions(screen)):
        citizen.tap(NoneOfThese)
        screen = await citizen.expect_button(Consent)
    return screen


async def asked(citizen: Person, text: str = "") -> Json:
    """*citizen* asks what the bot does not know, and consents to passing it on; the message that asked."""
    question = citizen.say(text or fresh())
    await offered(citizen)
    citizen.tap(Consent)
    await citizen.expect_button(Human)
    return question
