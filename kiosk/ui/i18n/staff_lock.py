"""What a locked seat says, by cause: title, what happened, what is safe, what to do, and a line for the invigilator."""

from kiosk.ui.i18n.language import Entries

_FACTS: Entries = {
    "staff.lock.since": ("锁定于", "Locked at"),
    "staff.lock.now": ("现在", "Now"),
    "staff.lock.seat": ("机位", "Seat"),
    "staff.lock.room-code": ("考场码，应与全场各机一致", "Room code, equal on every seat"),
    "staff.lock.code": ("代码 {code}，{words}", "Code {code}. {words}"),
    "staff.lock.round": ("{name}，考试包第 {number} 号", "{name}, package {number}"),
    "staff.lock.answers": ("{n} 题", "{n} {n:answer|answers}"),
    "staff.lock.files": ("{n} 份", "{n} {n:file|files}"),
    "staff.lock.fact.session": ("场次", "Session"),
    "staff.lock.fact.start": ("开考时间", "Starts at"),
    "staff.lock.fact.level": ("锁定级别", "Lock level"),
    "staff.lock.fact.answered": ("已保存作答", "Saved answers"),
    "staff.lock.fact.saved": ("最后一次保存", "Last saved"),
    "staff.lock.fact.left": ("剩余时间，已停表", "Time left, stopped"),
    "staff.lock.fact.sealed": ("影像已封存至", "Pictures sealed to"),
    "staff.lock.fact.bundles": ("成绩包", "Result bundle"),
    "staff.lock.no-package-found": (
        "U 盘上没有找到考试包（.kround）",
        "No package (.kround) found on the stick",
    ),
    "staff.lock.deed.again": ("再试一次", "Try again"),
    "staff.lock.deed.load": ("从 U 盘装入考试包", "Load the package"),
    "staff.lock.deed.unlock": ("监考员解锁", "Unlock (invigilator)"),
    "staff.lock.deed.recover": ("监考员继续", "Continue (invigilator)"),
    "staff.lock.deed.panel": ("监考员处理", "Invigilator"),
    "staff.lock.deed.finish": ("结束程序", "End the program"),
    "staff.lock.more": ("其他处理", "Other acts"),
}

_BEFORE: Entries = {
    "staff.lock.no-package.title": ("本机还没有考试包", "This seat has no exam package yet"),
    "staff.lock.no-package.happened": (
        "没有适用于本考场、今天有效的考试包。",
        "No package for this room is valid here today.",
    ),
    "staff.lock.no-package.safe": (
        "本机上没有题目，也没有考生资料。",
        "There are no questions and no personal data on this PC.",
    ),
    "staff.lock.no-package.to-do": (
        "考生请等候监考员安排。",
        "Candidates: stay seated until the invigilator comes.",
    ),
    "staff.lock.no-package.staff": (
        "监考员：插入考务 U 盘，装入本考场的考试包。装入前先验证签名，U 盘上的原件不会改动。",
        "Invigilator: load this room's package from the coordinator's stick. It is verified; the original stays.",
    ),
    "staff.lock.refused.title": ("考试包不能在本机使用", "The package cannot be used on this seat"),
    "staff.lock.blocked.title": ("本机不能开始本场", "This seat cannot begin the session"),
    "staff.lock.session-journal.happened": (
        "本场日志与封存的不一致，本机不再继续。",
        "The session's journal differs from what was sealed. This seat stops here.",
    ),
    "staff.lock.session-journal.safe": (
        "写下的作答和影像都留在本机硬盘上。",
        "Answers and pictures written here stay on this PC.",
    ),
    "staff.lock.session-journal.to-do": (
        "请换到备用机；本机保持原样，交给考务人员。",
        "Use a spare seat. Leave this PC as it is for the coordinator.",
    ),
    "staff.lock.locked.title": ("本机已就绪，题库未解锁", "Ready. The bank is still sealed."),
    "staff.lock.locked.happened": ("等待监考员解锁本场题库。", "Waiting for the invigilator to unlock this session."),
    "staff.lock.locked.safe": (
        "没有今天的启封码和监考卡，任何人都打不开题库。",
        "Without today's release code and a card nobody can open the bank.",
    ),
    "staff.lock.locked.to-do": ("考生请等候，不要操作电脑。", "Candidates: stay seated and leave the PC alone."),
    "staff.lock.locked.staff": (
        "监考员：核对考场码与全场各机一致，然后用监考卡和启封码解锁。",
        "Invigilator: compare the room code with the other seats, then unlock with card and release code.",
    ),
}

