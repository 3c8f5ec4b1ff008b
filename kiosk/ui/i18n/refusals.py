"""What a person reads when the program refuses: by error code, in three parts.

An entry without a stroke ("bank") is for its whole family and needs no facts.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.ui.i18n import exam_refusals, refusals_files, refusals_office, refusals_records, refusals_room
from kiosk.ui.i18n.refusal_parts import RAISE_HAND, SAVED, UNTOUCHED, Parts

__all__ = ["REFUSALS", "STAFF_REFUSALS", "Parts"]

_FAMILIES: Mapping[str, Parts] = {
    "kiosk": Parts(("这一步没有完成。", "This step was not completed."), SAVED, RAISE_HAND),
    "bank": Parts(
        ("题库不完整，不能使用。", "The question bank is not sound and cannot be used."),
        UNTOUCHED,
        ("请按列出的位置修改题库。", "Correct the bank where the list says."),
    ),
    "sitting": Parts(
        ("按本场规则，现在不能这样做。", "The rules of this session do not allow this now."), SAVED, RAISE_HAND
    ),
    "seal": Parts(
        (
            "文件打不开：密封不完整，或不是封给这里的。",
            "The file does not open: damaged, or not sealed for this place.",
        ),
        UNTOUCHED,
        ("请从原来的 U 盘重新取一份。", "Take a new copy from the original stick."),
    ),
    "trust": Parts(
        ("文件的签名不被承认。", "The signature on this file is not accepted."),
        UNTOUCHED,
        ("请向考务人员索取正确的文件。", "Ask the coordinator for the right file."),
    ),
    "unlock": Parts(
        ("启封码与监考卡不相配。", "The release code and the card do not open this bank."),
        ("题库仍然密封。", "The bank is still sealed."),
        ("请核对考场、场次和监考卡。", "Compare room, session and card."),
    ),
    "package": Parts(
        ("考试包不能在这里使用。", "The round package cannot be used here."),
        UNTOUCHED,
        ("请向考务人员索取正确的考试包。", "Ask the coordinator for the right package."),
    ),
    "journal": Parts(
        ("作答日志与封存的不一致。", "The journal differs from what was sealed."),
        ("完好的部分仍可导出。", "What is intact can still be exported."),
        ("请换到备用机，并记录异常情况。", "Move to a spare seat and record the incident."),
    ),
    "bundle": Parts(
        ("成绩包不完整，已拒收。", "The result bundle is not complete and was refused."),
        UNTOUCHED,
        ("请从机位重新导出。", "Export it again at the seat."),
    ),
    "storage": Parts(
        ("磁盘或 U 盘没有写成。", "The disk or stick did not take the data."),
        ("已确认保存的内容都在。", "Everything confirmed before is safe."),
        ("请检查空间，或换一个 U 盘。", "Check the space or take another stick."),
    ),
    "roster": Parts(
        ("花名册里没有相符的一行。", "No row of the roster fits."),
        ("花名册未改动。", "The roster was not changed."),
        ("请核对准考证号、考场和机位。", "Compare admission number, room and seat."),
    ),
    "capture": Parts(
        ("摄像头没有画面。", "The camera gives no picture."),
        ("作答照常保存。", "Answers go on being saved."),
        ("请检查连线，或换一个 USB 口。", "Check the cable or use another USB port."),
    ),
    "lockdown": Parts(
        ("本机没有完全锁定。", "This seat is not fully locked."),
        ("题库仍然密封。", "The bank is still sealed."),
        ("请按自检表逐项处理。", "Work through the list of checks."),
    ),
    "office": Parts(
        ("办公室的这一步没有完成。", "This step at the office was not completed."),
        ("已登记的成绩包未改动。", "Bundles already filed were not changed."),
        ("请按列出的原因处理。", "Settle the reasons in the list."),
    ),
    "format": Parts(
        ("文件的格式不对。", "The file is not in the right format."),
        UNTOUCHED,
        ("请从原来的 U 盘重新取一份。", "Take a new copy from the original stick."),
    ),
    "paper": Parts(
        ("这一页没有印成。", "This page could not be printed."),
        ("什么都没有改变。", "Nothing was changed."),
        ("请检查内容后再印。", "Check the content and print again."),
    ),
}

_OF_STAFF: Mapping[str, Parts] = {
    **refusals_room.REFUSALS,
    **refusals_files.REFUSALS,
    **refusals_records.REFUSALS,
    **refusals_office.REFUSALS,
}
_OF_CANDIDATES: Mapping[str, Parts] = {code: Parts(*parts) for code, parts in exam_refusals.ENTRIES.items()}

REFUSALS: Mapping[str, Parts] = MappingProxyType({**_FAMILIES, **_OF_STAFF, **_OF_CANDIDATES})
"""What is said wherever a candidate may read it."""

STAFF_REFUSALS: Mapping[str, Parts] = MappingProxyType({**_FAMILIES, **_OF_CANDIDATES, **_OF_STAFF})
"""What is said where only invigilators and coordinators read."""
