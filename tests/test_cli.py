"""The command line as an operator sees it: exit codes, what is printed, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KNOWLEDGE = f"knowledge: {ROOT / 'knowledge'}\n"
QUESTIONS = ["lam giay khai sinh cho con", "", "đăng ký kết hôn hết bao nhiêu tiền", "giá vàng hôm nay", "1.001193"]


def bot(*words: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TELEGRAM_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**clean, **environment},
        timeout=60,
        check=False,
    )


def config(folder: Path, text: str) -> str:
    (folder / "config.yaml").write_text(text, "utf-8")
    return f"--config={folder / 'config.yaml'}"


def test_help_is_printed() -> None:
    done = bot("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("run", "chat", "check", "match", "graph"):
        assert command in done.stdout


def test_the_shipped_knowledge_is_fine() -> None:
    done = bot("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "không có lỗi" in done.stdout


def test_check_prints_every_problem_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "notes.txt").write_text("x")
    done = bot("check", config(tmp_path, "language: vi\n"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "notes.txt:1: " in done.stdout
    as_json = bot("check", "--json", config(tmp_path, "language: vi\n"))
    assert as_json.returncode == 1, as_json.stderr
    assert {"file", "line", "kind", "severity", "message"} == set(json.loads(as_json.stdout)[0])
    on_github = bot("check", "--format", "github", config(tmp_path, "language: vi\n"))
    assert on_github.returncode == 1, on_github.stderr
    assert "/knowledge/notes.txt,line=1,title=stray-file::" in on_github.stdout


def test_a_warning_is_told_and_ends_with_0() -> None:
    done = bot("check", "--as-of", "2027-02-16")
    as_json = bot("check", "--as-of", "2027-02-16", "--json")

    assert (done.returncode, as_json.returncode) == (0, 0), done.stderr
    assert "nhắc: phải đọc lại nguồn từ 2027-02-15" in done.stdout
    assert "lời nhắc" in done.stdout
    assert {"severity": "warning", "kind": "review-passed"}.items() <= json.loads(as_json.stdout)[0].items()


def test_questions_are_matched_in_their_order() -> None:
    done = bot("match", "--jsonl", said="".join(f"{question}\n" for question in QUESTIONS))
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["question"] for row in rows] == QUESTIONS
    for row in rows:
        assert set(row) == {"question", "decision", "aspect", "candidates", "ms"}
        assert row["decision"] in {"answer", "ask", "unknown"}
        assert row["ms"] >= 0
        for one in row["candidates"]:
            assert set(one) == {"kind", "id", "code", "title", "score"}
            assert one["kind"] in {"group", "procedure", "catalogue"}
            assert 0 <= one["score"] <= 1


def test_bytes_that_are_no_text_are_a_question_like_any_other() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "match", "--jsonl"],
        input=b"\xff\xfe khai sinh\n",
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout)["question"] == "\ufffd\ufffd khai sinh"


def test_one_question_is_matched() -> None:
    done = bot("match", "--json", "đăng ký kết hôn")
    assert done.returncode == 0
    assert json.loads(done.stdout)["candidates"][0]["id"] == "marriage-registration"


def test_a_group_is_drawn() -> None:
    done = bot("graph", "birth")
    assert done.returncode == 0
    assert done.stdout.startswith("flowchart")


def test_a_script_is_talked_through_the_same_way_each_time(tmp_path: Path) -> None:
    script = tmp_path / "talk.txt"
    script.write_text("/start\nđăng ký kết hôn\n#1\n#99\n", "utf-8")
    done = bot("chat", "--script", str(script), config(tmp_path, f"knowledge: {ROOT / 'knowledge'}\n"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "> đăng ký kết hôn" in done.stdout
    assert "Không có nút số 99." in done.stdout
    assert not (tmp_path / ".data").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["match"],
        ["match", "--jsonl", "x"],
        ["graph", "nothing"],
        ["graph", "--png", "nowhere/x.png"],
        ["chat", "--script", "none.txt"],
        ["check", "--as-of", "01/03/2027"],
        ["check", "--as-of", "9999-12-31"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(words: list[str]) -> None:
    done = bot(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_no_token_and_nobody_to_talk_to_is_one_line_and_2() -> None:
    done = bot()
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "TELEGRAM_BOT_TOKEN" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        f"telegram: {{mode: push}}\n{KNOWLEDGE}",
        f"place: mars\n{KNOWLEDGE}",
        "knowledge: nowhere\n",
        "a: [\n",
        "",
        "- x\n",
    ],
)
def test_a_broken_configuration_is_told_and_2(text: str, tmp_path: Path) -> None:
    done = bot("chat", config(tmp_path, text), said="/start\n")
    assert (done.returncode, done.stdout) == (2, ""), done.stdout
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_broken_knowledge_is_told_and_2(tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    done = bot("chat", config(tmp_path, "language: en\n"), said="/start\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr, done.stderr


def test_a_script_shows_the_base_on_another_day(tmp_path: Path) -> None:
    script = tmp_path / "talk.txt"
    script.write_text("1.001193\n", "utf-8")
    warning = "có thể đã cũ"

    before = bot("chat", "--script", str(script), "--as-of", "2027-02-15")
    after = bot("chat", "--script", str(script), "--as-of", "2027-02-16")

    assert (before.returncode, after.returncode) == (0, 0), before.stderr + after.stderr
    assert (warning in before.stdout, warning in after.stdout) == (False, True)


def test_a_match_tells_what_is_old_by_then() -> None:
    before, after = (bot("match", "1.001193", "--as-of", day).stdout for day in ("2027-02-15", "2027-02-16"))

    assert ("15/02/2027" in before, "15/02/2027" in after) == (False, True)


def test_a_talk_on_another_day_leaves_the_database_alone(tmp_path: Path) -> None:
    done = bot("chat", "--as-of", "2027-03-01", config(tmp_path, KNOWLEDGE), said="/start\n")

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".data").exists()


def test_citizens_are_never_served_another_day() -> None:
    done = bot("run", "--as-of", "2027-03-01", TELEGRAM_BOT_TOKEN="1:x")

    assert (done.returncode, done.stdout) == (2, "")
    assert "--as-of" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_due_is_listed() -> None:
    done = bot("stale", "--as-of", "2027-02-16")
    as_json = bot("stale", "--as-of", "2027-02-16", "--json")

    assert (done.returncode, as_json.returncode) == (0, 0), done.stderr + as_json.stderr
    assert "knowledge/procedures/civil-status/birth-registration.yaml:2" in done.stdout
    listed = json.loads(as_json.stdout)
    assert {"owner", "day", "at", "id", "read", "what"} == set(listed["due"][0])
    assert {"owner", "at"} == set(listed["pictures"][0])
    assert "knowledge/guides/portal-login.yaml  2 (dòng " in done.stdout