_RESTARTS: Entries = {
    "staff.lock.recovery.title": ("本机重新启动，你的作答都在", "Restarted. Your answers are safe."),
    "staff.lock.recovery.happened": (
        "考试程序或电脑中断后已恢复，本机按规定锁定。这不是你的操作造成的。",
        "The program or the PC stopped and came back. The seat locks by rule. You did not cause this.",
    ),
    "staff.lock.recovery.safe": (
        "中断前保存的作答都在本机硬盘上。题目和选项的顺序不变，时间最多少 5 秒。",
        "Every answer saved before is on this PC. The order of questions stays, at most 5 seconds are lost.",
    ),
    "staff.lock.recovery.to-do": (
        "请举手示意，留在座位上等候。只有监考员能用监考卡继续考试。",
        "Raise your hand and stay seated. Only the invigilator's card can continue the exam.",
    ),
    "staff.lock.recovery.staff": (
        "监考员：核对考生与机位，出示监考卡，选择原因后继续。再次中断时换到备用机。",
        "Invigilator: check candidate and seat, show the card, choose a reason. If it stops again, use a spare seat.",
    ),
    "staff.lock.recovery-empty.title": ("本机重新启动，还没有人应考", "Restarted. Nobody was sitting here."),
    "staff.lock.recovery-empty.happened": (
        "考试程序或电脑重新启动过，本机按规定锁定。",
        "The program or the PC was restarted. The seat locks by rule.",
    ),
    "staff.lock.recovery-empty.safe": (
        "题库仍然封存在本机，本机没有未完成的作答。",
        "The bank is sealed on this PC. No exam was in progress here.",
    ),
    "staff.lock.recovery-empty.to-do": ("考生请等候监考员。", "Candidates: stay seated until the invigilator comes."),
    "staff.lock.recovery-empty.staff": (
        "监考员：出示监考卡，输入 PIN 即可继续，不用启封码。",
        "Invigilator: card and PIN are enough to continue. No release code is needed.",
    ),
}

_SUSPENDED: Entries = {
    "staff.lock.suspended-staff.title": ("本机已暂停，你的作答都在", "Suspended. Your answers are safe."),
    "staff.lock.suspended-staff.happened": (
        "监考员暂停了本机的考试，题目已遮盖。",
        "The invigilator suspended the exam at this seat. The question is covered.",
    ),
    "staff.lock.suspended-restarted.title": ("本机已锁定，你的作答都在", "Locked. Your answers are safe."),
    "staff.lock.suspended-restarted.happened": (
        "考试程序意外中断后自动恢复，本机按规定锁定。这不是你的操作造成的。",
        "The program stopped and came back by itself. The seat locks by rule. You did not cause this.",
    ),
    "staff.lock.suspended-fault.title": ("本机已锁定，你的作答都在", "Locked. Your answers are safe."),
    "staff.lock.suspended-fault.happened": (
        "考试程序出了故障，题目已遮盖。这不是你的操作造成的。",
        "The program made a mistake, so the question is covered. You did not cause this.",
    ),
    "staff.lock.suspended-save.title": ("本机已锁定，已保存的作答都在", "Locked. Saved answers are safe."),
    "staff.lock.suspended-save.happened": (
        "最近一次保存没有完成，题目已遮盖。这不是你的操作造成的。",
        "The last save was not completed, so the question is covered. You did not cause this.",
    ),
    **{
        f"staff.lock.suspended-{why}.{part}": words
        for why in ("staff", "restarted", "fault", "save")
        for part, words in {
            "safe": (
                "已停表。继续后从原来的题目开始，题目和选项的顺序不变。",
                "Time is stopped. You go on at the same question, in the same order.",
            ),
            "to-do": (
                "请留在座位上等候。只有监考员能用监考卡继续考试。",
                "Please stay seated. Only the invigilator's card can continue the exam.",
            ),
            "staff": (
                "监考员：核对考生与机位，出示监考卡，选择处理方式和原因。",
                "Invigilator: check candidate and seat, show the card, choose what to do and why.",
            ),
        }.items()
    },
}

