"""What can go wrong and who can mend it. A bug is not a BotError: it rises to whoever called.

- BotError              somebody can mend it by what it says
  - ConfigError         the operator: config.yaml, the environment, the command line
  - KnowledgeError      an admin: the knowledge base has problems, printed one a line
  - BusyError           the operator: another process has this database

Each carries the key of its sentence in knowledge/texts, the words for its placeholders, and the problems (in *folder*).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.problems import Problem


class BotError(Exception):
    """Somebody can mend this by what it says."""

    def __init__(self, key: str, problems: Sequence[Problem] = (), folder: str = "", **words: object) -> None:
        super().__init__(key, words)
        self.folder = folder
        self.key = key
        self.words = words
        self.problems = tuple(sorted(problems))


class ConfigError(BotError):
    """config.yaml, the environment or the command line is wrong."""


class KnowledgeError(BotError):
    """The knowledge base has problems and no earlier good one is there to go on with."""


class BusyError(BotError):
    """Another process has this database open."""
