"""Refusals on the coordinator's side: offices, rounds, collecting, printing."""

from collections.abc import Mapping

from kiosk.ui.i18n.language import Pair
from kiosk.ui.i18n.refusal_parts import ASK_COORDINATOR, EXPORT_AGAIN, NOTHING_CHANGED, UNTOUCHED, Parts

_FILED: Pair = ("已登记的成绩包未改动。", "Bundles already filed were not changed.")

REFUSALS: Mapping[str, Parts] = {
    "office/already-there": Parts(
        ("{what} 已经存在，不会覆盖。", "{what} exists already and is not overwritten."),
        NOTHING_CHANGED,
        ("请换一个文件夹或名称。", "Choose another folder or name."),
    ),
    "office/not-there": Parts(
        ("这个文件夹里缺少 {what}。", "This folder lacks {what}."),
        NOTHING_CHANGED,
        ("请选择正确的办公室文件夹。", "Choose the folder of the office."),
    ),
    "office/name": Parts(
        ("名称 {name} 不能用作文件名。", "The name {name} cannot become part of a file name."),
        NOTHING_CHANGED,
        ("请只用字母、数字和连字符。", "Use letters, digits and hyphens only."),
    ),
    "office/deny-list": Parts(
        ("吊销清单第 {line} 行不是证书指纹。", "Line {line} of the deny list is no fingerprint."),
        NOTHING_CHANGED,
        ("请改正这一行。", "Correct this line."),
    ),
    "office/release-length": Parts(
        ("启封码应为 4 组或 8 组。", "A release code has 4 or 8 groups."),
        NOTHING_CHANGED,
        ("请改正组数。", "Correct the number of groups."),
    ),
    "office/unknown-bank": Parts(
        ("场次要用的题库 {bank} 没有提供。", "A session wants the bank {bank}, which was not handed over."),
        NOTHING_CHANGED,
        ("请加上这个题库，或改正场次。", "Add this bank, or correct the session."),
    ),
    "office/not-a-folder": Parts(
        ("没有这个文件夹：{folder}。", "There is no such folder: {folder}."),
        _FILED,
        ("请插入 U 盘，或改正路径。", "Insert the stick, or correct the path."),
    ),
    "office/not-a-file": Parts(
        ("{file} 看似成绩包，却不是普通文件。", "{file} is named like a bundle but is no plain file."),
        _FILED,
        EXPORT_AGAIN,
    ),
    "office/changed": Parts(
        (
            "读取时文件变了，或 U 盘被拔出：{file}。",
            "The file changed, or the stick was pulled, while reading: {file}.",
        ),
        _FILED,
        ("请重新插入 U 盘再收一次。", "Insert the stick again and collect once more."),
    ),
    "office/registry": Parts(
        ("登记册读不出或写不进。", "The registry cannot be read or written."),
        UNTOUCHED,
        ("请检查磁盘空间和权限。", "Check disk space and permissions."),
    ),
    "office/unknown-round": Parts(
        ("这里没有做过这个批次：{round}。", "This office has not made this round: {round}."),
        _FILED,
        ("请交给签发该批次的办公室。", "Take it to the office that made the round."),
    ),
    "office/foreign-workstation": Parts(
        ("成绩包来自别的考点的电脑。", "The bundle comes from a PC of another centre."),
        _FILED,
        ("不要登记，并向考点核实。", "Do not file it, and ask the centre."),
    ),
    "office/not-an-exam": Parts(
        ("按批次规则，这不是正式考试的成绩。", "By the rules of the round this is no result of an exam."),
        _FILED,
        ("不要计分，并向考场核实锁定级别。", "Do not score it. Ask the room about its lock level."),
    ),
    "office/not-on-roster": Parts(
        ("花名册里没有这名考生，或资料不符。", "The candidate is not on the roster, or not as written here."),
        _FILED,
        ("请与花名册和考场记录核对。", "Compare with the roster and the room's record."),
    ),
    "office/form": Parts(
        ("试卷与命题细目表不符。", "The form is not one that the blueprint allows."),
        _FILED,
        ("不要计分，并查明来源。", "Do not score it, and find out where it came from."),
    ),
    "office/journal-rolled-back": Parts(
        ("作答日志比场次记录里封存的短。", "The journal is shorter than the session's journal has sealed."),
        _FILED,
        ("不要计分，向考场索取另一份。", "Do not score it. Ask the room for the other copy."),
    ),
    "paper/too-long": Parts(
        ("内容太长，二维码放不下。", "The text is too long for a code."),
        NOTHING_CHANGED,
        ASK_COORDINATOR,
    ),
}
