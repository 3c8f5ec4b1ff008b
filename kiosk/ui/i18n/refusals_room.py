"""Refusals met in a test room: codes, cards, the roster, the rules of a sitting, the camera, the lock."""

from collections.abc import Mapping

from kiosk.ui.i18n.refusal_parts import (
    ASK_COORDINATOR,
    NOTHING_CHANGED,
    SAVED,
    SEALED,
    SEALED_FREE,
    SPARE_SEAT,
    Parts,
)

_UNLOCK: Mapping[str, Parts] = {
    "unlock/wrong-code": Parts(
        ("启封码与本考场本场次不符。", "This release code is not for this room and session."),
        SEALED,
        (
            "请核对通知单上的考场和场次，等候后再输一次。",
            "Check room and session on the notice, wait, then type it again.",
        ),
    ),
    "unlock/wait": Parts(
        ("还要等 {seconds} 秒才能再试。", "Wait {seconds} more {seconds:second|seconds} before the next try."),
        ("题库仍然密封，本次未计。", "The bank is still sealed. This try was not counted."),
        ("请利用这段时间核对通知单。", "Use the time to compare with the notice."),
    ),
    "unlock/wrong-pin": Parts(
        ("PIN 与这张监考卡不符。", "The PIN does not belong to this card."),
        ("什么都没有打开。", "Nothing was opened."),
        ("请持卡人本人重新输入 PIN。", "The holder of the card types the PIN again."),
    ),
    "unlock/card-blocked": Parts(
        (
            "这张监考卡在本机输错 5 次 PIN，已停用。",
            "Five wrong PINs: this card is blocked at this seat.",
        ),
        ("什么都没有打开，其他机位仍可使用此卡。", "Nothing was opened. The card still works at other seats."),
        (
            "请用另一张监考卡。另一张通过后，此卡恢复。",
            "Use the other card. Once it was accepted, this card works again.",
        ),
    ),
    "unlock/wrong-card": Parts(
        ("这张监考卡不属于本考场本场次。", "This card is not for this room and session."),
        SEALED_FREE,
        ("请核对卡上的考场和批次，换用本考场的卡。", "Check room and round on the card. Use one of this room's cards."),
    ),
    "unlock/bad-card": Parts(
        ("这个二维码不是监考卡。", "This code is not an invigilator card."),
        SEALED_FREE,
        (
            "请出示监考卡，或手工输入卡上的 8 组数字。",
            "Show an invigilator card, or type its 8 groups.",
        ),
    ),
    "unlock/cards-needed": Parts(
        ("还需要另一张监考卡。", "Another card is needed as well."),
        SEALED_FREE,
        ("请另一位监考员出示自己的卡。", "The other invigilator shows a card."),
    ),
    "unlock/mistyped": Parts(
        ("第 {groups} 组有数字输错。", "There is a typing slip in group {groups}."),
        ("输错数字不计次数，也不会延时。", "A slip costs no try and no time."),
        ("请对照通知单，只改这里。", "Compare with the notice and change only this."),
    ),
    "unlock/letter": Parts(
        ("第 {group} 组里有不是数字的字符。", "Group {group} holds something that is not a digit."),
        ("输错不计次数，也不会延时。", "A slip costs no try and no time."),
        ("请只输入数字。圆圈是数字 0。", "Type digits only. A circle is the digit 0."),
    ),
    "unlock/length": Parts(
        ("数字不是 {expected} 位，而是 {found} 位。", "There are {found} digits instead of {expected}."),
        ("输错不计次数，也不会延时。", "A slip costs no try and no time."),
        ("请补齐或删去多余的数字。", "Add what is missing or delete what is too much."),
    ),
    "unlock/wrong-start-code": Parts(
        ("开考码不对。", "This is not the start code."),
        ("还没有开始计时。", "Time does not run yet."),
        ("请听监考员再读一遍，重新输入。", "Listen to the invigilator again and type it once more."),
    ),
    "unlock/damaged": Parts(
        ("解锁文件不完整，打不开。", "The unlock file is damaged and does not open."),
        ("题库仍然密封，文件未改动。", "The bank is still sealed. The file was not changed."),
        ("请改用启封码，或换一个 U 盘。", "Type the release code, or take another stick."),
    ),
    "unlock/other": Parts(
        (
            "解锁文件是给别的场次或监考卡的。",
            "The unlock file is for another session or card.",
        ),
        ("题库仍然密封，文件未改动。", "The bank is still sealed. The file was not changed."),
        ("请改用启封码，或换用相应的监考卡。", "Type the release code, or show the card it is for."),
    ),
    "unlock/memory": Parts(
        ("本机内存不足，不能核对启封码。", "This PC has too little memory to check the code."),
        SEALED,
        ("请关闭其他程序，或换到备用机。", "Close other programs, or use a spare seat."),
    ),
    "unlock/wrong-grant": Parts(
        ("这组码不是本考场的补时码或恢复码。", "This is no credit or resume code of this room."),
        SAVED,
        ("请监考员核对后重新输入。", "The invigilator compares it and types it again."),
    ),
    "unlock/grant-range": Parts(
        ("补时码里的数值超出范围。", "A number in the credit code is out of range."),
        SAVED,
        ASK_COORDINATOR,
    ),
    **{
        code: Parts(
            ("考试包里的密封部分与本程序不符。", "The sealed part of the package does not suit this program."),
            SEALED,
            ASK_COORDINATOR,
        )
        for code in (
            "unlock/version",
            "unlock/suite",
            "unlock/slot",
            "unlock/payload",
            "unlock/unwrap",
            "unlock/share-length",
            "unlock/name",
        )
    },
}

