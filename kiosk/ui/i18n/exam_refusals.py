"""What a candidate reads when something is refused on the way to the exam and in it: by error code, in three parts.

Each entry: what happened, what is safe, what to do; each in Chinese and in English.
"""

from collections.abc import Mapping

from kiosk.ui.i18n.language import Pair

_NOTHING_LOST: Pair = ("什么都没有丢失。", "Nothing is lost.")
_SAVED: Pair = ("已保存的作答都在。", "Saved answers are safe.")
_HAND: Pair = ("请举手，由监考员处理。", "Raise your hand for the invigilator.")

ENTRIES: Mapping[str, tuple[Pair, Pair, Pair]] = {
    "roster/unknown": (
        ("本场没有这个准考证号。", "This session has no such admission number."),
        ("你输入的号码还在，可以改。", "The number you typed is still there to correct."),
        ("请对照准考证再输一次；仍不行请举手。", "Compare it with your ticket. If it fails again, raise your hand."),
    ),
    "roster/wrong-seat": (
        ("你的座位是 {seat}，不是这里。", "Your seat is {seat}, not this one."),
        ("你的安排没有变。", "Your booking has not changed."),
        ("请到 {seat} 就座；有疑问请举手。", "Please go to {seat}. If in doubt, raise your hand."),
    ),
    "roster/entry-closed": (
        ("现在不能签到：还没开放，或已经截止。", "Sign-in is not open now: too early or too late."),
        ("你的安排没有变。", "Your booking has not changed."),
        _HAND,
    ),
    "roster/already-sat": (
        ("本机本场已有一次应考。", "This seat already has a sitting in this session."),
        ("那一次的作答都在。", "The answers of that sitting are safe."),
        _HAND,
    ),
    "unlock/wrong-start-code": (
        ("这不是本场的开考码。", "This is not the start code of this session."),
        ("考试还没有开始，时间没有计。", "The exam has not begun and no time is counted."),
        ("请听清后再输一次。", "Listen again and type it once more."),
    ),
    "unlock/wait": (
        ("{seconds} 秒后才能再试。", "You can try again in {seconds} {seconds:second|seconds}."),
        _NOTHING_LOST,
        ("到时间后再输一次。", "Type it again after that."),
    ),
    "capture/required": (
        ("没有摄像头画面，本场不能开考。", "There is no camera picture, and this session needs one."),
        ("考试还没有开始，时间没有计。", "The exam has not begun and no time is counted."),
        (
            "请举手。监考员会检查连线，或按规定放行。",
            "Raise your hand. The invigilator settles it.",
        ),
    ),
    "sitting/illegal": (
        ("按本场规则，现在不能这样做。", "The rules of this session do not allow this now."),
        _SAVED,
        ("请继续作答；有疑问请举手。", "Please go on. If in doubt, raise your hand."),
    ),
    "bank/no-form": (
        ("没有抽成试卷。", "No form could be drawn."),
        ("你的信息没有变，什么都没有记为作答。", "Your data are unchanged and nothing counts as an answer."),
        _HAND,
    ),
    "bank/item-damaged": (
        ("这道题打不开。", "This question does not open."),
        ("已记录。其他题不受影响。", "It is on record. The other questions are not affected."),
        ("请继续做其他题。", "Please go on with the others."),
    ),
    "journal/write": (
        ("作答没有写进磁盘。", "An answer could not be written to the disk."),
        ("之前已保存的作答都在，时间已停。", "Answers saved before are safe and the clock has stopped."),
        _HAND,
    ),
}
