"""What a button can mean: a closed set of actions and the one codec for them.

Telegram gives a button 64 bytes, so ids are at most 30 characters; `bot check` tries the whole knowledge base.
"""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 64  # bytes of callback_data, https://core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True, slots=True)
class Menu:
    """Show the menu by life situation."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Show the fields of procedures."""


@dataclass(frozen=True, slots=True)
class OpenField:
    """Show the procedures of a field."""

    field: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenProcedure:
    """Show a procedure, one aspect of it first."""

    procedure: str
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Show where the citizen stands in a group."""

    group: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer a question of a group."""

    group: str
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Back:
    """Take back the last answer in a group."""

    group: str


@dataclass(frozen=True, slots=True)
class Change:
    """Show a question of a group again, to answer it anew."""

    group: str
    question: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Forget the answers given in a group and begin again."""

    group: str


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Show a page of the summary of a group: `papers`, `costs`, `answers`."""

    group: str
    page: str


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Show one step of a group."""

    group: str
    step: str


@dataclass(frozen=True, slots=True)
class Human:
    """Ask for a person; *about* is the group or procedure on the screen, if any."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Yes or no to sending a logged question to the collaborators."""

    question: int
    given: bool


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the offered choices was meant by a logged question."""

    question: int


@dataclass(frozen=True, slots=True)
class Places:
    """Show the places, to choose the office of one's own; then return to *about*."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Choose a place, then return to *about*."""

    place: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak this language from now on."""

    language: str


Action = (
    Menu | Fields | OpenField | OpenProcedure | OpenGroup | Answer | Back | Change | Restart | OpenPage | OpenStep
    | Human | Consent | NoneOfThese | Places | SetPlace | SetLanguage
)  # fmt: skip


def encode(action: Action) -> str:  # noqa: PLR0911 one line for each action
    """*action* as the text a button carries."""
    match action:
        case Menu():
            return "m"
        case Fields():
            return "f"
        case OpenField(field, page):
            return f"f:{field}:{page}"
        case OpenProcedure(procedure, aspect):
            return f"p:{procedure}:{aspect}"
        case OpenGroup(group):
            return f"g:{group}"
        case Answer(group, question, option):
            return f"a:{group}:{question}:{option}"
        case Back(group):
            return f"b:{group}"
        case Change(group, question):
            return f"q:{group}:{question}"
        case Restart(group):
            return f"r:{group}"
        case OpenPage(group, page):
            return f"s:{group}:{page}"
        case OpenStep(group, step):
            return f"t:{group}:{step}"
        case Human(about):
            return f"h:{about}"
        case Consent(question, given):
            return f"{'y' if given else 'n'}:{question}"
        case NoneOfThese(question):
            return f"u:{question}"
        case Places(about):
            return f"l:{about}"
        case SetPlace(place, about):
            return f"w:{place}:{about}"
        case SetLanguage(language):
            return f"v:{language}"


def decode(data: str) -> Action | None:  # noqa: PLR0911 one line for each action
    """The action behind *data*; None for a button of another version."""
    match data.split(":"):
        case ["m"]:
            return Menu()
        case ["f"]:
            return Fields()
        case ["f", field, page] if _is_number(page):
            return OpenField(field, int(page))
        case ["p", procedure, aspect]:
            return OpenProcedure(procedure, aspect)
        case ["g", group]:
            return OpenGroup(group)
        case ["a", group, question, option]:
            return Answer(group, question, option)
        case ["b", group]:
            return Back(group)
        case ["q", group, question]:
            return Change(group, question)
        case ["r", group]:
            return Restart(group)
        case ["s", group, page]:
            return OpenPage(group, page)
        case ["t", group, step]:
            return OpenStep(group, step)
        case ["h", about]:
            return Human(about)
        case ["y" | "n" as yes, question] if _is_number(question):
            return Consent(int(question), yes == "y")
        case ["u", question] if _is_number(question):
            return NoneOfThese(int(question))
        case ["l", about]:
            return Places(about)
        case ["w", place, about]:
            return SetPlace(place, about)
        case ["v", language]:
            return SetLanguage(language)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
