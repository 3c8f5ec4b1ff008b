"""The rules of a round as sentences."""

from dataclasses import replace
from typing import Any

from kiosk.exam.rules import CameraPolicy, RuleProfile
from kiosk.exam.vocabulary import MINUTE, Language, Millis
from kiosk.ui.present import briefing as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN


def told(rules: RuleProfile | None = None, language: Language = ZH) -> dict[str, tuple[str, ...]]:
    sitting = v.running(rules=rules)
    return {chapter.name: chapter.sentences for chapter in present.chapters(sitting, language)}


def evidence(**changes: Any) -> RuleProfile:
    return b.rules(evidence=replace(b.rules().evidence, **changes))


def test_time_counts_the_candidates_own_arrangement() -> None:
    time = told()["time"]
    assert "考试时长 95 分钟。" in time
    assert "其中 5 分钟是你的特别安排。" in time
    assert "剩余 15 分钟、5 分钟时提醒你一次。" in time
    assert "迟到超过 30 分钟不能开考。" in time
    assert "迟到的时间不补。" not in time
    assert "迟到的时间不补。" in told(v.timing(common_end=True))["time"]


def test_the_form_is_counted_by_type() -> None:
    form = told()["form"]
    assert form[0] == "共 8 题，20 分。"
    assert form[1] == "单项选择题 2 题，每题 2.5 分"
    assert len(form) == 1 + 4 + 2
    assert len(told(b.rules(shuffle_items=False, shuffle_options=False))["form"]) == 1 + 4 + 1


def test_handing_in_says_what_the_profile_says() -> None:
    assert told()["hand-in"][0] == "随时可以交卷。"
    strict = told(v.timing(earliest_hand_in=Millis(30 * MINUTE), no_hand_in_before_end=Millis(5 * MINUTE)))["hand-in"]
    assert strict[:2] == ("开考 30 分钟后才能交卷。", "最后 5 分钟内不能提前交卷。")


def test_what_is_recorded_follows_the_camera_policy() -> None:
    assert any("摄像头" in sentence for sentence in told()["record"])
    off = told(evidence(camera=CameraPolicy.OFF))
    assert "本场不录像。" in off["record"]
    assert off["keep"] == ("只有认定中心能打开作答记录。",)
    assert "本场还记录屏幕画面。" in told(evidence(screen_capture=True))["record"]
    assert told()["keep"][0] == "影像保存 180 天，到期删除。"


def test_consent_names_the_recording_only_if_there_is_one() -> None:
    assert "被记录" in present.consent_words(b.rules(), ZH)
    assert "recorded" not in present.consent_words(evidence(camera=CameraPolicy.OFF), EN)


def test_what_is_missing_stands_beside_the_button() -> None:
    assert present.beside_button(b.rules(), ZH, agreed=False).startswith("还需要：勾选同意")
    assert "练习" in present.beside_button(b.rules(), ZH, agreed=True)
    assert present.beside_button(b.rules(practice=False), ZH, agreed=True) == "接下来等候开考。"


def test_both_languages_tell_the_same() -> None:
    zh, en = told(), told(language=EN)
    assert {name: len(words) for name, words in zh.items()} == {name: len(words) for name, words in en.items()}
