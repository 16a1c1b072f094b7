"""Lines beside a column, each on a track of its own where they would lie on one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Bus:
    """A line that several places lead to, and from which it goes on to others; all places are heights."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    joined: bool  # all starts are needed together
    track: int = 0  # 0: the nearest


def tracks(buses: Iterable[Bus]) -> list[Bus]:
    """*buses* on as few tracks as keep them apart, the short ones nearest."""
    done: list[Bus] = []
    for bus in sorted(buses, key=_length):
        taken = {other.track for other in done if _overlap(bus, other)}
        track = next(number for number in range(len(done) + 1) if number not in taken)
        done.append(replace(bus, track=track))
    return done


def _length(bus: Bus) -> float:
    places = (*bus.starts, *bus.ends)
    return max(places) - min(places)


def _overlap(one: Bus, other: Bus) -> bool:
    first, second = (*one.starts, *one.ends), (*other.starts, *other.ends)
    return min(first) <= max(second) and min(second) <= max(first)