_ENDINGS: Entries = {
    "staff.lock.sealing.title": ("已结束作答，正在封存成绩包", "The exam is over. Sealing your result."),
    "staff.lock.sealing.happened": (
        "作答和影像正在封存、签名，通常 5 秒内完成。",
        "Answers and pictures are being sealed and signed. This usually takes less than 5 seconds.",
    ),
    "staff.lock.sealing.safe": ("所有作答都已保存在本机。", "Every answer is saved on this PC."),
    "staff.lock.sealing.to-do": (
        "请留在座位上，出现回执后再离开。",
        "Please stay seated until your receipt is shown.",
    ),
    "staff.lock.sealing.staff": (
        "监考员：不要关机，也不要拔电源。",
        "Invigilator: do not switch off or unplug this PC.",
    ),
    "staff.lock.fault.title": ("本机停用，已保存的作答都在", "Out of use. Saved answers are safe."),
    "staff.lock.fault.happened": (
        "作答日志没有写成，或与封存的不一致。这不是你的操作造成的。",
        "The journal could not be written, or differs from what was sealed. You did not cause this.",
    ),
    "staff.lock.fault.safe": (
        "完好的记录都留在本机硬盘上，本机不再写入。",
        "What is intact stays on this PC. Nothing more is written here.",
    ),
    "staff.lock.fault.to-do": (
        "请举手示意，留在座位上等候。",
        "Raise your hand and stay seated.",
    ),
    "staff.lock.fault.staff": (
        "监考员：记下代码，请考生换到备用机。不要重装或清理本机，交给考务人员。",
        "Invigilator: note the code, move the candidate to a spare seat, leave this PC as it is.",
    ),
    "staff.lock.fault-sealed.title": ("本机停用，完好的作答已封存", "Out of use. What is intact is sealed."),
    "staff.lock.fault-sealed.happened": (
        "作答日志与封存的不一致。这不是你的操作造成的。",
        "The journal differs from what was sealed. You did not cause this.",
    ),
    "staff.lock.fault-sealed.safe": (
        "完好的部分已封存成绩包，可以导出交给考务人员。",
        "The intact part is sealed as a bundle and can be exported for the office.",
    ),
    "staff.lock.fault-sealed.to-do": (
        "请举手示意，留在座位上等候。",
        "Raise your hand and stay seated.",
    ),
    "staff.lock.fault-sealed.staff": (
        "监考员：导出成绩包，记下代码，请考生换到备用机。",
        "Invigilator: export the bundle, note the code, and move the candidate to a spare seat.",
    ),
    "staff.lock.closed.title": ("本场在本机已结束", "The session is closed at this seat"),
    "staff.lock.closed.happened": (
        "监考员结束了本场，本机的密钥已清除，题库已删除。",
        "The invigilator closed the session. Keys are erased and the banks are removed.",
    ),
    "staff.lock.closed.safe": (
        "成绩包留在本机，直到考务人员确认收到或保存期满。",
        "Bundles stay on this PC until the office confirms them or their time is over.",
    ),
    "staff.lock.closed.to-do": ("考生可以离开。", "Candidates may leave."),
    "staff.lock.closed.staff": (
        "监考员：结束程序后可以关机。",
        "Invigilator: end the program, then the PC may be switched off.",
    ),
    "staff.lock.closed-left.title": ("本场已结束，成绩包还没有导出", "Closed. The bundle is not exported yet."),
    "staff.lock.closed-left.happened": (
        "本场在本机已结束，密钥已清除，成绩包还在本机。",
        "The session is closed here and the keys are erased. The bundle is still on this PC.",
    ),
    "staff.lock.closed-left.safe": (
        "成绩包已封存签名，留在本机，不会丢失。",
        "The bundle is sealed and signed. It stays on this PC and is not lost.",
    ),
    "staff.lock.closed-left.to-do": ("考生可以离开。", "Candidates may leave."),
    "staff.lock.closed-left.staff": (
        "监考员：请告诉考务人员，本机的成绩包还要取走。",
        "Invigilator: tell the coordinator that this seat's bundle must still be collected.",
    ),
    "staff.lock.other.title": ("本机已锁定", "This seat is locked"),
    "staff.lock.other.happened": ("本机正在准备。", "The seat is getting ready."),
    "staff.lock.other.safe": ("已保存的内容都在。", "Everything saved is safe."),
    "staff.lock.other.to-do": ("请等候监考员。", "Stay seated until the invigilator comes."),
    "staff.lock.other.staff": ("监考员：按 Ctrl+Shift+I 处理。", "Invigilator: press Ctrl+Shift+I."),
}

ENTRIES: Entries = {**_FACTS, **_BEFORE, **_RESTARTS, **_SUSPENDED, **_ENDINGS}