_ROSTER: Mapping[str, Parts] = {
    "roster/unknown": Parts(
        ("本场花名册里没有这个准考证号。", "This admission number is not on the roster of this session."),
        ("什么都没有记入，可以重新输入。", "Nothing is lost. It can be typed again."),
        ("请对照准考证重新输入；仍不符请举手。", "Compare with your ticket and type again, or raise your hand."),
    ),
    "roster/wrong-seat": Parts(
        ("这个准考证号安排在 {seat} 机位。", "This admission number belongs to seat {seat}."),
        ("考试时间还没有开始计算。", "Your time does not run yet."),
        ("请到 {seat} 机位签到，或举手示意。", "Go to seat {seat}, or raise your hand."),
    ),
    "roster/already-sat": Parts(
        ("本机本场已有人应考。", "Somebody has already sat here in this session."),
        ("先前的作答都已保存。", "The earlier answers are saved."),
        ("请监考员核对机位，必要时换到备用机。", "The invigilator checks the seat, or assigns a spare one."),
    ),
    "roster/entry-closed": Parts(
        ("现在不在签到时间内。", "Signing in is not open now."),
        ("准考资料没有改动。", "Your registration is unchanged."),
        ("请举手，由监考员按本场规则处理。", "Raise your hand. The invigilator applies the rules of this session."),
    ),
    "roster/unsound": Parts(
        ("花名册自相矛盾：{where}。", "The roster contradicts itself: {where}."),
        ("花名册未改动。", "The roster was not changed."),
        ASK_COORDINATOR,
    ),
}

_SITTING: Mapping[str, Parts] = {
    "sitting/illegal": Parts(
        ("按本场规则，现在不能这样做。", "The rules of this session do not allow this now."),
        SAVED,
        ("请核对考试状态后再处理。", "Check how the exam stands, then try again."),
    ),
    "sitting/illegal-session": Parts(
        ("本机的场次状态不允许这样做。", "The session at this seat does not allow this now."),
        SAVED,
        ("请核对本机状态；不清楚时报出代码。", "Check the seat. If in doubt, read out the code."),
    ),
    "sitting/open": Parts(
        ("本机还有一次应考没有封存。", "A sitting at this seat is not sealed yet."),
        ("密钥和题库都还在，什么都没有清除。", "Keys and banks are still here. Nothing was erased."),
        ("请先让考生交卷，或强制收卷。", "Let the candidate hand in first, or end the exam."),
    ),
    "capture/required": Parts(
        ("本场要求录像，摄像头还没有画面。", "This round wants a camera, and there is no picture."),
        ("还没有开始计时。", "Time does not run yet."),
        (
            "请举手。监考员检查连线，或用两张卡准许不录像。",
            "Raise your hand. The invigilator checks the cable, or two cards allow it.",
        ),
    ),
    "capture/camera-unavailable": Parts(
        ("摄像头打不开，或没有画面。", "The camera does not open or gives no picture."),
        SAVED,
        ("请检查连线，或换一个 USB 口。", "Check the cable or use another USB port."),
    ),
    "capture/camera-lost": Parts(
        ("摄像头断开了。", "The camera was lost."),
        ("作答照常保存，断开已记录。", "Answers go on being saved. The loss is recorded."),
        ("请检查连线，或换一个 USB 口。", "Check the cable or use another USB port."),
    ),
    "capture/disk-short": Parts(
        ("硬盘空间不足，不再保存影像。", "Little disk space is left, so no more pictures are kept."),
        ("剩余空间留给作答，作答照常保存。", "The space is kept for the answers. They go on being saved."),
        ("请记录异常情况，考后告诉考务人员。", "Record the incident and tell the coordinator afterwards."),
    ),
    "capture/unknown-source": Parts(
        ("设置里的摄像头不存在。", "The camera in the settings does not exist."),
        SAVED,
        ASK_COORDINATOR,
    ),
    **{
        code: Parts(
            ("录像部分出了故障，正在重新启动。", "The recorder made a mistake and is being restarted."),
            SAVED,
            ("不用处理；反复出现时记录异常情况。", "Nothing to do. If it comes again, record the incident."),
        )
        for code in ("capture/message", "capture/picture")
    },
}

