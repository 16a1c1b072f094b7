"""Saying things in one language: sentences from knowledge/texts, texts of the base, money, days and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from datetime import time as hour_of_day

from bot.base.model import Duration, Fee, Text, Time
from bot.base.problems import Problem, Severity

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Speech:
    """One language for the length of one answer; it remembers whether something had to be said in Vietnamese."""

    def __init__(self, language: str, texts: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language if language in texts else "vi"
        self.untranslated = False
        self.texts = texts
        self._sentences = texts[self.language]
        self._fallback = texts["vi"]

    def say(self, key: str, /, **words: object) -> str:
        """The sentence *key* with *words* in its placeholders."""
        sentence = self._sentences.get(key) or self._fallback[key]
        return sentence.format_map(words) if words else sentence

    def tell(self, key: str, /, **words: object) -> str:
        """The same for operators; bare when the texts themselves are what is broken."""
        try:
            return self.say(key, **words)
        except (LookupError, ValueError, AttributeError):
            return " ".join([key, *(f"{name}={word}" for name, word in words.items() if word)])

    def text(self, text: Text) -> str:
        """*text* in this language, or in Vietnamese where there is no other."""
        if self.language == "en":
            if text.en:
                return text.en
            self.untranslated = True
        return text.vi

    def unsure(self, text: Text | None) -> str:
        """The words that turn a plain fact into one to ask about; nothing when it is certain."""
        return "" if text is None else self.say("fact.unsure", source=self.text(text))

    def note(self, text: Text | None) -> str:
        return "" if text is None else f", {self.text(text)}"

    def money(self, amount: int) -> str:
        return f"{amount:,}".replace(",", self.say("fee.thousands")) + " đ"

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}"

    def on(self, day: date, today: date, *, settled: bool = True) -> str:
        """*day* as one says it *today*: "thứ Năm 10/12", with the year when it is another; a forecast says so."""
        short = f"{day:%d/%m}" if day.year == today.year else self.day(day)
        said = f"{self.say(f'weekday.{WEEKDAYS[day.weekday()]}')} {short}"
        return said if settled else self.say("weekday.unsettled", day=said)

    def fee(self, fee: Fee | None, *, short: bool = False) -> str:
        """*fee* as one says it, with how sure we are; in *short* the bare amount."""
        if fee is None or fee.amount is None:
            said = self.say("fee.open" if short else "fee.asked")
        elif fee.amount == 0:
            said = self.say("fee.none")
        else:
            said = self.money(fee.amount)
        if fee is None or short:
            return said
        until = "" if fee.span.until is None else self.say("fact.until", day=self.day(fee.span.until))
        return said + until + self.unsure(fee.unsure) + self.note(fee.note)

    def time(self, time: Time | None, *, short: bool = False) -> str:
        """*time* as one says it, with how sure we are; in *short* the bare time."""
        if time is None:
            return self.say("time.appointment")
        said = self.duration(time.usual)
        if time.checking is not None:
            said += self.say("time.checking", time=self.duration(time.checking))
        return said if short else said + self.unsure(time.unsure) + self.note(time.note)

    def near(self, day: date, today: date, *, settled: bool = True) -> str:
        """*day* as one says it *today*: perhaps it is today itself, or the day beside it."""
        said = self.on(day, today, settled=settled)
        key = {-1: "day.yesterday", 0: "day.today", 1: "day.tomorrow"}.get((day - today).days)
        return said if key is None else self.say(key, day=said)

    def hour(self, hour: hour_of_day) -> str:
        return self.say("day.half-hour" if hour.minute else "day.hour", hour=hour.hour, minute=f"{hour.minute:02}")

    def duration(self, duration: Duration) -> str:
        one = "one-" if duration.count == 1 else ""
        return self.say(f"time.{one}{duration.unit}", count=duration.count)

    def problem(self, problem: Problem, folder: str = "") -> str:
        """*problem* as an admin reads it: file (in *folder*), line, how grave, what is wrong."""
        grave = problem.severity is Severity.ERROR
        return f"{folder}{problem.at}: {'' if grave else self.tell('check.warning')}{self.sentence(problem)}"

    def sentence(self, problem: Problem) -> str:
        """What is wrong, and what was probably meant."""
        words = dict(problem.words)
        near = words.get("near")
        words["hint"] = self.tell("hint", near=near) if near else ""
        if "what" in words:
            words["what"] = self._sentences.get(f"problem-what.{words['what']}", words["what"])
        return self.tell(f"problem.{problem.kind}", **words)


def shorten(text: str, limit: int) -> str:
    """*text*, cut at *limit* characters."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()} …"
