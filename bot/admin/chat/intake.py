"""A knowledge file that an admin sends by chat: fetched, put in its place, tried, and shown with what it changes."""

from __future__ import annotations

import re
from datetime import datetime

from bot import actions as act
from bot.admin.chat.circle import Circle, faults, listed, note
from bot.base.model import Base
from bot.edition import Edition, Loaded
from bot.messages import Address, Button, Fetch, Incoming, Load, Outgoing
from bot.publications import BOT, By, Publication, Publications
from bot.talk.view import View

WORKSHOP = Address("workshop", "")
SUFFIXES = (".yaml", ".yml")
LARGEST = 500_000  # bytes; far above any file of the base
_COPY = re.compile(r"[ _-]*\(\d+\)$")  # "birth (1).yaml": what a phone makes of a file saved twice
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_knowledge(incoming: Incoming) -> bool:
    """Whether a file of the base may have been sent."""
    return incoming.file is not None and incoming.file.name.lower().endswith(SUFFIXES)


class Intake:
    """Nothing here reaches a citizen."""

    def __init__(self, kept: Publications, circle: Circle) -> None:
        self._kept = kept
        self._circle = circle

    def sent(self, view: View, incoming: Incoming) -> list[Outgoing]:
        """The file is to be had from the channel first."""
        if incoming.file is None or incoming.file.size > LARGEST:
            return [_here(view, "publish.too-big", limit=LARGEST // 1000)]
        fetch = Outgoing(incoming.sender, job=Fetch(incoming.file, incoming.text), transient=True)
        return [_here(view, "publish.received", name=incoming.file.name), fetch]

    def fetched(self, view: View, job: Fetch, content: object, now: datetime) -> list[Outgoing]:
        """Its bytes are here, or *content* is None."""
        if not isinstance(content, bytes):
            return [_here(view, "publish.unfetched", name=job.file.name)]
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return [_here(view, "publish.not-utf8", name=job.file.name)]
        name = plain_name(job.file.name)
        several = places(name, view.base)
        if not several:
            return [_here(view, "publish.no-place", name=name)]
        number = self._kept.receive(name, text, By(int(view.chat.chat), now, " ".join(job.note.split())))
        if len(several) == 1:
            return self._try(number, several[0])
        buttons = (Button(one, act.PlaceFile(number, at)) for at, one in enumerate(several))
        return [Outgoing(view.chat, note(view.speech, "publish.which", (), *buttons, name=name))]

    def placed(self, view: View, publication: Publication, place: int) -> list[Outgoing]:
        """The author said which of its places a file takes."""
        several = places(publication.file, view.base)
        if place >= len(several):
            return [_here(view, "publish.over")]
        return [_here(view, "publish.checking", file=several[place]), *self._try(publication.id, several[place])]

    def judged(self, publication: Publication, loaded: Loaded | None, now: datetime) -> list[Outgoing]:
        """The base was read with the file in it: show the author its faults, or what it changes."""
        if loaded is None or loaded.edition is None:
            return [self.refuse(publication, loaded, now)]
        edition = loaded.edition
        under = edition.under.get(publication.file, "")
        self._kept.put(publication.id, under=under, changes="\n".join(loaded.changes))
        self._kept.move(publication.id, "checked", ("received",), By(BOT, now))
        alone = len(self._circle.ids) < 2
        view = self._circle.view(publication.author, now)
        buttons = [view.button("publish.button.withdraw", act.Withdraw(publication.id))]
        if not alone:
            buttons.insert(0, view.button("publish.button.propose", act.Propose(publication.id)))
        lines = [*changed(view, loaded.changes), *_reminders(view, edition, publication.file)]
        lines += ["", view.say("publish.alone")] if alone else []
        screen = note(view.speech, "publish.checked", lines, *buttons, file=publication.file)
        return [Outgoing(view.chat, screen)]

    def refuse(self, publication: Publication, loaded: Loaded | None, now: datetime) -> Outgoing:
        """It has faults, or the base with it could not be read."""
        self._kept.move(publication.id, "refused", ("received", "approved"), By(BOT, now))
        author, file = publication.author, publication.file
        if loaded is None:
            return self._circle.tell(author, now, "publish.unchecked", file=file)
        lines = faults(self._circle.view(author, now).speech, loaded.problems)
        return self._circle.tell(author, now, "publish.refused", lines, file=file, count=len(loaded.problems))

    def trial(self, number: int) -> Outgoing:
        """The order to read the base with this file among all that is published."""
        return Outgoing(WORKSHOP, job=Load(self._kept.over(self._kept.get(number)), number), transient=True)

    def _try(self, number: int, file: str) -> list[Outgoing]:
        self._kept.put(number, file=file)
        return [self.trial(number)]


def plain_name(name: str) -> str:
    """*name* as the base writes it: in small letters, ending in .yaml, without the (1) of a second copy."""
    stem = name.lower().rpartition("/")[2].rpartition(".")[0]
    return f"{_COPY.sub('', stem.strip())}.yaml"


def places(name: str, base: Base) -> list[str]:
    """Where a file called *name* may stand: where such files are, else wherever a new one can be."""
    if there := sorted(file for file in base.files if file.endswith(f"/{name}")):
        return there
    if not _NAME.fullmatch(name.removesuffix(".yaml")):
        return []
    return [f"groups/{name}", *(f"procedures/{field}/{name}" for field in base.fields)]


def changed(view: View, changes: tuple[str, ...]) -> list[str]:
    """What citizens would see differently."""
    return list(listed(view.speech, changes, mark="")) if changes else [view.say("publish.no-change")]


def _reminders(view: View, edition: Edition, file: str) -> list[str]:
    return faults(view.speech, [one for one in edition.reminders if one.at.file == file])


def _here(view: View, key: str, **words: object) -> Outgoing:
    return Outgoing(view.chat, note(view.speech, key, **words))
