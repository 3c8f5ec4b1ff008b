"""Every sentence exists in both languages, asks for the same facts in both, and keeps the look's rules for words."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from kiosk.ui.i18n import Language, TextError, refusal, text
from kiosk.ui.i18n.catalogue import CATALOGUE, merge
from kiosk.ui.i18n.fill import fill, placeholders
from kiosk.ui.i18n.language import Pair
from kiosk.ui.i18n.refusals import REFUSALS

FORBIDDEN_ZH = ("！", "!", "验证失败", "系统异常", "管理员", "作弊", "确定要", "操作成功", "错误！", "非法")
FORBIDDEN_EN = (
    r"!", r"\bcheat", r"\badmin", r"\bare you sure", r"\bsuccessful", r"\bplease wait\b", r"\boops\b", r"\bsorry\b",
    r"\binvalid\b", r"\billegal\b", r"\bstudent", r"\bexaminee", r"\bproctor", r"\bterminal\b", r"\bquiz", r"\buser\b",
)  # fmt: skip
MOST_HAN, MOST_WORDS = 24, 16
HAN = re.compile(r"[\u4e00-\u9fff]")


def all_pairs() -> Iterator[tuple[str, Pair]]:
    yield from CATALOGUE.items()
    for code, parts in REFUSALS.items():
        for name in ("happened", "safe", "to_do"):
            yield f"{code}.{name}", getattr(parts, name)


def broken(pair: Pair) -> list[str]:
    """Every rule that a pair breaks."""
    zh, en = pair
    found = []
    if not zh.strip() or not en.strip():
        found.append("a language is missing")
    if set(placeholders(zh)) != set(placeholders(en)):
        found.append("the languages ask for different facts")
    found += [f"says {word}" for word in FORBIDDEN_ZH if word in zh]
    found += [f"says {word}" for word in FORBIDDEN_EN if re.search(word, en, re.IGNORECASE)]
    if "请稍候" in zh and len(HAN.findall(zh)) < 8:
        found.append("asks to wait without a reason")
    found += [f"long: {part}" for part in re.split(r"[。；？：\n]", zh) if len(HAN.findall(part)) > MOST_HAN]
    found += [f"long: {part}" for part in re.split(r"[.;?:\n]", en) if len(part.split()) > MOST_WORDS]
    return found


def test_every_sentence_keeps_the_rules() -> None:
    found = [f"{key}: {fault}" for key, pair in all_pairs() for fault in broken(pair)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "pair",
    [
        ("", "Next"),
        ("第 {n} 题", "Question"),
        ("错误！验证失败", "Failed"),
        ("系统异常，请联系管理员", "Call the administrator"),
        ("请稍候", "Please wait"),
        ("好", "Done!"),
        ("本机暂不能开考请先处理清单里的每一项然后再次检查全部项目直到合格", "Short"),
        (
            "短",
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen more than that",
        ),
    ],
)
def test_the_rules_bite(pair: Pair) -> None:
    assert broken(pair)


def test_keys_begin_with_their_area() -> None:
    assert {key.partition(".")[0] for key in CATALOGUE} <= {"common", "exam", "staff", "desk", "cli"}


def test_a_key_in_two_areas_is_refused() -> None:
    with pytest.raises(TextError):
        merge(({"common.a": ("一", "one")}, {"common.a": ("二", "two")}))


def test_facts_are_filled_in() -> None:
    assert text("exam.palette.open", Language.ZH, n=57) == "未答 57"
    assert text("common.progress", Language.EN, done=1362, total=1391) == "1,362 / 1,391"
    assert text("common.minutes", Language.EN, n=1) == "1 minute"
    assert text("common.minutes", Language.EN, n=5) == "5 minutes"
    assert text("exam.option.name", Language.ZH, label="A", body="𬭚 {n}") == "选项 A：𬭚 {n}"


def test_unknown_keys_and_missing_facts_stop_the_program() -> None:
    with pytest.raises(TextError):
        text("exam.nothing-of-the-kind", Language.ZH)
    with pytest.raises(TextError):
        text("exam.palette.open", Language.ZH)


def test_a_plural_takes_the_word_for_its_number() -> None:
    assert fill("{n} {n:answer|answers} saved", {"n": 1}) == "1 answer saved"
    assert fill("{n} {n:answer|answers} saved", {"n": 0}) == "0 answers saved"


@pytest.mark.parametrize("language", list(Language))
def test_a_refusal_without_words_of_its_own_gets_those_of_its_family(language: Language) -> None:
    words = refusal("seal/nobody-has-heard-of-this", language)
    family = refusal("seal", language)
    assert (words.happened, words.safe, words.to_do) == (family.happened, family.safe, family.to_do)
    assert words.code == "seal/nobody-has-heard-of-this"
    assert refusal("nonsense", language).happened


def test_a_family_needs_no_facts() -> None:
    for code, parts in REFUSALS.items():
        if "/" not in code:
            needed = [name for part in (parts.happened, parts.safe, parts.to_do) for name in placeholders(part[0])]
            assert not needed, code


def test_words_are_read_without_qt() -> None:
    modules = "kiosk.ui, kiosk.ui.i18n, kiosk.ui.theme.look, kiosk.ui.widgets.markup, kiosk.ui.widgets.breaks"
    line = f"import sys, {modules}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0
