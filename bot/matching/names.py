"""The index of many names, worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Features
from bot.matching.index import Index
from bot.matching.kept import Arrays, keep, kept, packed, place, unpacked
from bot.matching.lexicon import Lexicon
from bot.matching.normalise import Normaliser, vocabulary_of
from bot.matching.rows import NO_ROWS, Floats, Postings, Rows
from bot.matching.weighing import left_of, unseen_of

Tell = Callable[[float], None]  # hears what part of the work is done
POSTINGS = ("starts", "sizes", "where", "weights")  # what is kept of them
ROWS = ("starts", "ids", "weights")
STRIDE = 100  # names between two tellings


@dataclass(frozen=True, slots=True)
class Names:
    """The index of names, and how often each word is in them."""

    vocabulary: Mapping[str, int]
    index: Index


def silent(_: float) -> None:
    """Tells nobody."""


def names_of(titles: Sequence[str], lexicon: Lexicon, cache: Path | None = None, tell: Tell = silent) -> Names:
    """The index of *titles*: from the folder *cache* when it is there, else made (*tell* hears) and left there."""
    if cache is None or not titles:
        return _made(titles, lexicon, tell)
    path = place(cache, "names", (lexicon.digest, *titles))
    if (found := kept(path, lambda arrays: _read(arrays, len(titles)))) is not None:
        return found
    names = _made(titles, lexicon, tell)
    keep(path, _arrays(names))
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
    names = Names(vocabulary, Index.of(texts, most=1.0, few=0))
    tell(1.0)
    return names


def _arrays(names: Names) -> Arrays:
    index = names.index
    return {
        "words": packed(list(names.vocabulary)),
        "counts": np.array(list(names.vocabulary.values()), dtype=np.int32),
        "features": packed(list(index.features.numbers)),
        "rarity": index.rarity,
        **{name: getattr(index.centroids, name) for name in POSTINGS},
        **{f"whole-{name}": getattr(index.whole, name) for name in ROWS},
    }


def _read(arrays: Arrays, size: int) -> Names | None:
    """The names that *arrays* hold; None when they are not sound."""
    vocabulary = dict(zip(unpacked(arrays["words"]), arrays["counts"].tolist(), strict=True))
    centroids = Postings(size, **{name: arrays[name] for name in POSTINGS})
    whole = Rows(**{name: arrays[f"whole-{name}"] for name in ROWS})
    features = len(arrays["rarity"])
    if not (_sound(centroids, features) and _sound_rows(whole, features, size)):
        return None
    return Names(vocabulary, _index(Features(unpacked(arrays["features"])), arrays["rarity"], centroids, whole))


def _index(features: Features, rarity: Floats, centroids: Postings, whole: Rows) -> Index:
    fields = features.fields()
    return Index(
        features=features,
        fields=fields,
        rarity=rarity,
        unseen=unseen_of(centroids.rows),
        firsts=np.arange(centroids.rows + 1),
        phrases=NO_ROWS,
        peaks=None,
        centroids=centroids,
        whole=whole,
        left=left_of(centroids, fields),
    )


def _sound(found: Postings, features: int) -> bool:
    """Whether every number in the postings leads somewhere."""
    if "".join(getattr(found, name).dtype.kind for name in POSTINGS) != "iiif":
        return False
    if not len(found.starts) == len(found.sizes) == features or len(found.where) != len(found.weights):
        return False
    steps = np.append(found.starts, len(found.where))
    right = _steps(steps, len(found.where)) and bool((np.diff(steps) == found.sizes).all())
    return right and _within(found.where, found.rows) and _numbers(found.weights)


def _sound_rows(found: Rows, features: int, size: int) -> bool:
    if "".join(getattr(found, name).dtype.kind for name in ROWS) != "iif" or len(found.ids) != len(found.weights):
        return False
    right = len(found.starts) == size + 1
    return right and _within(found.ids, features) and _steps(found.starts, len(found.ids)) and _numbers(found.weights)


def _within(array: NDArray[Any], size: int) -> bool:
    return bool(((array >= 0) & (array < size)).all())


def _steps(starts: NDArray[Any], last: int) -> bool:
    return len(starts) > 0 and starts[0] == 0 and starts[-1] == last and not bool((np.diff(starts) < 0).any())


def _numbers(array: NDArray[Any]) -> bool:
    return bool(np.isfinite(array).all())
