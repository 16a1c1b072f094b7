"""The tables, as migrations that run once and in order; never edit one that has shipped, add the next."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("bot")


@migrations()
def m001_first_tables(db: Database) -> None:
    db.table("updates").create({"channel": str, "id": str, "at": int}, pk=("channel", "id"))
    db.table("sessions").create(
        {
            "channel": str,
            "chat": str,
            "body": str,  # JSON of bot.session.Session
            "screen": int,  # id of the latest message with buttons, the one a tap may change
            "unreachable": int,  # when the channel said so
            "seen": int,
        },
        pk=("channel", "chat"),
    )
    # Their numbers stand in buttons and in what people were told: autoincrement never gives one again after a deletion.
    # message: the citizen's, to quote it (its raw text is never stored). text: redacted. candidates: [kind, id, score].
    db.execute(
        "create table questions (id integer primary key autoincrement, channel text, chat text, message integer,"
        " at integer, text text, decision text, aspect text, candidates text)"
    )
    # state: open, answered. text: redacted, what the collaborators see.
    db.execute(
        "create table cases (id integer primary key autoincrement, question integer, channel text, chat text,"
        " message integer, text text, state text, opened integer, answered integer)"
    )
    db.table("cases").create_index(["channel", "chat"])
    db.table("questions").create_index(["channel", "chat"])
    # Where the copies of a case lie: a reply to one of them is a reply to the case.
    db.table("copies").create(
        {"channel": str, "chat": str, "message": int, "case": int}, pk=("channel", "chat", "message")
    )
    db.table("replies").create({"id": int, "case": int, "at": int, "text": str}, pk="id")
    db.table("outbox").create(
        {
            "id": int,
            "channel": str,
            "chat": str,
            "body": str,  # JSON of bot.messages.Outgoing
            "at": int,
            "done": int,  # when the channel took or refused it
            "outcome": str,  # sent, unreachable, refused: …
        },
        pk="id",
    )
    db.execute("create index outbox_waiting on outbox (id) where done is null")
    db.table("chats").create({"channel": str, "chat": str, "successor": str}, pk=("channel", "chat"))


@migrations()
def m002_publications(db: Database) -> None:
    # state, under: see bot.publications. author, who: the channel's id of an admin.
    db.execute(
        "create table publications (id integer primary key autoincrement, file text, text text, under text,"
        " state text, author integer, why text, changes text)"
    )
    db.table("deeds").create({"id": int, "publication": int, "at": int, "who": int, "state": str, "why": str}, pk="id")


@migrations()
def m004_uploads(db: Database) -> None:
    # How a channel knows a file of knowledge/media that it was sent before; stamp: see bot.attachments.
    db.table("uploads").create({"channel": str, "file": str, "stamp": str, "ref": str}, pk=("channel", "file"))


@migrations()
def m005_timers(db: Database) -> None:
    # When *kind* looks after *subject* of a chat; autoincrement, as the number is also that of an update.
    db.execute(
        "create table timers (id integer primary key autoincrement, kind text, channel text, chat text, subject text,"
        " due integer, unique (kind, channel, chat, subject))"
    )
    db.table("timers").create_index(["due"])


@migrations()
def m006_team(db: Database) -> None:
    # role: admin, collaborator. name: shown to citizens; empty: only the role is. fields, places: JSON; []: all.
    db.table("members").create(
        {"channel": str, "user": int, "role": str, "name": str, "fields": str, "places": str, "since": int},
        pk=("channel", "user"),
    )


@migrations()
def m010_cases(db: Database) -> None:
    # state: see bot.cases.values. into: the like case that answers for this one. sense: JSON [kind, id, score].
    # holder: the channel's id of the collaborator, desk_*: the chat they work in. lease: when it is over.
    # told: the citizen knows who has it. noted: when a chat was last told that somebody else has it.
    for column in (
        "closed integer", "best text default ''", "title text default ''", "aspect text default ''",
        "candidates text default '[]'", "place text default ''", "urgent integer default 0",
        "officers integer default 0", "into_case integer default 0", "holder integer", "holder_name text default ''",
        "desk_channel text default ''", "desk_chat text default ''", "lease integer", "asked integer default 0",
        "follow integer default 0", "told integer default 0", "noted integer default 0", "sendings integer default 0",
    ):  # fmt: skip
        db.execute(f"alter table cases add column {column}")
    db.execute("create index cases_waiting on cases (state) where state in ('open', 'claimed')")
    db.execute("create index cases_into on cases (into_case) where into_case > 0")
    db.execute("alter table copies add column part text default 'card'")
    db.execute('create index copies_case on copies ("case")')
    db.execute("alter table replies add column sending integer default 0")
    # The messages of an answer, text as written until they are sent, redacted afterwards; sending 0: not yet.
    db.execute(
        'create table parts (id integer primary key, "case" integer, user integer, channel text, chat text,'
        " message integer, album text, text text, sending integer default 0)"
    )
    db.execute('create index parts_case on parts ("case")')
    db.execute("create index parts_message on parts (chat, message)")
    # What the citizen said later, redacted.
    db.execute('create table additions (id integer primary key, "case" integer, at integer, text text)')
    # Photos, voice messages and files of a question.
    db.execute(
        "create table enclosures (question integer, channel text, chat text, message integer, album text,"
        " primary key (channel, chat, message))"
    )


@migrations()
def m011_joining(db: Database) -> None:
    db.table("members").add_column("label", str, not_null_default="")  # how the others of the team know them
    db.table("invitations").create({"digest": str, "role": str, "author": int, "until": int}, pk="digest")
    # What only members may do: what is a key of the texts, about whom or what it was done.
    db.table("team_deeds").create({"id": int, "at": int, "who": int, "what": str, "about": str}, pk="id")


@migrations()
def m012_limits(db: Database) -> None:
    # How much a chat may still say (see bot.limits), what it said last, as a digest, and how often in a row.
    db.table("buckets").create(
        {"channel": str, "chat": str, "level": float, "at": int, "muted": int, "digest": str, "times": int},
        pk=("channel", "chat"),
    )


@migrations()
def m013_learning(db: Database) -> None:
    # question: its number, which is never given again. verdict: good, bad. reason: see bot.learning.opinions.
    db.table("feedback").create(
        {
            "question": int, "subject": str, "channel": str, "chat": str, "aspect": str,
            "verdict": str, "reason": str, "at": int,
        },
        pk=("question", "subject"),
    )  # fmt: skip
    db.table("feedback").create_index(["subject"])
    # What several people called old while it was last checked on that day.
    db.table("flags").create({"subject": str, "checked": str}, pk=("subject", "checked"))
    # kind, state: see bot.learning.suggestions. author, approver: the channel's ids of people.
    db.execute(
        "create table suggestions (id integer primary key autoincrement, kind text, subject text, text text,"
        ' answer text, source text, "case" integer, asked integer, author integer, approver integer, state text,'
        " made integer, publication integer)"
    )
    db.table("lessons").create({"id": int, "publication": int, "subject": str, "question": str}, pk="id")
    # Who is to be told once their question can be answered; text: redacted. told: when they were.
    db.table("waiting").create(
        {"question": int, "channel": str, "chat": str, "text": str, "message": int, "at": int, "told": int},
        pk="question",
    )


@migrations()
def m014_gaps(db: Database) -> None:
    # When its asker said that what was answered or offered is none of what was meant.
    db.execute("alter table questions add column denied integer")


@migrations()
def m014_outbox_numbers(db: Database) -> None:
    # The number of a row is also that of an update, when a job is done: no other row may get it after a deletion.
    db.execute(
        "create table outbox_numbered (id integer primary key autoincrement, channel text, chat text, body text,"
        " at integer, done integer, outcome text)"
    )
    db.execute("insert into outbox_numbered select id, channel, chat, body, at, done, outcome from outbox")
    db.execute("drop table outbox")
    db.execute("alter table outbox_numbered rename to outbox")
    db.execute("create index outbox_waiting on outbox (id) where done is null")


@migrations()
def m016_topics(db: Database) -> None:
    # The topics of groups, by what they are about (see bot.rooms). thread: empty while it is being opened. gone: when
    # that was found; kept, as what is under way there is to be posted anew. key empty: since then none can be opened.
    db.execute("create table topics (channel text, chat text, key text, thread integer, since integer, gone integer)")
    db.execute("create unique index topics_open on topics (channel, chat, key) where gone is null")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database behind *connection* up to date."""
    migrations.apply(Database(connection))
