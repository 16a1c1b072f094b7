"""What can be wrong with the knowledge base: values, collected and sorted, never raised.

A problem says where, which kind and the words concerned; its sentence is in knowledge/texts, under `problem`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

BLANK = "???"  # what a draft has where a human must decide


class Severity(StrEnum):
    """An error keeps the bot from taking the base; a warning is for an admin to look at."""

    ERROR = "error"
    WARNING = "warning"


class Kind(StrEnum):
    """Every kind of problem the checker knows; tests/broken has a file for each."""

    NOT_YAML = "not-yaml"
    NOT_UTF8 = "not-utf8"
    TOO_BIG = "too-big"
    NOT_NFC = "not-nfc"
    MOJIBAKE = "mojibake"
    PLACEHOLDER = "placeholder"
    NO_ALIASES = "no-aliases"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    NOT_A_MAPPING = "not-a-mapping"
    NOT_A_LIST = "not-a-list"
    NOT_A_TEXT = "not-a-text"
    EMPTY = "empty"
    BAD_ID = "bad-id"
    BAD_CODE = "bad-code"
    BAD_DATE = "bad-date"
    BAD_NUMBER = "bad-number"
    BAD_TIME = "bad-time"
    BAD_FEE = "bad-fee"
    BAD_CHOICE = "bad-choice"
    BAD_LINK = "bad-link"
    BAD_POSITION = "bad-position"
    BAD_LEGAL = "bad-legal"
    BAD_MARKUP = "bad-markup"
    BAD_HOUR = "bad-hour"
    BAD_SPAN = "bad-span"
    BAD_SWAP = "bad-swap"
    DUPLICATE_DAY = "duplicate-day"
    TOO_LONG = "too-long"
    DUPLICATE_ID = "duplicate-id"
    UNKNOWN_REFERENCE = "unknown-reference"
    UNKNOWN_OPTION = "unknown-option"
    LATER_QUESTION = "later-question"
    FACT_GAP = "fact-gap"
    FACT_OVERLAP = "fact-overlap"
    TOO_FEW = "too-few"
    UNREAD = "unread"
    SAME_PHRASE = "same-phrase"
    STEP_CYCLE = "step-cycle"
    LATER_STEP = "later-step"
    BUNDLE_WAITS = "bundle-waits"
    SAME_LABEL = "same-label"
    BAD_DEADLINE = "bad-deadline"
    UNUSED_QUESTION = "unused-question"
    UNREACHABLE = "unreachable"
    NO_OUTCOME = "no-outcome"
    TOO_MANY_WALKS = "too-many-walks"
    IDLE_QUESTION = "idle-question"
    UNNAMED_OPTION = "unnamed-option"
    NEVER_MET = "never-met"
    NEVER_TOGETHER = "never-together"
    NEVER_BUNDLED = "never-bundled"
    BUTTON_TOO_LONG = "button-too-long"
    GUIDE_CYCLE = "guide-cycle"
    GUIDE_OFFLINE = "guide-offline"
    BAD_CATALOGUE = "bad-catalogue"
    STRAY_FILE = "stray-file"
    MISSING_FILE = "missing-file"
    MISSING_TEXT = "missing-text"
    UNKNOWN_TEXT = "unknown-text"
    WRONG_PLACEHOLDER = "wrong-placeholder"
    FACT_EXPIRED = "fact-expired"
    FACT_EXPIRES = "fact-expires"
    NOTICE_ENDED = "notice-ended"
    REVIEW_PASSED = "review-passed"
    UNUSED_GUIDE = "unused-guide"
    UNTIMELY_PAPER = "untimely-paper"
    SCREEN_TOO_LONG = "screen-too-long"
    SUMMARY_TOO_LONG = "summary-too-long"
    UNKNOWN_CODE = "unknown-code"
    PHRASE_CONFUSED = "phrase-confused"
    FORGOTTEN_HOLIDAY = "forgotten-holiday"


WARNINGS = frozenset(
    {
        Kind.FACT_EXPIRED,
        Kind.FACT_EXPIRES,
        Kind.NOTICE_ENDED,
        Kind.REVIEW_PASSED,
        Kind.IDLE_QUESTION,
        Kind.UNNAMED_OPTION,
        Kind.NEVER_MET,
        Kind.NEVER_TOGETHER,
        Kind.NEVER_BUNDLED,
        Kind.UNUSED_GUIDE,
        Kind.UNTIMELY_PAPER,
        Kind.SCREEN_TOO_LONG,
        Kind.SUMMARY_TOO_LONG,
        Kind.UNKNOWN_CODE,
        Kind.PHRASE_CONFUSED,
        Kind.FORGOTTEN_HOLIDAY,
    }
)


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A line of a file of the knowledge base."""

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an admin must mend: where, what kind, and the words concerned."""

    at: At
    kind: Kind
    words: tuple[tuple[str, str], ...] = field(default=())

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.kind in WARNINGS else Severity.ERROR


class Problems(list[Problem]):
    """The problems found so far."""

    def add(self, at: At, kind: Kind, **words: object) -> None:
        self.append(Problem(at, kind, tuple((name, str(word)) for name, word in words.items())))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like *word*, or nothing: the hint behind a "did you mean"."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), "")
