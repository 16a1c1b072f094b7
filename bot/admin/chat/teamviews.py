"""The screens about the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from bot.actions import Assign, Dismiss, Invite, OpenMember, OpenTeam, ShowName
from bot.markup import escape
from bot.messages import Button, Rows, Screen
from bot.talk.view import View, column, pairs
from bot.team import VALID, Deed, Member

MOST = 20  # members with a button of their own; nobody has more, and a keyboard holds 100


def note(view: View, key: str, **words: object) -> Screen:
    """The sentence *key* alone."""
    return Screen(view.say(key, **{name: escape(str(word)) for name, word in words.items()}))


def overview(view: View, members: Sequence[Member], first: int) -> Screen:
    """Who there is; *first* is the number of admins that the configuration names."""
    lines = [view.say("team.title", count=len(members)), view.say("team.first", count=first), ""]
    lines += [_line(view, one) for one in members[:MOST]]
    rows = pairs(Button(one.label, OpenMember(one.user)) for one in members[:MOST])
    invites = (view.button(f"team.invite-{role}", Invite(role)) for role in ("collaborator", "admin"))
    return Screen("\n".join(lines).strip(), (*rows, *column(invites)))


def member(view: View, one: Member, page: str = "", *, admin: bool = False) -> Screen:
    """One of them; with the *page* `fields` or `places`, what there is to choose from."""
    lines = [view.say("team.member", name=escape(one.label), role=view.say(f"team.role.{one.role}")), ""]
    lines += [view.say("team.fields", names=_fields(view, one)), view.say("team.places", names=_places(view, one))]
    lines.append(view.say("team.shown" if one.name else "team.hidden", name=escape(one.name)))
    if page == "fields":
        known = {id: view.speech.text(name) for id, name in view.base.fields.items()}
        return Screen("\n".join(lines), _choices(view, one, page, known, one.fields))
    if page == "places":
        known = {id: view.speech.text(place.name) for id, place in view.base.places.items()}
        return Screen("\n".join(lines), _choices(view, one, page, known, one.places))
    return Screen("\n".join(lines), _ways(view, one, admin=admin))


def _ways(view: View, one: Member, *, admin: bool) -> Rows:
    """What can be decided about *one*; only they themselves decide about their name."""
    choose = (
        view.button("team.choose-fields", OpenMember(one.user, "fields")),
        view.button("team.choose-places", OpenMember(one.user, "places")),
    )
    own = str(one.user) == view.chat.chat
    name = view.button("team.hide-name" if one.name else "team.show-name", ShowName(not one.name))
    leave = view.button("team.leave" if own else "team.dismiss", Dismiss(one.user, sure=False))
    back = ((view.button("team.back", OpenTeam()),),) if admin else ()
    return (choose, *(((name,),) if own else ()), (leave,), *back)


def _choices(view: View, one: Member, page: str, known: dict[str, str], chosen: Iterable[str]) -> Rows:
    ticked = frozenset(chosen)
    labels = {id: f"✓ {name}" if id in ticked else name for id, name in known.items()}
    buttons = (Button(label, Assign(one.user, page, id)) for id, label in labels.items())
    return (*pairs(buttons), (view.button("team.chosen", OpenMember(one.user)),))


def welcome(view: View, one: Member) -> Screen:
    """What somebody sees who just joined: what they do here, and what they may decide."""
    shown = member(view, one)
    return Screen(f"{view.say(f'team.welcome-{one.role}')}\n\n{shown.text}", shown.buttons)


def invitation(view: View, role: str, link: str) -> Screen:
    """What an admin forwards to whom they invite."""
    return Screen(view.say(f"team.invitation-{role}", link=link, days=VALID.days))


def sure(view: View, one: Member) -> Screen:
    """Is somebody really to leave?"""
    own = str(one.user) == view.chat.chat
    said = view.say("team.sure-leave" if own else "team.sure-dismiss", name=escape(one.label))
    buttons = (view.button("team.yes", Dismiss(one.user, sure=True)), view.button("team.no", OpenMember(one.user)))
    return Screen(said, (buttons,))


def deeds(view: View, done: Sequence[Deed], names: Mapping[int, str], zone: tzinfo) -> Screen:
    """What members did last; *names* are those of who is on the team still, the others have a number."""
    lines = [view.say("team.log" if done else "team.log-empty")]
    for one in done:
        when = one.at.astimezone(zone)
        said = view.say(one.what, about=escape(one.about))
        who = escape(names.get(one.who, "")) or view.say("team.number", user=one.who)
        lines.append(view.say("team.log-line", day=f"{when:%d/%m %H:%M}", who=who, said=said))
    return Screen("\n".join(lines))


def _line(view: View, one: Member) -> str:
    role = view.say(f"team.role.{one.role}")
    return view.say("team.line", name=escape(one.label), role=role, fields=_fields(view, one))


def _fields(view: View, one: Member) -> str:
    return _names(view, (view.speech.text(view.base.fields[id]) for id in view.base.fields if id in one.fields))


def _places(view: View, one: Member) -> str:
    return _names(view, (view.speech.text(view.base.places[id].name) for id in view.base.places if id in one.places))


def _names(view: View, names: Iterable[str]) -> str:
    return ", ".join(names) or view.say("team.all")
