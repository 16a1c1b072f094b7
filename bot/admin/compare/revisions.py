"""The knowledge of another time: a folder as it is, or as git has it at a revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import ConfigError


@contextmanager
def knowledge(name: str, folder: Path) -> Iterator[Path]:
    """The folder called *name*, or a copy of *folder* at the git revision *name*, gone when this ends.

    A ConfigError when it is neither.
    """
    if name and Path(name).is_dir():
        yield Path(name)
        return
    with TemporaryDirectory() as parent:
        with tarfile.open(fileobj=io.BytesIO(_archive(name, folder))) as files:
            files.extractall(parent, filter="data")
        yield Path(parent)


def _archive(revision: str, folder: Path) -> bytes:
    """The files of *folder* at *revision*, as git packs them."""
    _git(folder, revision, "diff.no-repository", "rev-parse", "--git-dir")
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(folder, revision, "diff.no-revision", *words).decode().strip()
    return _git(folder, revision, "diff.no-folder", "archive", "--format=tar", commit)


def _git(folder: Path, name: str, key: str, *words: str) -> bytes:
    """What git answers in *folder*; when it refuses, the sentence *key* about the revision *name*."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise ConfigError("diff.no-git", name=name, reason=error.strerror) from error
    if done.returncode:
        raise ConfigError(key, name=name, path=folder)
    return done.stdout
