"""What the bot knows, as values: procedures, interconnected groups, papers, offices and places.

Only `bot.base.loader` makes them, from knowledge/; everything else reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from bot.base.problems import At

REVIEW_AFTER = timedelta(days=180)  # a procedure nobody read again for this long is said to be old
ASPECTS = ("documents", "fee", "time", "place", "online", "who", "late", "conditions", "result")
CHANNELS = ("online", "counter", "post")
LEVELS = ("commune", "province", "ministry")
NOTHING = "nothing"  # what differed when somebody read it, in a file
ELSEWHERE = "?"  # a province nobody names
PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc={code}"

NOWHERE = At("")

Unit = Literal["same-day", "working-days", "days", "hours", "months", "appointment"]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence of the knowledge base, in Vietnamese and, where somebody wrote it, in English."""

    vi: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which a fact holds, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of working days, days, hours or months; or the same day; or "see the appointment slip"."""

    unit: Unit
    count: int = 0


@dataclass(frozen=True, slots=True)
class Time:
    """How long the office takes; longer when it must verify. *unsure* names who says so."""

    usual: Duration
    checking: Duration | None = None
    unsure: Text | None = None
    note: Text | None = None
    span: Span = Span()
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Fee:
    """What the citizen pays, in đồng; None when the amount is set elsewhere and must be asked."""

    amount: int | None
    unsure: Text | None = None
    note: Text | None = None
    span: Span = Span()
    at: At = NOWHERE


@dataclass(frozen=True, slots=True)
class Filing:
    """One way to file: online, at the counter or by post."""

    channel: str
    times: tuple[Time, ...]
    fees: tuple[Fee, ...]
    note: Text | None = None

    def time(self, day: date) -> Time | None:
        return next((time for time in self.times if time.span.holds(day)), None)

    def fee(self, day: date) -> Fee | None:
        return next((fee for fee in self.fees if fee.span.holds(day)), None)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of paper, recognised across procedures by its id."""

    id: str
    at: At
    name: Text
    explain: Text | None = None
    database: bool = False  # in the national databases: nobody needs to bring it
    issued: bool = False  # a form given or filled in where one files


@dataclass(frozen=True, slots=True)
class When:
    """A condition: any of *cases*, in which each question has one of some options. No case: always."""

    cases: tuple[Mapping[str, frozenset[str]], ...] = ()
    at: At = NOWHERE


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Document:
    """A paper somebody must have ready, in which form and in which case."""

    kind: str
    at: At
    form: Text | None = None
    condition: Text | None = None
    when: When = ALWAYS


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    link: str
    title: Text
    date: date


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read a procedure against its sources: who, when, and the facts in which they differed."""

    by: str
    date: date
    differs: str  # NOTHING, or the facts and how, in words for admins


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What somebody has read somewhere, keeps, and must read again."""

    id: str
    at: At
    sources: tuple[Source, ...]
    checked: date
    review: date
    owner: str

    def stale(self, day: date) -> bool:
        return day > self.review


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Vouched):
    """What procedures and groups have in common: how they are named and found."""

    code: str  # empty: a group that no authority has numbered
    aliases: tuple[str, ...]
    code_note: Text | None
    name: Text
    short: Text
    summary: Text
    phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    confidence: str
    caution: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Record):
    """One administrative procedure, whole."""

    field: str
    office: str
    filings: Mapping[str, Filing]
    documents: tuple[Document, ...]
    result: Text
    answers: Mapping[str, Text]
    how: tuple[Text, ...]
    exceptions: tuple[Text, ...]
    related: tuple[str, ...]
    legal: tuple[str, ...]
    read: tuple[Reading, ...]
    guide: str  # how to file it online, by id; empty where nobody has written that


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do while filing online."""

    at: At
    do: Text
    note: Text | None = None
    picture: str | None = None  # a file in media/; empty: a slot that waits for one; None: no picture is wanted


@dataclass(frozen=True, slots=True)
class Part:
    """Where the moves of another guide come in, by its id."""

    at: At
    guide: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Vouched):
    """How one files something online, move by move; what several guides share is a guide of its own."""

    title: Text
    site: Text | None  # where it is done: an app, a portal
    moves: tuple[Move | Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Vouched):
    """A short answer to a question that is about no procedure, or about several (*see*, by their ids)."""

    title: Text
    phrases: tuple[str, ...]
    answer: Text
    see: tuple[str, ...] = ()
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer to a question."""

    id: str
    label: Text
    at: At


