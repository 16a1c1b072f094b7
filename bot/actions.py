"""What a button can mean: a closed set of actions and the one codec for them.

Telegram gives a button 64 bytes, so ids are at most 30 characters; `bot check` tries the whole knowledge base.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

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
class OpenEntry:
    """Show a short answer."""

    entry: str


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
class Differ:
    """What another group heard to a question does not hold any more: ask it in this one."""

    group: str
    question: str


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
class Mark:
    """Say how far one is with a step.

    *to* is `file` (how?), a channel (when?), `slip`, `code` or `event` (then one types it), `return` (for what?),
    `done`, `all` (everything filed together is done) or `back` (the last tap was wrong).
    """

    group: str
    step: str
    to: str


@dataclass(frozen=True, slots=True)
class Filed:
    """Say that a step was handed in on a *day* (261207: 07/12/2026), in which *half* of it.

    *half* is `early` (before the cut-off hour), `late`, or empty: not told yet.
    """

    group: str
    step: str
    day: int
    half: str = ""


@dataclass(frozen=True, slots=True)
class Lacks:
    """Say that a step was returned for a *paper*: `bot.talk.walk.returned.number` of its kind; 0: another."""

    group: str
    step: str
    paper: int


@dataclass(frozen=True, slots=True)
class Happened:
    """Say on which *day* (261207: 07/12/2026) that happened from which the limit of a step runs."""

    group: str
    step: str
    day: int


@dataclass(frozen=True, slots=True)
class Remind:
    """Have oneself reminded of a group, or no longer; then show the *step*, or the plan when there is none."""

    group: str
    step: str
    on: bool


@dataclass(frozen=True, slots=True)
class Anew:
    """Forget the answers and the progress of a group for good."""

    group: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Hand over something of a group to keep: `sheet`, `picture`, or the `video` of the group or of a step."""

    group: str
    what: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Helped:
    """The walk for somebody else is over: forget it."""


@dataclass(frozen=True, slots=True)
class WhyStep:
    """Tell which answers brought a step into the plan of a group."""

    group: str
    step: str


@dataclass(frozen=True, slots=True)
class OpenGuide:
    """Show how to file *about* (a procedure, or a group's bundle) online, where its move of this number is.

    Moves count from 1; with 0, where the guide was read.
    """

    about: str
    move: int = 1


@dataclass(frozen=True, slots=True)
class Stuck:
    """Ask for a person while filing *about* online, at a move of its guide."""

    about: str
    move: int


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
class Why:
    """Tell why a logged question was answered as it was."""

    question: int


@dataclass(frozen=True, slots=True)
class Thumb:
    """Say whether the answer about *subject* to a logged question was of help."""

    question: int
    subject: str
    good: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Say why the answer about *subject* to a logged question was not: `wrong`, `lacks`, `old`, `unclear`."""

    question: int
    subject: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """A file sent by an admin takes this one of its possible places in the base."""

    publication: int
    place: int


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask the other admins to approve a file."""

    publication: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Leave a file that one sent."""

    publication: int


@dataclass(frozen=True, slots=True)
class Approve:
    """Yes or no to publishing a file of another admin."""

    publication: int
    given: bool


@dataclass(frozen=True, slots=True)
class Teach:
    """Let the bot learn something of an answered case."""

    case: int


@dataclass(frozen=True, slots=True)
class TeachAs:
    """What it should learn: a `phrase`, a `fact` or an `entry`."""

    case: int
    kind: str


@dataclass(frozen=True, slots=True)
class TeachAbout:
    """What that is about; empty: one wants to name it."""

    case: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class OpenSuggestion:
    """Show a suggestion with those like it."""

    suggestion: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Yes or no to a suggestion and those like it; of a fact that somebody mends: it is done, or will not be."""

    suggestion: int
    given: bool


@dataclass(frozen=True, slots=True)
class Await:
    """Ask to be told once a logged question can be answered."""

    question: int


