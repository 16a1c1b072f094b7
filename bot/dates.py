"""Days for the calendar of a phone, as iCalendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from bot.attachments import Dates, Event

PRODUCT = "-//bot//plan//VI"
HOST = "bot.invalid"  # ids must be unique in the world; this domain is nobody's, RFC 2606
BEFORE = timedelta(hours=-15)  # an alarm at nine in the morning of the day before


def calendar(dates: Dates) -> bytes:
    """*dates* as the content of an .ics file."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    for event in dates.events:
        found.add_component(_entry(event))
    return bytes(found.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.id}@{HOST}")
    entry.add("dtstamp", datetime.combine(event.day, time.min, UTC))  # required; there is no clock here
    entry.add("dtstart", event.day)
    entry.add("dtend", event.day + timedelta(days=1))
    entry.add("summary", event.title)
    entry.add("transp", "TRANSPARENT")  # a reminder makes nobody busy
    if event.note:
        entry.add("description", event.note)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", BEFORE)
    entry.add_component(alarm)
    return entry
