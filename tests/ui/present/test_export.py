"""What the export screen says, from choosing a stick to what was read back."""

import pytest

from kiosk.exam.vocabulary import Language
from kiosk.ui.present.export import Copy, State, copy_words, kind_words, reason, size_words, title


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (53 << 20, "53.0 MB"),
        (300 << 20, "300 MB"),
        (41_200 << 20, "40.2 GB"),
        (3 << 50, "3072 TB"),
    ],
)
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words


@pytest.mark.parametrize(
    ("state", "targets", "zh"),
    [
        (State.CHOOSING, 0, "没有找到 U 盘，成绩包都在本机"),
        (State.CHOOSING, 1, "选择 U 盘，导出 2 份成绩文件"),
        (State.BUSY, 1, "正在复制并读回核对"),
        (State.DONE, 1, "2 份文件已读回核对，可以取下 U 盘"),
        (State.FAILED, 1, "没有导出，成绩包都在本机"),
    ],
)
def test_the_title_is_the_answer(state: State, targets: int, zh: str) -> None:
    assert title(state, targets, 2, Language.ZH) == zh
    assert title(state, targets, 2, Language.EN)


@pytest.mark.parametrize(
    ("state", "targets", "chosen", "ready", "zh"),
    [
        (State.BUSY, 1, True, True, "不要拔出 U 盘。"),
        (State.CHOOSING, 1, True, False, "影像还在封装，约需几秒。"),
        (State.CHOOSING, 0, False, True, "请插入 U 盘，几秒后会列出。"),
        (State.CHOOSING, 2, False, True, "还需要：选择 U 盘"),
        (State.CHOOSING, 1, True, True, ""),
    ],
)
def test_a_button_that_waits_has_its_reason(state: State, targets: int, chosen: bool, ready: bool, zh: str) -> None:
    assert reason(state, targets, Language.ZH, chosen=chosen, ready=ready) == zh


@pytest.mark.parametrize(
    ("copy", "zh"),
    [
        (Copy(name="a.kresult"), "等待复制"),
        (Copy(name="a.kresult", done=1 << 20, total=2 << 20), "1.0 MB / 2.0 MB"),
        (Copy(name="a.kresult", done=2 << 20, total=2 << 20), "正在读回核对"),
        (Copy(name="a.kresult", done=2, total=2, digest="AB12 CD34 EF56"), "摘要 AB12 CD34 EF56"),
    ],
)
def test_a_file_says_how_far_it_is(copy: Copy, zh: str) -> None:
    assert copy_words(copy, Language.ZH) == zh


def test_the_kinds_of_file() -> None:
    assert kind_words("考生-𬭚.kresult", Language.ZH) == "成绩包"
    assert kind_words("a.kevidence", Language.EN) == "Evidence"
