"""The shape of a refusal's words, and the halves of them that many refusals share."""

from dataclasses import dataclass

from kiosk.ui.i18n.language import Pair


@dataclass(frozen=True, slots=True)
class Parts:
    """What happened, what is safe, what to do; each in both languages."""

    happened: Pair
    safe: Pair
    to_do: Pair


UNTOUCHED: Pair = ("原文件未改动。", "The file was not changed.")
SAVED: Pair = ("已保存的作答都在。", "Saved answers are safe.")
SEALED: Pair = ("题库仍然密封。", "The bank is still sealed.")
SEALED_FREE: Pair = ("题库仍然密封，不计次数。", "The bank is still sealed. This was not counted.")
NOTHING_CHANGED: Pair = ("什么都没有改变。", "Nothing was changed.")
RAISE_HAND: Pair = ("请举手示意。", "Please raise your hand.")
ASK_COORDINATOR: Pair = ("请联系考务人员，并报出代码。", "Tell the coordinator, and read out the code.")
ASK_FOR_PACKAGE: Pair = (
    "请向考务人员索取本考场的考试包。",
    "Ask the coordinator for this room's package.",
)
COPY_AGAIN: Pair = ("请从原来的 U 盘重新取一份。", "Take a new copy from the original stick.")
NEWER_PROGRAM: Pair = ("请先更新本机的程序。", "Update the program on this PC first.")
EXPORT_AGAIN: Pair = ("请从机位重新导出。", "Export it again at the seat.")
SPARE_SEAT: Pair = (
    "请换到备用机，并记录异常情况。",
    "Move to a spare seat and record the incident.",
)
INTACT: Pair = ("完好的部分仍可导出。", "What is intact can still be exported.")
EVIDENCE_ONLY: Pair = ("作答不受影响。", "The answers are not affected.")
