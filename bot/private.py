"""A chat with one person: being answered, walking for somebody else, being forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.actions import Helped
from bot.attachments import Media
from bot.cases.wiring import Cases
from bot.edition import Edition
from bot.helping import Helping
from bot.learning.wiring import Learning
from bot.messages import Incoming, Outgoing
from bot.session import Session
from bot.storage import Storage
from bot.talk.conversation import Conversation
from bot.talk.menus import menu
from bot.talk.people import Nobody
from bot.talk.reminders import Reminders
from bot.talk.turn import Turn
from bot.talk.view import View


class Private:
    """Each of its ways to answer says None when *incoming* is nothing for it; the last, `talk`, always answers."""

    def __init__(self, storage: Storage, cases: Cases, learning: Learning, reminders: Reminders) -> None:
        self._storage = storage
        self._cases = cases
        self._learning = learning
        self._reminders = reminders
        self._helping = Helping()

    def serve(self, edition: Edition) -> None:
        """Answer from *edition*."""
        base, matcher = edition.base, edition.matcher
        self._asking = self._cases.asking(matcher)
        self._conversation = Conversation(base, matcher, self._storage, self._asking)
        self._for_others = Conversation(base, matcher, self._helping.storage, Nobody())

    def album(self, _: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """The pictures of an album come one by one, and one of them may say something; the others are not answered."""
        if (enclosed := self._asking.rest_of_album(incoming)) is not None:
            return enclosed
        here, album = incoming.sender.channel, incoming.album
        answered = bool(album) and not self._storage.is_new(here, f"album:{album}", now)
        return [] if answered and not incoming.text else None

    def forget(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        if incoming.command != ("/forget", ""):
            return None
        self._helping.end(incoming.sender, now)
        told = self._cases.forget(incoming.sender, now)
        copies = self._storage.forget(incoming.sender, now)
        gone = replace(view, session=Session()).screen([view.say("forget.done")])
        deletions = [Outgoing(chat, None, edits=message) for chat, message in copies]
        return [Outgoing(incoming.sender, gone, transient=True), *deletions, *told]

    def help(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """A turn of a walk for somebody else, which leaves nothing in the storage."""
        chat = incoming.sender
        if incoming.command == ("/helper", ""):
            session = self._helping.begin(chat, view.session, now)
            turn = Turn(menu(replace(view, session=session), view.say("helper.begin")), session)
        elif (other := self._helping.session(chat, view.session, now)) is None:
            return None
        elif incoming.action == Helped():
            self._helping.end(chat, now)
            turn = Turn(menu(view, view.say("helper.end")), view.session)
        else:
            turn = self._for_others.turn(replace(view, session=other), incoming, now)
            self._helping.storage.keep(chat, turn.session, now)
        replies = self._reply(incoming, replace(turn, session=view.session), view, now)
        return [replace(one, transient=True) for one in replies]

    def thank(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """What an opinion about an answer sets off, or the wish to be told once there is one."""
        return self._learning.heard(view, incoming, self._conversation, now)

    def talk(self, view: View, incoming: Incoming, now: datetime) -> list[Outgoing]:
        turn = self._asking.turn(view, incoming, now) or self._conversation.turn(view, incoming, now)
        return self._reply(incoming, turn, view, now)

    def _reply(self, incoming: Incoming, turn: Turn, view: View, now: datetime) -> list[Outgoing]:
        """The screen of *turn*, in place of the one whose button was pressed if that is still the latest."""
        attachment = turn.attachment
        if isinstance(attachment, Media):
            attachment = self._storage.known(incoming.sender.channel, attachment)
        shown = incoming.kind == "tap" and view.session.screen == incoming.message
        edits = incoming.message if shown and attachment is None else None
        self._storage.keep(incoming.sender, replace(turn.session, screen=edits, reason=0), now)
        self._reminders.follow(view, turn.session)
        if turn.silent:
            return [*turn.also]
        return [Outgoing(incoming.sender, turn.screen, edits=edits, latest=True, attachment=attachment), *turn.also]
