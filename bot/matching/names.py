"""The index of many names, worked out once and kept in a cache file; the file may be deleted at any time.

Its name is a hash of all it was made from, the code included, so a stale one is never opened; a damaged one is noticed
by its checksums or its shape and made again.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from os import getpid
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Features
from bot.matching.index import Index, unseen_of
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, vocabulary_of
from bot.matching.rows import NO_ROWS, Postings

Arrays = dict[str, NDArray[Any]]
Tell = Callable[[float], None]  # hears what part of the work is done
POSTINGS = ("starts", "where", "weights", "places", "common")  # what is kept of them
STRIDE = 100  # names between two tellings
BROKEN = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    EOFError,
    MemoryError,
    zipfile.BadZipFile,
)  # ways a file can be no cache
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Names:
    """The index of names, and how often each word is in them."""

    vocabulary: Mapping[str, int]
    index: Index


def silent(_: float) -> None:
    """Tells nobody."""


def names_of(titles: Sequence[str], lexicon: Lexicon, cache: Path | None = None, tell: Tell = silent) -> Names:
    """The index of *titles*: from the folder *cache* when it is there, else made (*tell* hears) and left there."""
    if cache is None:
        return _made(titles, lexicon, tell)
    path = cache / f"names-{_key(titles, lexicon)}.npz"
    if (kept := _kept(path, len(titles))) is not None:
        return kept
    names = _made(titles, lexicon, tell)
    _keep(path, names)
    return names


def _made(titles: Sequence[str], lexicon: Lexicon, tell: Tell) -> Names:
    vocabulary = vocabulary_of(titles)
    normalise = Normaliser(lexicon, vocabulary)
    texts = []
    for number, title in enumerate(titles):
        texts.append([normalise(title)])
        if number % STRIDE == 0:
            tell(number / len(titles))
    # said twice in a name counts no more than once: "hộ chiếu ngoại giao, hộ chiếu công vụ" is no double passport
    names = Names(vocabulary, Index.of(texts, most=1.0))
    tell(1.0)
    return names


def _key(titles: Sequence[str], lexicon: Lexicon) -> str:
    """A hash of what the index depends on: the names, the lexicon, and the code that makes it."""
    digest = hashlib.sha256(f"{np.__version__}\n{lexicon.digest}\n".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update("\n".join(titles).encode())
    return digest.hexdigest()[:32]


def _keep(path: Path, names: Names) -> None:
    """Leave *names* at *path*, whole or not at all, and remove those of other bases; nothing depends on it."""
    index = names.index
    arrays: Arrays = {
        "words": _packed(list(names.vocabulary)),
        "counts": np.array(list(names.vocabulary.values()), dtype=np.int32),
        "features": _packed(list(index.features.numbers)),
        "rarity": index.rarity,
        **{name: getattr(index.centroids, name) for name in POSTINGS},
    }
    new = path.with_name(f"{path.stem}-{getpid()}.new")
    try:
        path.parent.mkdir(exist_ok=True)  # not its parents: where there is no data folder, nothing is to be left
        with new.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        new.replace(path)
        for other in path.parent.glob("names-*"):
            if other != path:
                other.unlink()
    except OSError as error:
        log.debug("the national list is not kept for the next start: %s", error)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _kept(path: Path, size: int) -> Names | None:
    """What was left at *path*; None when it is not there or not sound."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            arrays: Arrays = {name: kept[name] for name in kept.files}
        names = Names(
            vocabulary=dict(zip(_unpacked(arrays["words"]), arrays["counts"].tolist(), strict=True)),
            index=_index(arrays, size),
        )
    except FileNotFoundError:
        return None
    except BROKEN:
        names = None
    if names is None or not _sound(names.index.centroids, len(names.index.rarity), size):
        log.warning("%s is damaged and is made again", path)
        return None
    return names


def _index(arrays: Arrays, size: int) -> Index:
    features = Features(_unpacked(arrays["features"]))
    return Index(
        features=features,
        fields=features.fields(),
        rarity=arrays["rarity"],
        unseen=unseen_of(size),
        firsts=np.arange(size + 1),
        phrases=NO_ROWS,
        centroids=Postings(**{name: arrays[name] for name in POSTINGS}),
    )


def _sound(found: Postings, features: int, size: int) -> bool:
    """Whether every number in the postings leads somewhere."""
    kinds = "".join(getattr(found, name).dtype.kind for name in POSTINGS)
    if kinds != "iifif" or found.common.ndim != 2 or found.common.shape[1] != size:
        return False
    if len(found.starts) != features + 1 or len(found.places) != features or len(found.where) != len(found.weights):
        return False
    starts = found.starts
    if starts[0] != 0 or starts[-1] != len(found.where) or bool((np.diff(starts) < 0).any()):
        return False
    inside = bool(((found.where >= 0) & (found.where < size)).all())
    inside = inside and bool(((found.places >= -1) & (found.places < len(found.common))).all())
    return inside and bool(np.isfinite(found.weights).all()) and bool(np.isfinite(found.common).all())


def _packed(texts: Sequence[str]) -> NDArray[Any]:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[Any]) -> list[str]:
    return packed.tobytes().decode().split("\n")
