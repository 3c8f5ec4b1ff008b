"""Refusals of what is written at a seat: journals, bundles, disks and sticks."""

from collections.abc import Mapping

from kiosk.ui.i18n.refusal_parts import (
    ASK_COORDINATOR,
    EVIDENCE_ONLY,
    EXPORT_AGAIN,
    INTACT,
    NEWER_PROGRAM,
    SAVED,
    SPARE_SEAT,
    UNTOUCHED,
    Parts,
)

_JOURNAL: Mapping[str, Parts] = {
    "journal/write": Parts(
        ("作答没有写入硬盘。", "An answer could not be written to the disk."),
        ("之前确认保存的作答都在，已停表。", "Everything confirmed before is safe. Time is stopped."),
        SPARE_SEAT,
    ),
    "journal/damaged": Parts(
        ("作答日志受损，与封存的不一致。", "The journal is damaged and differs from what was sealed."),
        INTACT,
        SPARE_SEAT,
    ),
    "journal/shortened": Parts(
        (
            "作答日志比封存时短，可能被换过。",
            "The journal is shorter than when it was sealed, and may have been swapped.",
        ),
        INTACT,
        SPARE_SEAT,
    ),
    "journal/head-missing": Parts(
        ("作答日志缺少核对文件。", "The journal has lost its check file."),
        INTACT,
        SPARE_SEAT,
    ),
    "journal/version": Parts(
        ("作答日志是另一版本的程序写的。", "The journal was written by another version of the program."),
        INTACT,
        NEWER_PROGRAM,
    ),
    "journal/too-long": Parts(
        ("作答日志超出长度限度。", "The journal is longer than a journal may be."),
        INTACT,
        ASK_COORDINATOR,
    ),
    **{
        code: Parts(
            ("作答日志的记录不连续，或被改动过。", "Records of the journal are missing or altered."),
            INTACT,
            ASK_COORDINATOR,
        )
        for code in (
            "journal/empty",
            "journal/numbering",
            "journal/hash",
            "journal/epoch",
            "journal/tag",
            "journal/row-tag",
            "journal/line",
            "journal/chain-range",
            "journal/merkle-proof",
        )
    },
    **{
        code: Parts(
            ("作答日志属于别的应考或别的电脑。", "The journal belongs to another sitting or another PC."),
            INTACT,
            ASK_COORDINATOR,
        )
        for code in ("journal/foreign", "journal/foreign-key", "journal/other-signer")
    },
}

_BUNDLE: Mapping[str, Parts] = {
    "bundle/damaged": Parts(
        ("成绩包与签名时不一致，已拒收。", "The bundle is not as it was signed and was refused."),
        UNTOUCHED,
        EXPORT_AGAIN,
    ),
    "bundle/not-a-bundle": Parts(
        ("这个文件不是成绩包。", "This file is not a result bundle."),
        UNTOUCHED,
        ("请选择以 .kresult 结尾的文件。", "Choose the file that ends in .kresult."),
    ),
    "bundle/rehearsal": Parts(
        ("演示或练习的成绩包冒充正式考试。", "A rehearsal and an exam were taken for each other."),
        UNTOUCHED,
        ("不要登记，并查明来源。", "Do not file it, and find out where it came from."),
    ),
    "bundle/other-workstation": Parts(
        ("成绩包由另一台电脑签名。", "The bundle was signed by another PC than it names."),
        UNTOUCHED,
        ("不要登记，并向考场核实。", "Do not file it, and ask the room."),
    ),
    "bundle/head": Parts(
        ("成绩包里的作答日志比签名的短。", "The journal in the bundle is shorter than was signed."),
        UNTOUCHED,
        EXPORT_AGAIN,
    ),
    "bundle/contradiction": Parts(
        ("成绩包的内容互相矛盾：{what}。", "Parts of the bundle contradict each other: {what}."),
        UNTOUCHED,
        ("不要登记，并向考场核实。", "Do not file it, and ask the room."),
    ),
    "bundle/malformed": Parts(
        ("成绩包签名有效，但内容读不出。", "The bundle is genuine, but cannot be read."),
        UNTOUCHED,
        ASK_COORDINATOR,
    ),
    "bundle/too-large": Parts(
        ("成绩包大得超出限度。", "The bundle is larger than a bundle may be."),
        UNTOUCHED,
        ASK_COORDINATOR,
    ),
    **{
        code: Parts(
            ("成绩包要求更新的程序。", "The bundle needs a newer program."),
            UNTOUCHED,
            NEWER_PROGRAM,
        )
        for code in ("bundle/version", "bundle/suite")
    },
    **{
        code: Parts(
            ("一段影像与记录不符。", "A piece of the pictures differs from the record."),
            EVIDENCE_ONLY,
            ("请从机位重新导出影像包。", "Export the evidence again at the seat."),
        )
        for code in (
            "bundle/other-sitting",
            "bundle/segment-changed",
            "bundle/segment-malformed",
            "bundle/segment-version",
            "bundle/segment-foreign",
        )
    },
}

_STORAGE: Mapping[str, Parts] = {
    "storage/file-write": Parts(
        (
            "文件没有写成：{file}。可能空间不足或已拔出。",
            "The file was not written: {file}. The stick may be full or removed.",
        ),
        ("本机的原件都在，U 盘上没有留下半份。", "The original is on this PC. No half file was left on the stick."),
        ("请检查空间，或换一个 U 盘再试。", "Check the space, or try another stick."),
    ),
    "storage/read-back": Parts(
        ("从 U 盘读回的内容不一致：{file}。", "What was read back from the stick differs: {file}."),
        ("本机的原件都在。", "The original is on this PC."),
        ("这个 U 盘不可靠，请换一个再导出。", "This stick is not reliable. Export again to another one."),
    ),
    "storage/file-read": Parts(
        ("文件读不出来：{file}。", "The file cannot be read: {file}."),
        UNTOUCHED,
        ("请重新插入 U 盘，或换一份。", "Insert the stick again, or take another copy."),
    ),
    "storage/not-enrolled": Parts(
        ("本机还没有登记为机位。", "This PC is not enrolled as a seat."),
        ("本机上没有题目和考生资料。", "There are no questions and no personal data on this PC."),
        ("请先按登记步骤把本机加入考点。", "Enrol this PC at the centre first."),
    ),
    "storage/unreadable": Parts(
        ("数据文件打不开：{file}。", "A data file does not open: {file}."),
        UNTOUCHED,
        SPARE_SEAT,
    ),
    "storage/schema": Parts(
        ("数据文件是另一版本的程序写的：{file}。", "A data file is from another version of the program: {file}."),
        UNTOUCHED,
        NEWER_PROGRAM,
    ),
    "storage/write": Parts(
        ("硬盘没有写成：{file}。", "The disk did not take the data: {file}."),
        SAVED,
        SPARE_SEAT,
    ),
}

REFUSALS: Mapping[str, Parts] = {**_JOURNAL, **_BUNDLE, **_STORAGE}