@dataclass(frozen=True, slots=True)
class Question:
    """Something the plan depends on; it exists only while *when* holds."""

    id: str
    at: At
    ask: Text
    why: Text | None
    when: When
    options: tuple[Option, ...]
    shared: bool = False  # asked in several groups: an answer counts in all of them

    def option(self, id: str) -> Option | None:
        return next((option for option in self.options if option.id == id), None)


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence that is said when its condition holds."""

    text: Text
    when: When
    at: At


@dataclass(frozen=True, slots=True)
class Deadline:
    """The law's limit: so long from an event."""

    within: Duration
    since: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Video:
    """An officer's video on filing, with its time marks (position such as "2:10", what is shown there).

    It is a page somewhere (*link*) or a file in media/ (*file*).
    """

    at: At
    title: Text
    link: str
    file: str
    marks: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A member of a group: a procedure, in which case, after which steps."""

    id: str
    at: At
    procedure: str
    when: When
    after: tuple[str, ...]
    optional: bool
    deadline: Deadline | None
    title: Text | None  # what it is called here, when not as its procedure
    because: Text | None
    left_out: tuple[Advice, ...]
    notes: tuple[Advice, ...]
    documents: tuple[Document, ...]
    produces: tuple[str, ...]  # kinds of paper it gives, which later steps need not be brought
    video: Video | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """One dossier that files several steps of a group at once, under a procedure of its own."""

    at: At
    procedure: str
    steps: tuple[str, ...]
    when: When
    at_least: int
    because: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Record):
    """An interconnected procedure group: questions, steps, order and conditions as plain data."""

    menu: int  # its place there: the lower, the further up
    intro: Text | None
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    bundle: Bundle | None
    advice: tuple[Advice, ...]
    video: Video | None

    def question(self, id: str) -> Question | None:
        return next((question for question in self.questions if question.id == id), None)

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps if step.id == id), None)

    def conditions(self) -> Iterator[When]:
        """Every condition written in the group."""
        yield from (question.when for question in self.questions)
        for step in self.steps:
            yield step.when
            yield from (advice.when for advice in (*step.left_out, *step.notes))
            yield from (document.when for document in step.documents)
        yield from (advice.when for advice in self.advice)
        if self.bundle is not None:
            yield self.bundle.when


@dataclass(frozen=True, slots=True)
class Office:
    """Who takes the file, and where one finds them."""

    id: str
    at: At
    name: Text
    where: Text
    source: Source | None = None  # of what *where* says of hours and numbers


@dataclass(frozen=True, slots=True)
class Place:
    """A commune or ward with its office."""

    id: str
    at: At
    name: Text
    formerly: tuple[str, ...]
    address: Text
    phone: str
    hours: Text | None
    unsure: Text | None
    source: Source


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number people may call."""

    number: str
    name: Text
    when: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the commune announces: a special day, a contest, a dialogue, a figure; shown until its last day."""

    id: str
    at: At
    title: Text
    text: Text
    span: Span
    source: Source


@dataclass(frozen=True, slots=True)
class Holiday:
    """Offices are closed from *day* to *until*, both included."""

    name: Text
    day: date
    until: date
    at: At


@dataclass(frozen=True, slots=True)
class Swap:
    """The working day *off* is free, and *work*, of a weekend, is worked instead."""

    name: Text
    off: date
    work: date
    at: At


@dataclass(frozen=True, slots=True)
class Decision:
    """A law or notice, and the days off that it settles."""

    source: Source
    holidays: tuple[Holiday, ...]
    swaps: tuple[Swap, ...]

    @property
    def title(self) -> Text:
        return self.source.title


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff(Vouched):
    """When offices are closed: every day from *since* to *until* is settled, with what *decisions* say of it."""

    since: date
    cutoff: time  # what is handed in at this hour or later counts as of the next working day
    saturday: Text | None  # of Saturday mornings, on which some offices take files
    decisions: tuple[Decision, ...]

    @property
    def until(self) -> date:
        """The last settled day: by then somebody must have read what is decided about the days after it."""
        return self.review


# Of a base without a calendar: no day is settled, no hour known to be early enough, and nothing is due for review.
UNSETTLED = DaysOff(
    id="calendar",
    at=NOWHERE,
    sources=(),
    checked=date.min,
    review=date.max,
    owner="",
    since=date.max,
    cutoff=time.min,
    saturday=None,
    decisions=(),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure of the national list: facts as the portal gives them, which nobody of ours has read."""

    code: str
    name: str
    field: str
    level: str  # one of LEVELS, or empty
    ways: Mapping[str, tuple[Duration, ...]]  # filing channel → the times the portal names for it
    result: str
    legal: tuple[str, ...]
    province: str = ""  # whose it is when it is another province's; ELSEWHERE when nothing tells which
    gone: bool = False  # decided by a ministry that is no more

    @property
    def offered(self) -> bool:
        """Whether it may be found by its name; the others are found by their exact code alone."""
        return not (self.province or self.gone)

    @property
    def link(self) -> str:
        return PORTAL.format(code=self.code)


@dataclass(frozen=True, slots=True)
class Regions:
    """How a record of the national portal shows whose it is: needed to build the national list, not to read it."""

    home: str = ""  # our province: its own procedures are offered beside the national ones
    local: tuple[str, ...] = ()  # what decisions of provinces have in their numbers
    gone: tuple[str, ...] = ()  # ministries that are no more, as in the numbers of their decisions
    provinces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # with other spellings and former names


@dataclass(frozen=True, slots=True)
class Base:
    """The whole knowledge base."""

    version: str
    fields: Mapping[str, Text]
    documents: Mapping[str, DocumentKind]
    offices: Mapping[str, Office]
    places: Mapping[str, Place]
    hotlines: tuple[Hotline, ...]
    notices: tuple[Notice, ...]
    procedures: Mapping[str, Procedure]
    groups: Mapping[str, Group]
    texts: Mapping[str, Mapping[str, str]]  # language → key → sentence
    data: Mapping[str, object]  # plain data of the matcher's files: lexicon, aspects, smalltalk
    catalogue: Mapping[str, Listed] = field(default_factory=dict)  # by code, without what we have ourselves
    guides: Mapping[str, Guide] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)  # the files in knowledge/media: name in it → its stamp
    regions: Regions = Regions()
    calendar: DaysOff = UNSETTLED
    files: frozenset[str] = frozenset()  # the names of its YAML files
