"""The house keeps its rules, and every rule is shown to refuse a bad sample.

Style, types, who imports what, sizes, words, the error tree, the locks, what the pages mention. The rules themselves
are in tests/support/house.py; here stand the files they look at, the exceptions, and the bad samples.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3

from tests.support import house

ROOT = Path(__file__).resolve().parent.parent
ERRORS = "kiosk/errors.py"
LOCKS = ("packaging/requirements-app.txt", "packaging/requirements-test.txt")
TOP_LEVEL = {
    ".ci", ".git", ".gitattributes", ".gitignore", "README.md", "kiosk", "main.py", "packaging", "pyproject.toml",
    "question_banks", "tests",
}  # fmt: skip
MADE_BY_TOOLS = {
    ".coverage", ".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".venv",
    "__pycache__", "build", "dist", "htmlcov",
}  # fmt: skip
UNREAD = {*MADE_BY_TOOLS, ".git"}
MAY_CATCH_EVERYTHING = {
    "kiosk/station/fault.py",     # every stray exception becomes a suspended sitting
    "kiosk/station/station.py",
    "kiosk/cli/__init__.py",      # composition roots
    "kiosk/ui/app.py",
}  # fmt: skip
TEXTS = {".py", ".md", ".sh", ".toml", ".txt", ".json", ".csv", ".service", ".spec", ""}

Rule = Callable[[str, str], list[str]]


def files(*suffixes: str, below: tuple[str, ...] = (".",)) -> Iterator[Path]:
    for folder in below:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.suffix in suffixes and path.is_file() and not UNREAD.intersection(inside.parts):
                yield path


def sources(*below: str) -> dict[str, str]:
    found = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files(".py", below=below)}
    if below == (".",):
        assert "main.py" in found
    return found


def applied(rule: Rule, texts: dict[str, str]) -> str:
    return "\n".join(line for where, text in texts.items() for line in rule(where, text))


def tool(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "250", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def bad_module(folder: Path, text: str) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    path = folder / "kiosk" / "exam" / "bad.py"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


# ---- style and types


def test_ruff_finds_nothing() -> None:
    done = tool("-m", "ruff", "check", "--output-format=concise")
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_format_changes_nothing() -> None:
    done = tool("-m", "ruff", "format", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_strict_finds_nothing() -> None:
    done = tool("-m", "mypy", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


def test_bad_style_bad_layout_and_bad_types_are_refused(tmp_path: Path) -> None:
    bad = bad_module(tmp_path, "from datetime import datetime\ndef f(a): return  [datetime.now(), a]\n")
    check = tool("-m", "ruff", "check", "--no-cache", str(bad), cwd=tmp_path)
    assert check.returncode == 1
    assert "TID251" in check.stdout
    assert tool("-m", "ruff", "format", "--no-cache", "--check", str(bad), cwd=tmp_path).returncode == 1
    types = tool("-m", "mypy", "--strict", "--cache-dir", os.devnull, str(bad), cwd=tmp_path)
    assert types.returncode == 1
    assert "no-untyped-def" in types.stdout


# ---- who imports what

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
BAD_IMPORTS = {
    "exam": ("os", "io", "pathlib", "time", "random", "threading", "socket", "kiosk.crypto.ok"),
    "crypto": ("pathlib", "time", "kiosk.exam.ok", "kiosk.formats.ok", "sqlcipher3"),
    "formats": ("time", "datetime", "pathlib", "os", "kiosk.storage.ok", "cryptography"),
    "storage": ("kiosk.capture.ok", "kiosk.lockdown.ok", "PySide6", "cv2", "kiosk.station.ok"),
    "capture": ("kiosk.storage.ok", "kiosk.lockdown.ok", "sqlite3", "ctypes"),
    "lockdown": ("kiosk.storage.ok", "kiosk.capture.ok", "argparse"),
    "paper": ("kiosk.formats.ok", "kiosk.crypto.ok", "kiosk.storage.ok", "PySide6"),
    "station": ("kiosk.office.ok", "kiosk.ui.ok", "PySide6", "segno", "pyrage"),
    "office": ("kiosk.station.ok", "kiosk.capture.ok", "kiosk.lockdown.ok", "PySide6"),
    "ui": ("kiosk.office.ok", "kiosk.storage.ok", "kiosk.crypto.ok", "kiosk.rehearsal.ok", "numpy", "cryptography"),
    "rehearsal": ("kiosk.cli.ok", "cv2", "sqlcipher3"),
    "cli": ("PySide6", "xcffib"),
}  # fmt: skip


def skeleton(folder: Path) -> Path:
    """Draw the tree's packages, empty but for one module each."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in BAD_IMPORTS:
        package = folder / "kiosk" / name
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "ok.py").touch()
    (folder / "kiosk" / "__init__.py").touch()
    (folder / "kiosk" / "errors.py").touch()
    return folder