_LOCK: Mapping[str, Parts] = {
    "lockdown/feature": Parts(
        ("本机做不到本批次要求的锁定：{feature}。", "This PC cannot be locked as the round wants: {feature}."),
        ("已恢复原来的设置，题库仍然密封。", "The old settings are back. The bank is still sealed."),
        ("请换到备用机，并告诉考务人员。", "Use a spare seat and tell the coordinator."),
    ),
    "lockdown/not-here": Parts(
        ("本机缺少锁定需要的部件：{what}。", "This PC lacks a part that locking needs: {what}."),
        SEALED,
        ("请换到备用机，并告诉考务人员。", "Use a spare seat and tell the coordinator."),
    ),
    "lockdown/second-instance": Parts(
        ("本机已经有一个考试程序在运行。", "The exam program already runs on this PC."),
        ("正在运行的程序不受影响。", "The running program is not affected."),
        ("请切换到已打开的窗口。", "Go to the window that is open already."),
    ),
    "lockdown/release-incomplete": Parts(
        ("有些电脑设置还没有恢复。", "Some settings of the PC are not back yet."),
        ("原来的设置都有记录，下次启动会再恢复。", "The old settings are on record and restored at the next start."),
        ("请重新启动电脑。", "Restart the PC."),
    ),
    "lockdown/home": Parts(
        ("考试程序的文件夹不能写入。", "The folder of the exam program cannot be written."),
        SEALED,
        ("请检查硬盘空间和权限，或换到备用机。", "Check disk space and permissions, or use a spare seat."),
    ),
    "lockdown/no-display": Parts(
        ("这里没有显示器，考试画面打不开。", "There is no display here to show the exam on."),
        NOTHING_CHANGED,
        ("请在电脑的桌面上启动。", "Start it on the desktop of the PC."),
    ),
    "lockdown/kiosk-start": Parts(
        ("考试画面没有启动。", "The exam screens did not start."),
        SAVED,
        SPARE_SEAT,
    ),
    "lockdown/handover": Parts(
        ("启动参数不是本程序给的。", "The start message is not from this program."),
        NOTHING_CHANGED,
        ("请从桌面图标重新启动。", "Start it again from its icon."),
    ),
    **{
        code: Parts(
            ("电脑设置的恢复记录不能使用。", "The record of the old settings cannot be used."),
            ("记录原样留存，没有盲目改动。", "The record is kept as it is. Nothing was changed blindly."),
            ("请换到备用机，把代码告诉考务人员。", "Use a spare seat and give the code to the coordinator."),
        )
        for code in (
            "lockdown/ledger-damaged",
            "lockdown/ledger-foreign",
            "lockdown/ledger-version",
            "lockdown/ledger-unwritable",
        )
    },
    **{
        code: Parts(
            ("操作系统没有完成一项锁定设置。", "The operating system did not complete a setting."),
            SEALED,
            ("请重新启动；仍不行就换到备用机。", "Restart the PC. If it stays, use a spare seat."),
        )
        for code in ("lockdown/command", "lockdown/call")
    },
}

REFUSALS: Mapping[str, Parts] = {**_UNLOCK, **_ROSTER, **_SITTING, **_LOCK}
