"""What a base costs as it grows: `python -m tests.bench.bench_base`.

Reading it, checking it (errors, then warnings), getting the matcher ready, and the memory of all that, at the size that
ships, at 1,000 and at 5,652 procedures (as many as the national portal has). The larger ones are copies of our own
files under names of the national list, each with its own ways of asking. Every size is a process of its
own; its seconds are those of the processor, so that a busy machine does not count.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from time import process_time

from bot.admin.warnings import warnings
from bot.base.checks import check
from bot.base.loader import load
from bot.matching import finder
from bot.matching.normalise import fold
from bot.talk.speech import Speech

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
SIZES = (1_000, 5_652)
TODAY = date(2026, 11, 23)
COLUMNS = ("procedures", "load s", "check s", "warnings s", "matcher s", "warm s", "base MB", "all MB")
ASKED = (
    "làm {name}",
    "xin {name} ở đâu",
    "thủ tục {name} cần giấy tờ gì",
    "muốn {name} thì nộp ở mô",
    "hồ sơ {name} bao lâu xong",
    "nhà em cần {name}",
    "hỏi chuyện {name} hết bao nhiêu tiền",
    "chừ {name} phải làm răng",
)
LONGEST = 60  # characters of a name that a phrase is made of


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    print("  ".join(f"{name:>10}" for name in COLUMNS))
    with tempfile.TemporaryDirectory() as parent:
        for folder in (KNOWLEDGE, *(grown(Path(parent) / str(size), size) for size in SIZES)):
            told = subprocess.run(
                [sys.executable, "-m", "tests.bench.bench_base", str(folder)],
                cwd=ROOT,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            ).stdout
            print("  ".join(f"{figure:>10,}" for figure in json.loads(told)))


def measured(folder: Path) -> list[float]:
    """The figures of the base in *folder*, in the order of COLUMNS."""
    seconds = []
    begin = process_time()

    def lap() -> None:
        seconds.append(round(process_time() - begin - sum(seconds), 2))

    base, problems = load(folder)
    lap()
    problems += check(base)
    lap()
    warnings(base, Speech("vi", base.texts), TODAY)
    lap()
    without_matcher = memory()
    with tempfile.TemporaryDirectory() as cache:
        matcher = finder.matcher(base, Path(cache))
        lap()
        matcher.warm()
        lap()
    if problems:
        raise SystemExit(f"{len(problems)} problems, the first: {problems[0]}")
    return [len(base.procedures), *seconds, without_matcher, memory()]


def memory() -> int:
    """Megabytes at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def grown(folder: Path, size: int) -> Path:
    """Our base in *folder*, with copies until it has *size* procedures."""
    shutil.copytree(KNOWLEDGE, folder)
    files = sorted(KNOWLEDGE.glob("procedures/*/*.yaml"))
    for number, (file, name) in enumerate(islice(zip(cycle(files), names(), strict=False), size - len(files)), 1):
        place = folder / file.relative_to(KNOWLEDGE).with_name(f"copy-{number}.yaml")
        place.write_text(copied(file.read_text("utf-8"), name, number), "utf-8")
    return folder


def names() -> Iterator[str]:
    """Names of the national list, each once; numbered when they are all used up."""
    base, _ = load(KNOWLEDGE)
    cut = (one.name[:LONGEST].strip() for one in base.catalogue.values())
    found = list({fold(name): name for name in cut}.values())
    yield from found
    yield from (f"{name} số {number}" for number in range(2, 10) for name in found)


def copied(text: str, name: str, number: int) -> str:
    """A procedure file under another name, code and other ways of asking; all else as it is."""
    phrases = "".join(f"\n  - {json.dumps(asked.format(name=name.lower()), ensure_ascii=False)}" for asked in ASKED)
    words = name.lower().split()
    own = {
        "code": f" 9.{number:06}",
        "name": f" {json.dumps({'vi': name, 'en': f'Procedure {number}'}, ensure_ascii=False)}",
        "short": f" Thủ tục số {number}",
        "phrases": phrases,
        "keywords": f" {json.dumps([' '.join(words[:3]), ' '.join(words[-3:])], ensure_ascii=False)}",
        "aliases": " []",
    }
    parts = re.split(r"^([a-z-]+):", text, flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return parts[0] + "".join(f"{key}:{own[key] + chr(10) if key in own else value}" for key, value in pairs)


if __name__ == "__main__":
    main()
