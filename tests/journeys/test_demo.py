"""One candidate's whole exam through main.py, then the office's two commands on what came of it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.worlds import fresh_world, tree

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    "package",
    "card read by the camera",
    "unlocked",
    "sitting started",
    "responses saved",
    "suspended, credited, resumed",
    "restarted and resumed",
    "handed in and sealed",
    "exported",
    "collected: result",
    "collected: evidence",
    "verified",
    "scored",
    "roster",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A demo that was played: its folder, what it said, how it ended."""

    folder: Path
    said: str
    code: int

    @property
    def result(self) -> Path:
        (path,) = (self.folder / "stick").glob("*.kresult")
        return path

    @property
    def office(self) -> str:
        return str(self.folder / "office")


def main(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("演示") / "世界 １ 𬭚"
    done = main("demo", "--unattended", "--no-window", "--dir", folder)
    assert not done.stderr, done.stderr
    return Played(folder=folder, said=done.stdout, code=done.returncode)


def test_the_demo_plays_a_whole_exam_and_everything_held(demo: Played) -> None:
    assert demo.code == 0, demo.said
    lines = [line for line in demo.said.splitlines() if line[:3] in {"ok ", "BAD"}]
    assert [line for line in lines if line.startswith("BAD")] == []
    assert {step for step in STEPS if not any(line[5:].startswith(step) for line in lines)} == set()
    score = re.search(r"scored +([0-9.]+) of 100.0; planned ([0-9.]+)", demo.said)
    assert score is not None
    assert score[1] == score[2]


def test_no_secret_is_left_at_the_seat_or_on_the_stick(demo: Played) -> None:
    codes = (demo.folder / "paper" / "codes.txt").read_text(encoding="utf-8")
    release = "".join(codes.splitlines()[0].split()[2:])
    pins = re.findall(r"PIN (\d{6})", codes)
    groups = [line.split()[0] for line in codes.splitlines() if re.fullmatch(r"  (\d{6} ?){8}", line)]
    assert len(release) == 24
    assert len(pins) == len(groups) == 4
    for folder in ("seats", "stick", "collected"):
        for name, data in tree(demo.folder / folder).items():
            for secret in (release, release[:6] + " " + release[6:12], "张示例"):
                assert secret.encode() not in data, (folder, name, secret)
    assert not list((demo.folder / "seats").rglob("resume-*"))
    assert not list((demo.folder / "seats").rglob("bank-*.db"))


def test_verify_accepts_the_bundle_and_refuses_a_tampered_one(demo: Played, tmp_path: Path) -> None:
    good = main("results", "verify", demo.result, "--office", demo.office)
    assert (good.returncode, good.stderr) == (0, "")
    assert re.fullmatch(
        r"accepted  \S+  demo-2026 room-1 s1 A-01  202611040041  handed-in  \d+ records  75\.0/100\.0\n", good.stdout
    )

    data = bytearray(demo.result.read_bytes())
    data[len(data) // 2] ^= 1
    bad = tmp_path / "改过的 𬭚.kresult"
    bad.write_bytes(data)
    both = main("results", "verify", bad, demo.result, "--office", demo.office)
    assert both.returncode == 1
    first, second = both.stdout.splitlines()
    assert first.startswith("refused   改过的 𬭚.kresult")
    assert "[bundle/damaged" in first
    assert second.startswith("accepted")
    assert bad.read_bytes() == bytes(data)


def test_with_the_root_alone_it_says_what_it_could_not_check(demo: Played) -> None:
    done = main("results", "verify", demo.result, "--root", demo.folder / "anchor" / "root.pem")
    assert done.returncode == 0
    assert done.stdout.startswith("signed    ")
    assert done.stdout.rstrip().endswith("demo-centre/a-01  rehearsal")
    assert done.stderr.strip(), "what is sealed was not looked at"


def test_another_worlds_root_and_office_refuse_it(demo: Played, tmp_path: Path) -> None:
    world = fresh_world(tmp_path)
    for by in (("--root", world.folder / "anchor" / "root.pem"), ("--office", world.folder / "office")):
        done = main("results", "verify", demo.result, *by)
        assert done.returncode == 1
        assert "[trust/unknown-root" in done.stdout


def test_collecting_twice_counts_once(demo: Played, tmp_path: Path) -> None:
    into, stick = tmp_path / "汇总", tmp_path / "stick"
    shutil.copytree(demo.folder / "stick", stick)
    before = tree(stick)
    words = ("results", "collect", stick, "--office", demo.office, "--into", into)
    first = main(*words)
    assert (first.returncode, first.stderr) == (0, "")
    assert "s1 A-01 202611040041 handed-in  75.0/100.0  evidence complete  张示例" in first.stdout
    assert first.stdout.rstrip().endswith("3 candidates, 2 open, 0 files refused")
    once = (into / "scores.csv").read_bytes()
    second = main(*words)
    assert second.returncode == 0
    assert second.stdout.count("duplicate") == 2
    assert (into / "scores.csv").read_bytes() == once
    assert tree(stick) == before

    data = bytearray(next(stick.glob("*.kresult")).read_bytes())
    data[-40] ^= 1
    (stick / "b.kresult").write_bytes(data)
    third = main(*words)
    assert third.returncode == 1
    assert "refused   b.kresult" in third.stdout
    assert (into / "scores.csv").read_bytes() == once


def test_what_cannot_run_ends_with_two(demo: Played, tmp_path: Path) -> None:
    nowhere = tmp_path / "没有"
    for words in (
        ("results", "verify", demo.result, "--office", nowhere),
        ("results", "verify", demo.result, "--root", nowhere),
        ("results", "collect", demo.folder / "stick", "--office", nowhere, "--into", tmp_path / "a"),
        ("results", "collect", nowhere, "--office", demo.office, "--into", tmp_path / "b"),
        ("results", "verify", demo.result),
    ):
        done = main(*words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert done.stderr
        assert "Traceback" not in done.stderr
