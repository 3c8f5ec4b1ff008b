"""Rule profiles to begin with: an examination as Chinese centres practise it, and a rehearsal.

Rules: a preset is a starting point that a coordinator changes; what counts is what was signed. The values found in the
field vary (five to thirty minutes for the door, none to sixty for handing in), which is why none is in the program.
"""

from dataclasses import replace

from kiosk.exam.rules import (
    Calculator,
    CameraPolicy,
    Evidence,
    LockLevel,
    Reason,
    ReasonCategory,
    RoundKind,
    RuleProfile,
    Timing,
)
from kiosk.exam.vocabulary import MINUTE, Language, Millis, ReasonCode, Text


def _reason(code: str, category: ReasonCategory, zh: str, en: str) -> Reason:
    return Reason(code=ReasonCode(code), category=category, text=Text(zh=zh, en=en))


REASONS: tuple[Reason, ...] = (
    _reason("env-power", ReasonCategory.ENVIRONMENT, "停电", "power cut"),
    _reason("env-alarm", ReasonCategory.ENVIRONMENT, "火警或疏散", "fire alarm or evacuation"),
    _reason("env-noise", ReasonCategory.ENVIRONMENT, "噪声或其他干扰", "noise or other disturbance"),
    _reason("cand-unwell", ReasonCategory.CANDIDATE, "考生身体不适", "candidate unwell"),
    _reason("cand-toilet", ReasonCategory.CANDIDATE, "考生如厕", "toilet"),
    _reason("cand-identity", ReasonCategory.CANDIDATE, "身份存疑", "identity in doubt"),
    _reason("cand-conduct", ReasonCategory.CANDIDATE, "考生违反考场规则", "candidate broke a rule of the room"),
    _reason("staff-error", ReasonCategory.STAFF, "监考操作有误", "mistake of the invigilators"),
    _reason("staff-check", ReasonCategory.STAFF, "监考核查", "check by the invigilators"),
    _reason("tech-restart", ReasonCategory.TECHNICAL, "程序或电脑重新启动", "program or PC restarted"),
    _reason("tech-input", ReasonCategory.TECHNICAL, "键盘或鼠标故障", "keyboard or mouse fault"),
    _reason("tech-display", ReasonCategory.TECHNICAL, "显示器故障", "display fault"),
    _reason("tech-camera", ReasonCategory.TECHNICAL, "摄像头故障", "camera fault"),
    _reason("other", ReasonCategory.OTHER, "其他，见说明", "other, see the note"),
)

EXAM = RuleProfile(
    name="theory-exam",
    kind=RoundKind.EXAM,
    timing=Timing(
        entry_opens=Millis(30 * MINUTE),
        start_grace=Millis(10 * MINUTE),
        late_limit=Millis(30 * MINUTE),
        earliest_hand_in=Millis(30 * MINUTE),
        no_hand_in_before_end=Millis(0),
        common_end=True,
        warnings=(Millis(15 * MINUTE), Millis(5 * MINUTE), MINUTE),
        release_lead=Millis(20 * MINUTE),
        largest_credit=Millis(15 * MINUTE),
    ),
    evidence=Evidence(camera=CameraPolicy.REQUIRED, screen_capture=False, mirror=False, retention_days=180),
    lock_level=LockLevel.DESKTOP,
    pairs=False,
    languages=(Language.ZH, Language.EN),
    shuffle_items=True,
    shuffle_options=True,
    calculator=Calculator.BASIC,
    practice=True,
    reasons=REASONS,
)

DEMO = replace(
    EXAM,
    name="demo",
    kind=RoundKind.DEMO,
    lock_level=LockLevel.PRACTICE,
    timing=replace(EXAM.timing, earliest_hand_in=Millis(0), common_end=False),
    evidence=replace(EXAM.evidence, camera=CameraPolicy.WARN, retention_days=30),
)
