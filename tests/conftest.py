"""What tests share: the shipped base, read once, and a stage on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.base.checks import check
from bot.base.loader import load
from bot.base.model import Base
from bot.matching import finder
from bot.matching.matcher import Matcher
from tests.stage import Stage

# A case may be slow to make, or the machine busy; that is not a reason to fail. Speed is measured in tests/bench.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
settings.register_profile(  # asked for by name: much longer than all tests together take
    "long", max_examples=2000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@pytest.fixture(scope="session")
def base() -> Base:
    """The knowledge that ships, without a problem."""
    base, problems = load(KNOWLEDGE)
    assert problems == []
    assert check(base) == []
    return base


@pytest.fixture(scope="session")
def matcher(base: Base) -> Matcher:
    """The matcher of the shipped base."""
    return finder.matcher(base)


@pytest.fixture
def stage(base: Base, matcher: Matcher, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(base, tmp_path / "bot.db", matcher=matcher)
    yield stage
    stage.storage.close()
