"""Files of numbers that spare the next start some work; any of them may be deleted at any time.

The name of a file is a hash of all it was made from, the code included, so a stale one is never opened; a damaged one
is noticed by its checksums, or by who reads it, and made again.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from os import getpid
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
T = TypeVar("T")
BROKEN = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    MemoryError,
    zipfile.BadZipFile,
)  # ways a file can be no cache
log = logging.getLogger(__name__)


def place(folder: Path, kind: str, sources: Iterable[str]) -> Path:
    """Where in *folder* to keep a thing of some *kind* that depends on *sources* and on the code of the matcher."""
    digest = hashlib.sha256(f"{np.__version__}\n".encode())
    for code in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(code.read_bytes())
    for source in sources:
        digest.update(source.encode() + b"\n")
    return folder / f"{kind}-{digest.hexdigest()[:32]}.npz"


def keep(path: Path, arrays: Arrays) -> None:
    """Leave *arrays* at *path*, whole or not at all, and remove the others of their kind; nothing depends on it."""
    new = path.with_name(f"{path.stem}-{getpid()}.new")
    try:
        path.parent.mkdir(exist_ok=True)  # not its parents: where there is no data folder, nothing is to be left
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        new.replace(path)
        for other in path.parent.glob(f"{path.name.split('-')[0]}-*"):
            if other != path:
                other.unlink()
    except OSError as error:
        log.debug("%s is not kept for the next start: %s", path.name, error)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def kept(path: Path, read: Callable[[Arrays], T | None]) -> T | None:
    """What *read* makes of what was left at *path*; None when it is not there or not sound."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            found = read({name: archive[name] for name in archive.files})
    except FileNotFoundError:
        return None
    except BROKEN:
        found = None
    if found is None:
        log.warning("%s is damaged and is made again", path)
    return found


def packed(texts: Sequence[str]) -> NDArray[Any]:
    """*texts*, none with a line break, as an array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpacked(array: NDArray[Any]) -> list[str]:
    """The texts that `packed` packed."""
    return array.tobytes().decode().split("\n")