def test_imports_go_down_only() -> None:
    done = tool("-c", LINT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_bad_import_is_refused(tmp_path: Path) -> None:
    root = skeleton(tmp_path)
    clean = tool("-c", LINT, cwd=root)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    for name, imported in BAD_IMPORTS.items():
        for number, module in enumerate(imported):
            (root / "kiosk" / name / f"bad{number}.py").write_text(f"import {module}\n", encoding="utf-8")
    refused = tool("-c", LINT, cwd=root)
    assert refused.returncode == 1
    missed = [
        f"{name} imports {module}"
        for name, imported in BAD_IMPORTS.items()
        for number, module in enumerate(imported)
        if f"kiosk.{name}.bad{number} -> {module}" not in refused.stdout
    ]
    assert not missed, f"{missed}\n{refused.stdout}"


def test_a_new_package_needs_a_place_among_the_layers(tmp_path: Path) -> None:
    root = skeleton(tmp_path)
    (root / "kiosk" / "utils").mkdir()
    (root / "kiosk" / "utils" / "__init__.py").touch()
    assert tool("-c", LINT, cwd=root).returncode == 1


def test_the_desk_and_the_composition_root_have_their_exceptions(tmp_path: Path) -> None:
    root = skeleton(tmp_path)
    desk = root / "kiosk" / "ui" / "desk"
    desk.mkdir()
    (desk / "__init__.py").touch()
    (desk / "scores.py").write_text("import kiosk.office.ok\n", encoding="utf-8")
    (root / "kiosk" / "ui" / "app.py").write_text("import kiosk.storage.ok\n", encoding="utf-8")
    done = tool("-c", LINT, cwd=root)
    assert done.returncode == 0, done.stdout


# ---- sizes and words

SAMPLES: list[tuple[Rule, str, str]] = [
    (house.too_big, "a.py", "x = 1\n" * 401),
    (house.too_big, "a.sh", "true\n" * 401),
    (house.too_big, "a.py", "def long():\n" + "    x = '题𬭚'\n" * 60),
    (house.catches_everything, "a.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
    (house.catches_everything, "a.py", "try:\n    pass\nexcept (OSError, BaseException):\n    pass\n"),
    (house.catches_everything, "a.py", "try:\n    pass\nexcept:\n    pass\n"),
    (house.foreign_words, "a.py", "def call_" + "proctor(): ...\n"),
    (house.foreign_words, "a.py", "class Quiz" + "Bank: ...\n"),
    (house.foreign_words, "a.py", "self.Examinee" + "Name = 1\n"),
    (house.ties_to_a_machine, "a.md", "see /ro" + "ot/notes"),
    (house.ties_to_a_machine, "a.md", "see /ho" + "me/anna"),
    (house.ties_to_a_machine, "a.sh", "pip install --index" + "-url https://x.example y"),
    (house.ties_to_a_machine, "a.sh", "curl py" + "pi.org"),
    (house.ties_to_a_machine, "a.sh", "deb http://deb.deb" + "ian.org/debian bookworm main"),
    (house.unsound_lock, "l.txt", "segno==1.6.6 \\\n"),
    (house.unsound_lock, "l.txt", "segno>=1.6.6 \\\n    --hash=sha256:" + "0" * 64 + "\n"),
    (house.unsound_lock, "l.txt", "-i https://x.example\nsegno==1.6.6 \\\n    --hash=sha256:" + "0" * 64 + "\n"),
    (house.unsound_lock, "l.txt", "segno @ https://x.example/s.whl \\\n    --hash=sha256:" + "0" * 64 + "\n"),
]


@pytest.mark.parametrize(("rule", "where", "text"), SAMPLES)
def test_a_bad_sample_is_refused(rule: Rule, where: str, text: str) -> None:
    assert rule(where, text)


@pytest.mark.parametrize(
    ("rule", "where", "text"),
    [
        (house.too_big, "a.py", "x = 1\n" * 400),
        (house.too_big, "a.py", "def fits():\n" + "    x = '题𬭚'\n" * 59),
        (house.catches_everything, "a.py", "try:\n    pass\nexcept (OSError, ValueError):\n    pass\n"),
        (house.foreign_words, "a.py", "def call_invigilator(question): ...\n"),
        (house.ties_to_a_machine, "a.md", "put it in /etc/kiosk or build/out"),
        (house.unsound_lock, "l.txt", "a-b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n"),
    ],
)
def test_a_good_sample_passes(rule: Rule, where: str, text: str) -> None:
    assert not rule(where, text)


def test_no_file_and_no_function_is_too_big() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files(".py", ".sh")}
    found = applied(house.too_big, texts)
    assert not found, found


def test_only_the_fault_handler_and_the_composition_roots_catch_everything() -> None:
    texts = {where: text for where, text in sources(".").items() if where not in MAY_CATCH_EVERYTHING}
    found = applied(house.catches_everything, texts)
    assert not found, found


def test_identifiers_use_the_words_of_the_glossary() -> None:
    found = applied(house.foreign_words, sources("."))
    assert not found, found


def test_no_file_knows_a_machine_or_a_package_host() -> None:
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files(*TEXTS)
        if not path.is_relative_to(ROOT / "tests" / "vectors")
    }
    found = applied(house.ties_to_a_machine, texts)
    assert not found, found


