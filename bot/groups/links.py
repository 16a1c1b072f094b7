"""A plan in the few letters of a deep link: which group, and what was answered.

Telegram hands a bot 64 characters of A-Z a-z 0-9 _ - (https://core.telegram.org/bots/features#deep-linking).
An answer is the place of its option, in base 36; four hex digits tell whether the questions are still the same ones.
"""

from __future__ import annotations

import hashlib
from string import ascii_lowercase, digits

from bot.base.model import Group, Question
from bot.groups.plan import Facts

DIGITS = digits + ascii_lowercase  # 0: not answered
NOT_ANSWERED = DIGITS[0]


def pack(group: Group, facts: Facts) -> str:
    """The answers to the questions of *group* as text."""
    places = "".join(_place(question, facts.get(question.id)) for question in group.questions)
    return f"{group.id}_{places}_{_check(group)}"


def unpack(group: Group, answers: str, check: str) -> dict[str, str]:
    """The facts behind *answers*; none when the questions of *group* have changed since."""
    if check != _check(group) or len(answers) != len(group.questions):
        return {}
    places = (DIGITS.find(letter) for letter in answers)
    return {
        question.id: question.options[place - 1].id
        for question, place in zip(group.questions, places, strict=True)
        if 1 <= place <= len(question.options)
    }


def _place(question: Question, answer: str | None) -> str:
    places = (place for place, option in enumerate(question.options, 1) if option.id == answer)
    place = next(places, 0)
    return DIGITS[place] if place < len(DIGITS) else NOT_ANSWERED


def _check(group: Group) -> str:
    ids = ((question.id, *(option.id for option in question.options)) for question in group.questions)
    return hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:4]
