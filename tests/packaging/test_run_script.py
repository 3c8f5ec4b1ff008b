"""The set-up script: sound shell, a second start that sets nothing up, any folder name, words for what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("packaging/run.sh", ".ci/run")


def ready_clone(folder: Path) -> Path:
    """Copy what the script needs, with an environment whose python prints its words and what it finds set."""
    clone = folder / "考 场 ３ 𬭚"
    shutil.copytree(ROOT / "packaging", clone / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    binary = clone / ".venv" / "bin"
    binary.mkdir(parents=True)
    python = binary / "python"
    python.write_text('#!/bin/bash\nprintf "%s|" "$PWD" "${QT_QPA_PLATFORM:-}" "$@"; exit 7\n', encoding="utf-8")
    python.chmod(0o755)
    stamp = (
        'source <(sed \'/^main "\\$@"$/d; s|^here=.*|here=$1/packaging|\' "$1/packaging/run.sh")\n'
        'for kind in app test; do stamp $kind >"$venv/.ready-$kind"; done\n'
    )
    subprocess.run(["bash", "-c", stamp, "stamp", str(clone)], check=True)
    return clone


def run(clone: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"} | extra
    return subprocess.run(
        ["bash", f"{clone}/packaging/run.sh", *words],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_shell_is_sound(script: str) -> None:
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


def test_a_ready_clone_sets_nothing_up_and_passes_words_and_exit_code_on(tmp_path: Path) -> None:
    clone = ready_clone(tmp_path)
    done = run(clone, "results", "verify", "a b.kresult", "考 １.kresult")
    assert done.returncode == 7
    assert done.stderr == ""
    assert done.stdout == f"/||{clone}/main.py|results|verify|a b.kresult|考 １.kresult|"


def test_the_tests_run_in_the_tree_without_a_screen(tmp_path: Path) -> None:
    clone = ready_clone(tmp_path)
    done = run(clone, "test", "-k", "one two")
    assert done.stdout == f"{clone}|offscreen|-m|pytest|-k|one two|"
    assert done.returncode == 7


def test_the_gate_is_the_same_command(tmp_path: Path) -> None:
    clone = ready_clone(tmp_path)
    shutil.copytree(ROOT / ".ci", clone / ".ci")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "CI": "true"}
    gate = ["bash", str(clone / ".ci" / "run")]
    done = subprocess.run(gate, env=environment, capture_output=True, text=True, check=False, cwd="/")
    assert done.stdout == f"{clone}|offscreen|-m|pytest|"
    assert done.returncode == 7


def test_a_screen_that_is_there_is_used_and_windows_are_not_needed_for_help(tmp_path: Path) -> None:
    clone = ready_clone(tmp_path)
    assert run(clone, "demo", DISPLAY=":77").stderr == ""
    assert run(clone, "demo", "--no-window").stderr == ""
    assert run(clone, "demo", "--help").stderr == ""


def test_a_machine_without_a_screen_gets_one(tmp_path: Path) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    clone = ready_clone(tmp_path)
    done = run(clone, "demo", "--unattended")
    assert "using a virtual one" in done.stderr
    assert done.returncode == 7


def test_a_changed_lock_is_noticed_and_a_missing_python_is_said(tmp_path: Path) -> None:
    clone = ready_clone(tmp_path)
    with (clone / "packaging" / "requirements-app.txt").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "cat", "readlink", "sha256sum", "flock", "sed", "sort", "comm", "mktemp", "dirname", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    python = tools / "python3"
    python.write_text("#!/bin/bash\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    text = (clone / "packaging" / "run.sh").read_text(encoding="utf-8").replace(" /usr/bin/python3;", ";")
    (clone / "packaging" / "run.sh").write_text(text, encoding="utf-8")
    done = run(clone, "demo", PATH=str(tools))
    assert done.returncode != 0
    assert "This is not a Debian system" in done.stderr
    assert "No python3 from 3.11 to 3.13" in done.stderr