@dataclass(frozen=True, slots=True)
class OpenTeam:
    """Show who works with the bot."""


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a link by which somebody takes on a *role*, once."""

    role: str


@dataclass(frozen=True, slots=True)
class OpenMember:
    """Show a member of the team: as it is, or their `fields` or `places` to choose from."""

    user: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """A member is asked, or no longer, for a *what* of their `fields` or `places`."""

    user: int
    page: str
    what: str


@dataclass(frozen=True, slots=True)
class ShowName:
    """Citizens are told one's name, or only one's role."""

    shown: bool


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Somebody is no member any more; first one is asked whether that is meant."""

    user: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Handle:
    """What a collaborator does with a case: see `bot.cases.talk`."""

    case: int
    what: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a citizen does with a case of their own: `status`, `withdraw`, `more` (ask on) or `clear` (thanks)."""

    case: int
    what: str


Action = (
    Menu | Fields | OpenField | OpenProcedure | OpenEntry | OpenGroup | Answer | Back | Change | Restart | OpenPage
    | OpenStep | Mark | Filed | Lacks | Happened | Remind | Anew
    | WhyStep | Differ | Hand | Helped | OpenGuide | Stuck | Human | Consent | NoneOfThese | Why | Thumb | Reason
    | Places | SetPlace | SetLanguage | PlaceFile | Propose | Withdraw | Approve
    | Teach | TeachAs | TeachAbout | OpenSuggestion | Judge | Await
    | OpenTeam | Invite | OpenMember | Assign | ShowName | Dismiss | Handle | Own
)  # fmt: skip


_KINDS: dict[str, type[Action]] = {
    "m": Menu,
    "f": Fields,
    "d": OpenField,
    "p": OpenProcedure,
    "Se": OpenEntry,
    "g": OpenGroup,
    "a": Answer,
    "e": Differ,
    "b": Back,
    "q": Change,
    "r": Restart,
    "s": OpenPage,
    "t": OpenStep,
    "J": Mark,
    "D": Filed,
    "L": Lacks,
    "H": Happened,
    "R": Remind,
    "X": Anew,
    "j": Hand,
    "o": Helped,
    "x": WhyStep,
    "u": OpenGuide,
    "k": Stuck,
    "h": Human,
    "c": Consent,
    "n": NoneOfThese,
    "y": Why,
    "Sv": Thumb,
    "Sr": Reason,
    "St": Teach,
    "Sk": TeachAs,
    "Ss": TeachAbout,
    "So": OpenSuggestion,
    "Sj": Judge,
    "Sa": Await,
    "l": Places,
    "w": SetPlace,
    "v": SetLanguage,
    "F": PlaceFile,
    "P": Propose,
    "W": Withdraw,
    "A": Approve,
    "T": OpenTeam,
    "Ti": Invite,
    "Tm": OpenMember,
    "Ta": Assign,
    "Tn": ShowName,
    "Td": Dismiss,
    "Cc": Handle,
    "Cq": Own,
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_DIGITS = 18  # a number of more digits is no row of ours


def encode(action: Action) -> str:
    """*action* as the text a button carries: a letter, then its fields."""
    values = (getattr(action, one.name) for one in fields(action))
    parts = (str(int(value)) if isinstance(value, int) else str(value) for value in values)
    return ":".join((_LETTERS[type(action)], *parts))


def decode(data: str) -> Action | None:
    """The action behind *data*; None for a button of another version."""
    letter, *parts = data.split(":")
    kind = _KINDS.get(letter)
    if kind is None or len(parts) != len(fields(kind)):
        return None
    values = {one.name: _value(str(one.type), part) for one, part in zip(fields(kind), parts, strict=True)}
    return None if None in values.values() else kind(**values)


def _value(type_name: str, part: str) -> Any:
    """*part* as a field of that type; None when it is not one."""
    if type_name == "str":
        return part
    if not (part.isascii() and part.isdigit() and len(part) <= _DIGITS):
        return None
    return part == "1" if type_name == "bool" else int(part)
