"""The files admins write: what is wrong with their letters, and their mappings read key by key.

The nodes they are made of are those of `bot.base.nodes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bot.base.nodes import Block, Node, Scalar, Sequence, compose, plain
from bot.base.problems import At, Kind, Problems, nearest

__all__ = ["Block", "Entry", "Node", "Scalar", "Sequence", "parse", "plain", "read"]

MAX_BYTES = 2_000_000  # far above any file an admin writes; a larger one is a mistake or an attack
# UTF-8 read as another code (Windows-1252, or TCVN3 from old Vietnamese fonts); only what proper text never has.
MOJIBAKE = re.compile(
    "\ufffd|[\x80-\x9f]"
    "|[áâ][º»€][¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|Ã[¡-º¼-¿€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•˜™š›œžŸ]"
    "|[ÄÅÆ][¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|[^\\W\\d_][®¨©¬µ¶·¸¹¼½¾][^\\W\\d_]"
)


def read(path: Path, name: str, problems: Problems) -> Node | None:
    """The document in the file at *path*, called *name* in messages; None when it cannot be used at all."""
    if path.stat().st_size > MAX_BYTES:
        problems.add(At(name), Kind.TOO_BIG, limit=MAX_BYTES // 1_000_000)
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(At(name, line), Kind.NOT_UTF8)
        return None
    return parse(text, name, problems)


def parse(text: str, name: str, problems: Problems) -> Node | None:
    """The document *text*; None (and a problem) when it is empty or not YAML."""
    for number, line in enumerate(text.splitlines(), 1):
        if not unicodedata.is_normalized("NFC", line):
            problems.add(At(name, number), Kind.NOT_NFC)
        if (found := MOJIBAKE.search(line)) is not None:
            problems.add(
                At(name, number), Kind.MOJIBAKE, text=line[max(0, found.start() - 10) : found.end() + 10].strip()
            )
    return compose(text, name, problems)


class Entry:
    """A mapping being read key by key; `close` reports the keys nobody asked for."""

    def __init__(self, node: Node, problems: Problems) -> None:
        self.at = node.at
        self.problems = problems
        self._block = node if isinstance(node, Block) else Block(node.at, {})
        self._known: set[str] = set()
        if not isinstance(node, Block):
            problems.add(node.at, Kind.NOT_A_MAPPING)

    def __contains__(self, key: str) -> bool:
        return key in self._block.items

    def where(self, key: str) -> At:
        return self._block.keys.get(key, self.at)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        self._known.add(key)
        node = self._block.items.get(key)
        if node is None and required:
            self.problems.add(self.at, Kind.MISSING_KEY, key=key)
        return node

    def word(self, key: str, *, required: bool = False) -> str:
        """The scalar under *key*; empty when it is missing (a problem when *required*)."""
        node = self.node(key, required=required)
        return "" if node is None else self.scalar(node)

    def scalar(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            self.problems.add(node.at, Kind.NOT_A_TEXT, what="value")
            return ""
        if not node.text.strip():
            self.problems.add(node.at, Kind.EMPTY, what="value")
        return node.text.strip()

    def nodes(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        node = self.node(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.problems.add(node.at, Kind.NOT_A_LIST, key=key)
            return ()
        return node.items

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        return tuple(self.scalar(node) for node in self.nodes(key, required=required))

    def entries(self, key: str, *, required: bool = False) -> Iterator[Entry]:
        for node in self.nodes(key, required=required):
            yield Entry(node, self.problems)

    def entry(self, key: str, *, required: bool = False) -> Entry | None:
        node = self.node(key, required=required)
        return None if node is None else Entry(node, self.problems)

    def items(self) -> Iterator[tuple[str, Node]]:
        """All keys with their nodes, for mappings whose keys are data."""
        self._known |= set(self._block.items)
        yield from self._block.items.items()

    def close(self) -> None:
        for key, where in self._block.keys.items():
            if key not in self._known:
                self.problems.add(where, Kind.UNKNOWN_KEY, key=key, near=nearest(key, self._known))
