"""A seat that cannot begin says why on its screen: each cause in its own words, in both languages, and the ways on."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from kiosk.crypto.certify import issue_leaf
from kiosk.crypto.roles import Role
from kiosk.exam.vocabulary import CentreId, RoomId
from kiosk.office.keys import load_centre
from kiosk.rehearsal.demo_world import DemoWorld
from kiosk.station.beginning import take_up
from kiosk.station.home import Home, NotEnrolledError
from kiosk.station.view import Refusal, Stage
from kiosk.ui.i18n import Language, refusal
from kiosk.ui.screens.no_seat import NoSeat
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.paragraph import Paragraph
from tests.station.test_loading import signed
from tests.support.ui import cut, focused, keep_picture, settle, stand, unnamed
from tests.support.worlds import NOW, fresh_world
from tests.ui.screens.candidate import SMALL, WIDE
from tests.ui.screens.staff import Invigilator, at_locked

MONTH = 30 * 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """What is wrong with the file on the stick, what is shown of it, and how much later the PC thinks it is."""

    make: Callable[[DemoWorld, Path], Path]
    code: str
    happened: str
    later: int = 0


def _changed(**changes: Any) -> Callable[[DemoWorld, Path], Path]:
    return lambda world, _folder: signed(world, **changes)


def _damaged(world: DemoWorld, folder: Path) -> Path:
    data = bytearray(world.made.package.read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "bad").write_bytes(data)
    return folder / "bad"


def _other_world(_world: DemoWorld, folder: Path) -> Path:
    return fresh_world(folder / "b", "strict").made.package


def _by_a_workstation(world: DemoWorld, _folder: Path) -> Path:
    leaf = issue_leaf(load_centre(world.folder), Role.WORKSTATION, "demo-centre/x", at=NOW // 1000 - 60)
    identity = world.homes[0].identity()
    return signed(
        world,
        identity=type(identity)(
            key=leaf.key, chain_pem=leaf.chain_pem, root_pem=identity.root_pem, device_secret=identity.device_secret
        ),
    )


BAD = {
    "wrong room": Bad(
        make=_changed(room=RoomId("考场-２𬭚")),
        code="package/other-room",
        happened="这是 考场-２𬭚 考场的考试包，本机在 room-1。",
    ),
    "wrong centre": Bad(
        make=_changed(centre=CentreId("另一考点")),
        code="package/other-centre",
        happened="这是另一考点（另一考点）的考试包。",
    ),
    "wrong round": Bad(make=_other_world, code="trust/unknown-root", happened="签发者不在本机信任的机构之内。"),
    "round over": Bad(
        make=_changed(not_after=NOW + MONTH // 2),
        code="package/expired",
        happened="今天不在考试包的有效日期内。",
        later=MONTH,
    ),
    "expired chain": Bad(make=_changed(), code="trust/expired", happened="签名证书不在有效期内。", later=30 * MONTH),
    "older program": Bad(
        make=_changed(minimum_program="7.0"),
        code="package/older-program",
        happened="考试包要求程序 7.0，本机是 0.1.0。",
    ),
    "damaged file": Bad(make=_damaged, code="package/damaged", happened="考试包与签名时不一致，可能复制中断。"),
    "signed by a workstation": Bad(
        make=_by_a_workstation, code="trust/wrong-role", happened="签名者没有签发这类文件的资格。"
    ),
}


@pytest.mark.parametrize("bad", BAD)
def test_each_cause_has_its_own_sentences_on_the_screen(bad: str, tmp_path: Path) -> None:
    known = BAD[bad]
    with at_locked(tmp_path, loaded=False) as who:
        world = who.seat.world
        (tmp_path / "b").mkdir()
        path = known.make(world, tmp_path)
        data = path.read_bytes()
        world.made.package.unlink()
        offered = Path(shutil.copy(path, world.stick / "offered.kround"))
        who.go(known.later or 2_000)
        who.press("lock-act")
        assert who.view.stage is Stage.NO_PACKAGE
        assert who.view.refusal is not None
        assert who.view.refusal.code == known.code
        assert who.words("lock-happened") == known.happened
        assert_both_languages(who)
        assert offered.read_bytes() == data
        assert not list(who.seat.home.folder.rglob("*.kround"))
        keep_picture(who.window, f"refused-{bad.replace(' ', '-')}")


def test_no_two_causes_say_the_same() -> None:
    assert len({bad.happened for bad in BAD.values()}) == len(BAD)


def assert_both_languages(who: Invigilator) -> None:
    """The three sentences, the same in the other language below, the code small; the switch turns them round."""
    refused = who.view.refusal
    assert refused is not None
    for press, here, there in (
        ("lock-language-zh-CN", Language.ZH, Language.EN),
        ("lock-language-en", Language.EN, Language.ZH),
    ):
        who.press(press)
        mine, other = (refusal(refused.code, one, dict(refused.data), staff=True) for one in (here, there))
        shown = {name: who.words(f"lock-{name}") for name in ("happened", "safe", "to-do", "safe-note", "staff")}
        assert (shown["happened"], shown["safe"], shown["to-do"]) == (mine.happened, mine.safe, mine.to_do)
        assert (shown["safe-note"], shown["staff"]) == (other.safe, other.to_do)
        assert other.happened in who.words("lock-detail")
        assert refused.code in who.words("lock-detail")


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("scale", [100, 300])
def test_nothing_of_a_refusal_is_cut(size: QSize, scale: int, tmp_path: Path) -> None:
    with at_locked(tmp_path, "exam", loaded=False, size=size, look=Look(language=Language.EN, scale=scale)) as who:
        who.press("lock-act")
        assert who.words("lock-title") == "This seat cannot begin the session"
        assert "package/lock-too-weak" in who.words("lock-detail")
        assert not [*cut(who.window), *unnamed(who.window)]


def test_a_seat_without_an_exam_can_be_left(tmp_path: Path) -> None:
    with at_locked(tmp_path, loaded=False) as who:
        who.press("lock-more")
        assert who.finished == 1


def test_where_a_session_stands_nobody_leaves_without_a_card(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-more")
        assert who.screen.objectName() == "gate"
        assert who.finished == 0


def test_a_session_journal_that_is_refused_keeps_the_seat(tmp_path: Path) -> None:
    with at_locked(tmp_path, loaded=False) as who:
        who.seat.station.refusal = Refusal(code="journal/write", data=(("journal", "session.x"), ("detail", "disk")))
        who.go(1)
        assert who.words("lock-happened").startswith("本场日志")
        assert "journal/write" in who.words("lock-detail")
        assert not who.has("lock-more")


def test_a_full_disk_can_be_tried_again(tmp_path: Path) -> None:
    with at_locked(tmp_path, loaded=False, sticks=False) as who:
        who.seat.home.opened.write_bytes(b"")
        take_up(who.seat.station, who.seat.world.made.package)
        who.go(1)
        assert who.words("lock-title") == "本机不能开始本场"
        assert "storage/file-write" in who.words("lock-detail")
        who.seat.home.opened.unlink()
        who.press("lock-act")
        assert who.view.stage is Stage.LOCKED


def test_a_refused_file_is_told_where_the_seat_goes_on_with_its_own(tmp_path: Path) -> None:
    with at_locked(tmp_path, loaded=False) as who:
        who.seat.station.load(who.seat.world.made.package)
        take_up(who.seat.station, _damaged(who.seat.world, tmp_path))
        who.go(1)
        assert who.view.stage is Stage.LOCKED
        assert who.has("lock-banner")
        said = " ".join(part.source for part in who.part("lock-banner").findChildren(Paragraph))
        assert "考试包与签名时不一致" in said
        assert "package/damaged" in said
        keep_picture(who.window, "lock-with-a-refused-file")


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("language", list(Language))
def test_a_pc_that_is_no_seat_says_so_in_both_languages(language: Language, size: QSize, tmp_path: Path) -> None:
    with pytest.raises(NotEnrolledError) as caught:
        Home(folder=tmp_path / "没有 １ 𬭚").identity()
    ended: list[bool] = []
    page = NoSeat(caught.value, Look(language=language).fitted(size.width()), lambda: ended.append(True))
    try:
        stand(page, size)
        page.take_focus()
        settle()
        said = " ".join(part.source for part in page.findChildren(Paragraph))
        for one in Language:
            words = refusal("storage/not-enrolled", one, staff=True)
            assert words.happened in said
            assert words.to_do in said
        assert "storage/not-enrolled" in said
        assert not [*cut(page), *unnamed(page)]
        keep_picture(page, f"no-seat-{language.value}-{size.width()}")
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        assert ended == [True]
    finally:
        page.close()
        page.deleteLater()