# ---- errors


def test_every_error_has_a_code_of_its_own_in_its_family() -> None:
    found = "\n".join(house.unsound_errors(ERRORS, sources("kiosk")))
    assert not found, found


@pytest.mark.parametrize(
    "leaf",
    [
        "class Late(SealError):\n    code = 'seal/late'\n",
        "class LateError(SealError):\n    pass\n",
        "class LateError(SealError):\n    code = 'bank/late'\n",
        "class LateError(SealError):\n    code = 'seal/Late one'\n",
        "class LateError(KioskError):\n    code = 'late'\n",
        "class LateError(SealError):\n    code = 'seal/x'\nclass OtherError(LateError):\n    code = 'seal/x'\n",
    ],
)
def test_an_unsound_error_is_refused(leaf: str) -> None:
    root = (ROOT / ERRORS).read_text(encoding="utf-8")
    sound = {ERRORS: root, "kiosk/a.py": "class LateError(SealError):\n    code: ClassVar[str] = 'seal/late'\n"}
    assert not house.unsound_errors(ERRORS, sound)
    assert house.unsound_errors(ERRORS, {ERRORS: root, "kiosk/a.py": leaf})


# ---- the tree, its pages, its locks


def test_the_top_level_is_the_tree_that_was_drawn() -> None:
    present = {path.name for path in ROOT.iterdir()} - MADE_BY_TOOLS
    assert not house.strangers(present, TOP_LEVEL)
    assert house.strangers({"main.py", "notes.txt"}, TOP_LEVEL)


def test_pages_mention_only_what_exists() -> None:
    found = [
        line for path in files(".md") for line in house.broken_mentions(ROOT, path, path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["`kiosk/nothing.py`", "[see](nothing.md)", "![picture](look/nothing.png)", "`tests/test_house.py::test_nothing`"],
)
def test_a_broken_mention_is_refused(text: str) -> None:
    assert house.broken_mentions(ROOT, ROOT / "README.md", text)
    good = "`kiosk/errors.py`, [tests](tests), `tests/test_house.py::test_a_broken_mention_is_refused`"
    assert not house.broken_mentions(ROOT, ROOT / "README.md", good)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_pinned_by_digest_and_names_no_host(lock: str) -> None:
    assert not house.unsound_lock(lock, (ROOT / lock).read_text(encoding="utf-8"))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    app, test = (house.pins((ROOT / lock).read_text(encoding="utf-8")) for lock in LOCKS)

    def names(lines: list[str]) -> set[str]:
        return {line.split("=")[0].split(">")[0].split("<")[0].strip().lower() for line in lines}

    assert names(project["project"]["dependencies"]) | names(groups["fonts"]) <= app
    assert names(groups["test"]) <= test
    assert not app & test, "a package is pinned in one place"


def test_the_database_is_one_without_the_fault_in_write_ahead_logs() -> None:
    """SQLite before 3.51.3 can damage a file that two connections write; SQLCipher 4.19 brings 3.53."""
    assert tuple(map(int, sqlcipher3.sqlite_version.split("."))) >= (3, 51, 3)
    with sqlcipher3.connect(":memory:") as connection:
        (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    assert tuple(map(int, version.split()[0].split("."))) >= (4, 19, 0)
