"""The rules of the house as functions: text in, findings out, so that a bad sample can be shown to be refused.

Each finding is one line that says where and what. The functions read what they are given; which files that is, and
which rule has which exception, stands in tests/test_house.py.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 60
NOT_OURS = frozenset({"proctor", "quiz", "examinee", "student", "cheating"})

MACHINE_PATHS = re.compile(r"/(?:work|root|home|Users)/[A-Za-z]|/tmp/(?:venv|plan)\b|[A-Z]:\\\\?Users")
PACKAGE_HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|(?:deb|security|snapshot)\.debian\.org|ftp\.[a-z.]*debian\.org|mirrors?\.[a-z]+\."
    r"|tuna\.tsinghua|aliyun\.com|--(?:extra-)?index-url[ =]\S|--trusted-host[ =]\S|--find-links[ =]\S"
)
LOCK_HOSTS = re.compile(r"://|^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", re.MULTILINE)
LOCK_LINE = re.compile(r"^[a-z0-9][a-z0-9.-]*==[^ ;]+(?: ; [^\\]+)? \\$")
LOCK_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
CODE = re.compile(r"^[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*$")
MARKDOWN_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
QUOTED_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|sh|toml|txt|csv|json|png|svg|spec|service))(?:::(\w+))?`")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def too_big(where: str, source: str) -> list[str]:
    """Refuse a file over 400 lines and a function over 60: it holds two ideas."""
    lines = source.count("\n") + (not source.endswith("\n"))
    found = [f"{where}: {lines} lines, at most {FILE_LINES}"] if lines > FILE_LINES else []
    if not where.endswith(".py"):
        return found
    for function in functions(ast.parse(source)):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            found.append(f"{where}:{function.lineno}: {function.name} has {length} lines, at most {FUNCTION_LINES}")
    return found


def catches_everything(where: str, source: str) -> list[str]:
    """Refuse `except:`, `except Exception` and `except BaseException`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = ast.walk(node.type) if node.type else iter(())
        names = {part.id for part in caught if isinstance(part, ast.Name)}
        if node.type is None or names & {"Exception", "BaseException"}:
            found.append(f"{where}:{node.lineno}: catches everything")
    return found


def identifiers(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything that a module names."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(name=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name


def foreign_words(where: str, source: str) -> list[str]:
    """Refuse identifiers that use a word for which the glossary has another."""
    found = []
    for number, name in identifiers(source):
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
        found += [f"{where}:{number}: {name} says {word}" for word in sorted(words & NOT_OURS)]
    return found


def ties_to_a_machine(where: str, text: str) -> list[str]:
    """Refuse paths of one machine and names of package hosts."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (MACHINE_PATHS, PACKAGE_HOSTS):
            found += [f"{where}:{number}: names {match[0]}" for match in pattern.finditer(line)]
    return found


def unsound_lock(where: str, text: str) -> list[str]:
    """Refuse a lock that names a host, or has a line that is neither a pinned package nor a digest."""
    found = [f"{where}: names a host or an index"] if LOCK_HOSTS.search(text) else []
    bare = True
    for number, line in enumerate(text.splitlines(), 1):
        if LOCK_HASH.match(line):
            bare = False
        elif not LOCK_LINE.match(line):
            found.append(f"{where}:{number}: neither pinned nor a digest: {line[:60]}")
    return [*found, *([f"{where}: no digest at all"] if bare else [])]


def pins(lock: str) -> set[str]:
    """Return the names that a lock pins."""
    return set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", lock, re.MULTILINE))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClass:
    """A class that could belong to the error tree: where it stands, its bases, its own code."""

    where: str
    bases: tuple[str, ...]
    code: str | None


def own_code(node: ast.ClassDef) -> str | None:
    """Return the literal that a class assigns to `code`, if it does."""
    for line in node.body:
        match line:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                return code
            case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant(value=str(code))):
                return code
    return None


def error_classes(sources: Mapping[str, str]) -> list[tuple[str, ErrorClass]]:
    """Return every class below KioskError, by name, in the order of the files."""
    classes: list[tuple[str, ErrorClass]] = []
    for where, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                bases = tuple(base.id if isinstance(base, ast.Name) else ast.unparse(base) for base in node.bases)
                entry = ErrorClass(where=f"{where}:{node.lineno}", bases=bases, code=own_code(node))
                classes.append((node.name, entry))
    known = {"KioskError"}
    while more := {name for name, entry in classes if known.intersection(entry.bases)} - known:
        known |= more
    return [(name, entry) for name, entry in classes if name in known]


def unsound_errors(root: str, sources: Mapping[str, str]) -> list[str]:
    """Refuse an error tree whose codes are missing, doubled, misplaced, or whose families are not drawn.

    `root` is the path of errors.py among the sources: its docstring draws the families, and only it may add one.
    """
    drawing = ast.get_docstring(ast.parse(sources[root])) or ""
    drawn = dict(re.findall(r"[├└]── (\w+)\s+([a-z]+)/\.\.\.", drawing))
    classes = error_classes(sources)
    families = {name: entry.code for name, entry in classes if entry.bases == ("KioskError",)}
    parents = {name: entry.bases for name, entry in classes}
    undrawn = sorted(dict(families.items() ^ drawn.items()))
    found = [f"{root}: the drawing and the families differ in {', '.join(undrawn)}"] if undrawn else []
    seen: dict[str, str] = {}
    for name, entry in classes:
        if name == "KioskError" or (name in families and entry.where.startswith(root)):
            continue
        family = name
        while family in parents and family not in families:
            family = next((base for base in parents[family] if base in parents), "")
        prefix = drawn.get(family)
        if not name.endswith("Error"):
            found.append(f"{entry.where}: {name} does not end in Error")
        if entry.code is None or not CODE.match(entry.code) or entry.code.split("/")[0] != prefix:
            found.append(f"{entry.where}: {name} has the code {entry.code}, expected {prefix}/...")
        elif entry.code in seen:
            found.append(f"{entry.where}: {name} repeats {entry.code} of {seen[entry.code]}")
        seen.setdefault(entry.code or "", name)
    return found


def broken_mentions(root: Path, where: Path, text: str) -> list[str]:
    """Refuse a mention of a file, or of a test in it, that does not exist.

    Looks at links and at paths with a slash in backticks, seen from the page's folder, the root and the program.
    """
    found = []
    quoted = [(match[1], match[2]) for match in QUOTED_PATH.finditer(text)]
    linked = [(match[1], None) for match in MARKDOWN_LINK.finditer(text) if "://" not in match[1]]
    for path, name in [*quoted, *linked]:
        places = [folder / path for folder in (where.parent, root, root / "kiosk")]
        present = next((place for place in places if place.exists()), None)
        shown = where.relative_to(root)
        if present is None:
            found.append(f"{shown}: there is no {path}")
        elif name and not re.search(rf"\b(?:def|class) {name}\b", present.read_text(encoding="utf-8")):
            found.append(f"{shown}: {path} has no {name}")
    return found


def strangers(names: Iterable[str], allowed: Iterable[str]) -> list[str]:
    """Refuse entries of the top level that the tree does not have."""
    return [f"{name}: not part of the tree's top level" for name in sorted(set(names) - set(allowed))]
