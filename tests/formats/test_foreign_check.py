"""A result can be checked and opened with common tools alone, by the very commands of bundle_file.md."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.crypto.certify import Certified
from kiosk.formats import bundle_file
from tests.crypto.world import make_world, world
from tests.support import builders as b
from tests.support.bundles import office, package, result
from tests.support.containers import listing, put_together, signed_again, taken_apart

PAGE = Path(bundle_file.__file__).with_name("bundle_file.md")
TOOLS = ("unzip", "openssl", "sha256sum", "age", "sed", "sh")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
ROLE = "2.25.45501995917102556566444139773547747870.1.1"

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"these tools are not installed: {' '.join(MISSING)}")


def commands() -> list[str]:
    """The lines of the page's section "By hand", one command each."""
    section = PAGE.read_text(encoding="utf-8").split("## By hand\n")[1]
    found = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1].splitlines()


def by_hand(folder: Path, data: bytes, root: bytes) -> tuple[int, str]:
    """Run the commands one after the other; return how many succeeded, and what they printed."""
    (folder / "bundle.kresult").write_bytes(data)
    (folder / "root.pem").write_bytes(root)
    (folder / "office.key").write_text(office().secret + "\n", encoding="ascii")
    printed = ""
    for number, command in enumerate(commands()):
        done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False, timeout=60)
        printed += (done.stdout + done.stderr).decode("utf-8", "replace")
        if done.returncode:
            return number, printed
    return len(commands()), printed


def test_the_page_has_the_lines_in_their_order() -> None:
    joined = "\n".join(commands())
    words = ("unzip", "openssl verify", "-subject", "openssl dgst", "strict tag", "strict manifest", "age -d")
    places = [joined.index(word) for word in words]
    assert places == sorted(places)


def test_a_sound_bundle_passes_every_line(tmp_path: Path) -> None:
    passed, printed = by_hand(tmp_path, result(), world().root.chain_pem)
    assert passed == len(commands()), printed
    assert "signer.pem: OK" in printed
    assert "Verified OK" in printed
    assert "017/pc-03" in printed
    assert ROLE in printed
    assert b.NAME in (tmp_path / "result.json").read_text(encoding="utf-8")
    assert (tmp_path / "journal.jsonl").read_bytes().count(b"\n") > 20


def test_signed_again_by_a_self_made_key_it_fails_at_the_second_line(tmp_path: Path) -> None:
    thief = make_world("根 root 𬭚").workstation
    passed, printed = by_hand(tmp_path, result(thief), world().root.chain_pem)
    assert passed == 1, printed


def test_changed_content_fails_at_its_own_line(tmp_path: Path) -> None:
    members = taken_apart(result())
    changes = {
        "openssl dgst": {**members, "tagmanifest-sha256.txt": members["tagmanifest-sha256.txt"] + b"\n"},
        "strict tagmanifest": {**members, "manifest-sha256.txt": members["manifest-sha256.txt"] + b"\n"},
        "strict manifest": {**members, "data/header.json": members["data/header.json"] + b" "},
    }
    for word, changed in changes.items():
        folder = tmp_path / word.replace(" ", "-")
        folder.mkdir()
        passed, printed = by_hand(folder, put_together(changed), world().root.chain_pem)
        assert word in commands()[passed], printed


def test_what_these_lines_cannot_see(tmp_path: Path) -> None:
    """An extra file and another role pass them; only our reader refuses. The page says so."""
    members = taken_apart(result())
    extra = put_together({**members, "data/extra": b"x"})
    desk = _named(world().round_signer)
    for name, data in (("extra", extra), ("role", desk)):
        (tmp_path / name).mkdir()
        passed, printed = by_hand(tmp_path / name, data, world().root.chain_pem)
        assert passed == len(commands()), printed
    page = PAGE.read_text(encoding="utf-8")
    assert "cannot see" in page
    assert "extra file" in page


def _named(signer: Certified) -> bytes:
    """A genuine result whose lists a round signer has signed again: a key that may sign, but not this."""
    members = {**taken_apart(result()), "signer.pem": signer.chain_pem}
    return signed_again(members, signer)


def test_a_package_passes_the_same_first_lines(tmp_path: Path) -> None:
    passed, printed = by_hand(tmp_path, package(), world().root.chain_pem)
    assert "age" in commands()[passed], printed


def test_lists_are_in_the_form_the_tools_write(tmp_path: Path) -> None:
    members = taken_apart(result())
    for name, data in members.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    names = [name for name in members if name.startswith("data/")]
    done = subprocess.run(["sha256sum", *names], cwd=tmp_path, capture_output=True, check=True, timeout=60)
    assert done.stdout == members["manifest-sha256.txt"] == listing(members, names)
