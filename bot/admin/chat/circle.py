"""The admins, and how each of them is told something by chat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.base.problems import Problem
from bot.markup import escape
from bot.messages import Address, Button, Outgoing, Screen
from bot.talk.speech import Speech, shorten
from bot.talk.view import View
from bot.team import Member, Team

SHOWN = 8  # of a list; the rest is counted
LONGEST = 300  # characters of one of its lines


def _nothing(_: View) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Those of the configuration (the *first*) and of the *team*, on *channel*; *look* makes a chat's view.

    A person's private chat has the id of the person.
    """

    first: frozenset[int]
    channel: str
    look: Callable[[Address, datetime], View]
    team: Team

    @property
    def ids(self) -> frozenset[int]:
        """The channel's ids of all of them."""
        return self.first | {one.user for one in self.team.members() if self._is_admin(one)}

    def __contains__(self, user: int | None) -> bool:
        return user in self.first or self._is_admin(self.team.member(self.channel, user))

    def _is_admin(self, member: Member | None) -> bool:
        return member is not None and member.role == "admin" and member.channel == self.channel

    def view(self, id: int, now: datetime) -> View:
        """What screens for this admin are made with."""
        return self.look(Address(self.channel, str(id)), now)

    def tell(
        self, id: int, now: datetime, key: str, lines: Iterable[str] = (), /, *buttons: Button, **words: object
    ) -> Outgoing:
        """The sentence *key* to one of them, with *lines* below it."""
        view = self.view(id, now)
        return Outgoing(view.chat, note(view.speech, key, lines, *buttons, **words))

    def tell_all(
        self, now: datetime, key: str, lines: Callable[[View], Iterable[str]] = _nothing, /, **words: object
    ) -> list[Outgoing]:
        """The same to each, with *lines* in the language of each."""
        return [self.tell(id, now, key, lines(self.view(id, now)), **words) for id in sorted(self.ids)]


def note(speech: Speech, key: str, lines: Iterable[str] = (), /, *buttons: Button, **words: object) -> Screen:
    """The sentence *key* with *lines* below it and *buttons* one a row."""
    text = speech.say(key, **{name: escape(str(word)) for name, word in words.items()})
    return Screen("\n".join([text, *lines]), tuple((button,) for button in buttons))


def listed(speech: Speech, found: Sequence[str], mark: str = "• ") -> Iterator[str]:
    """*found*, each behind its *mark*, as far as it fits a screen."""
    for one in found[:SHOWN]:
        yield f"{mark}{escape(shorten(one, LONGEST))}"
    if len(found) > SHOWN:
        yield speech.say("admin.more", count=len(found) - SHOWN)


def faults(speech: Speech, problems: Iterable[Problem]) -> list[str]:
    """*problems* as lines of a list."""
    return list(listed(speech, [speech.problem(problem) for problem in problems]))
