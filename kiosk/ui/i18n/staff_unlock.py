"""What invigilators read while they unlock a seat or show a card: cards, PINs, codes, the room's clock."""

from kiosk.ui.i18n.language import Entries

_CARDS: Entries = {
    "staff.card.live": ("摄像头现在的画面", "What the camera sees now"),
    "staff.card.hint.camera": (
        "把监考卡的二维码放进框内，距摄像头约 15 厘米。",
        "Hold the code on the card inside the corners, about 15 cm from the camera.",
    ),
    "staff.card.hint.lost": (
        "摄像头没有画面。检查连线，或手工输入监考卡。",
        "The camera gives no picture. Check the cable, or type the card.",
    ),
    "staff.card.hint.typed": (
        "输入监考卡上的 8 组数字。每组输完自动校验。",
        "Type the 8 groups printed on the card. Each group is checked when it is full.",
    ),
    "staff.card.hint.typed-blind": (
        "没有摄像头。输入监考卡上的 8 组数字，每组输完自动校验。",
        "There is no camera. Type the 8 groups printed on the card. Each is checked when it is full.",
    ),
    "staff.card.by-hand": ("摄像头不可用？手工输入监考卡", "No camera? Type the card"),
    "staff.card.by-camera": ("用摄像头读卡", "Read the card by camera"),
    "staff.card.first": ("等待监考卡", "Card"),
    "staff.card.second": ("等待第二张监考卡", "Second card"),
    "staff.card.holder": ("{holder}", "{holder}"),
    "staff.card.reserve": ("{holder}（备用卡）", "{holder} (reserve card)"),
    "staff.card.read": ("已读取：{holder}", "Card read: {holder}"),
    "staff.pin.left": ("此卡在本机还可以试 {n} 次。", "{n} {n:try is|tries are} left for this card here."),
    "staff.pin.blocked": (
        "此卡在本机已停用，请用另一张监考卡。",
        "This card is blocked at this seat. Use the other card.",
    ),
}

_UNLOCK: Entries = {
    "staff.and": ("{first}和{last}", "{first} and {last}"),
    "staff.range": ("{first} 至 {last}", "{first} to {last}"),
    "staff.unlock.title.missing": ("解锁题库，还差 {what}", "To unlock: {what} to go"),
    "staff.unlock.title.ready": ("都齐了，可以解锁题库", "Everything is in. The bank can be unlocked."),
    "staff.unlock.title.busy": ("正在解锁，约 1 秒", "Unlocking, about 1 second"),
    "staff.unlock.title.wait": ("启封码不符，{n} 秒后可以再试", "The code did not fit. Try again in {n} s."),
    "staff.unlock.missing.cards": ("{n} 张监考卡", "{n} {n:card|cards}"),
    "staff.unlock.missing.pin": ("PIN", "PIN"),
    "staff.unlock.missing.groups": ("{n} 组数字", "{n} {n:group|groups} of digits"),
    "staff.unlock.subtitle.one.typed": (
        "两样都要有：监考卡和它的 PIN，还有今天下发的启封码。顺序不限。",
        "Both are needed, in any order: a card with its PIN, and today's release code.",
    ),
    "staff.unlock.subtitle.one.stick": (
        "U 盘上已有本场的解锁文件，再出示监考卡并输入 PIN 即可。",
        "The stick holds this session's unlock file. Only a card with its PIN is needed.",
    ),
    "staff.unlock.subtitle.pair.typed": (
        "都要有：两位监考员的监考卡和 PIN，还有今天下发的启封码。顺序不限。",
        "All are needed, in any order: two cards with their PINs, and today's release code.",
    ),
    "staff.unlock.subtitle.pair.stick": (
        "U 盘上已有本场的解锁文件，再出示两张监考卡并输入 PIN 即可。",
        "The stick holds this session's unlock file. Only two cards with their PINs are needed.",
    ),
    "staff.unlock.cards": ("监考卡", "Card"),
    "staff.unlock.read": ("{n} / {total} 已读取", "{n} / {total} read"),
    "staff.unlock.code": ("启封码", "Release code"),
    "staff.unlock.code.note": ("{n} 组，每组 6 位数字", "{n} groups of 6 digits"),
    "staff.unlock.stick": ("解锁文件", "Unlock file"),
    "staff.unlock.on-stick.title": ("U 盘上找到本场的解锁文件", "This session's unlock file is on the stick"),
    "staff.unlock.on-stick.body": (
        "启封码已在另一机位输入过，本机不用再输。",
        "The release code was typed at another seat. It need not be typed here.",
    ),
    "staff.unlock.type-instead": ("改用启封码", "Type the code"),
    "staff.unlock.slip.title": (
        "第 {groups} 组有数字输错",
        "There is a typing slip in group {groups}",
    ),
    "staff.unlock.slip.body": (
        "请对照启封码通知单，只改这里。输错数字不计次数，也不会延时。",
        "Compare with the notice and change only this. A slip costs no try and no time.",
    ),
    "staff.unlock.slip.go": ("去改", "Go there"),
    "staff.unlock.same-card.title": ("这是同一张监考卡", "This is the same card again"),
    "staff.unlock.same-card.body": (
        "本场要两位监考员。请出示另一张监考卡。",
        "This round asks for two invigilators. Show the other card.",
    ),
    "staff.unlock.other-card": ("换一张监考卡", "Another card"),
    "staff.unlock.need": ("还需要：{what}", "Still needed: {what}"),
    "staff.unlock.need.card": ("出示监考卡", "a card"),
    "staff.unlock.need.second-card": ("第二张监考卡", "the second card"),
    "staff.unlock.need.pin": ("输入 PIN", "the PIN"),
    "staff.unlock.need.correct": ("改正第 {groups} 组", "group {groups} corrected"),
    "staff.unlock.need.finish": ("输完第 {groups} 组", "group {groups} typed"),
    "staff.unlock.busy": ("正在核对启封码，约 1 秒。", "Checking the release code, about 1 second."),
    "staff.unlock.wait": (
        "启封码不符，{n} 秒后可以再试。期间可以改正。",
        "The code did not fit. Try again in {n} s; you may correct it meanwhile.",
    ),
    "staff.unlock.act": ("解锁题库", "Unlock"),
    "staff.unlock.fact.banks": ("本场题库", "Banks"),
    "staff.unlock.fact.room-code": ("考场码", "Room code"),
    "staff.unlock.fact.camera": ("摄像头", "Camera"),
    "staff.unlock.room-code": ("{code}，应与全场各机一致", "{code}, equal on every seat"),
    "staff.camera.not-wanted": ("本场不录像", "Not recorded in this round"),
    "staff.clock.room": ("考场时钟", "Clock in the room"),
    "staff.clock.same": ("与考场时钟一致。本机 {pc}", "Equal to the room's clock. This PC: {pc}"),
    "staff.clock.ahead": (
        "考场时钟比本机快 {n} 分钟。本机 {pc}",
        "The room's clock is {n} min ahead of this PC ({pc})",
    ),
    "staff.clock.behind": ("考场时钟比本机慢 {n} 分钟。本机 {pc}", "The room's clock is {n} min behind this PC ({pc})"),
}

_GATE: Entries = {
    "staff.gate.card": ("监考卡", "Card"),
    "staff.gate.pin": ("PIN", "PIN"),
    "staff.gate.record": (
        "每次出示监考卡都记入本机记录，随成绩包带回。",
        "Every use of a card goes on record and comes back with the bundle.",
    ),
    "staff.gate.need.card": ("还需要：出示监考卡", "Still needed: a card"),
    "staff.gate.need.pin": ("还需要：输入 6 位 PIN", "Still needed: the 6-digit PIN"),
    "staff.gate.panel.title": ("监考员处理，请出示监考卡", "Invigilator: please show your card"),
    "staff.gate.panel.body": (
        "考试正在进行时，打开后立即停表并遮盖题目。",
        "If the exam is running, it is suspended and the question is covered.",
    ),
    "staff.gate.recover.title": ("恢复本机，请出示监考卡", "To bring this seat back, show your card"),
    "staff.gate.recover.body": (
        "监考卡和 PIN 就够了，不用启封码。题目、顺序和时间都接着用。",
        "Card and PIN are enough; no release code. Questions, order and time go on as they were.",
    ),
    "staff.gate.identify.title": ("确认身份，请出示监考卡", "To confirm the identity, show your card"),
    "staff.gate.identify.body": (
        "先核对证件、照片和本人。是否本人由监考员判断。",
        "Compare document, photo and person first. People decide, not the program.",
    ),
    "staff.gate.admit.title": ("准许入场，请出示监考卡", "To admit the candidate, show your card"),
    "staff.gate.admit.body": ("准许入场记入本机记录。", "The admission goes on record."),
    "staff.gate.waive-camera.title": ("请第二位监考员出示监考卡", "The second invigilator's card, please"),
    "staff.gate.waive-camera.body": (
        "不录像开考要两张监考卡。请出示另一张。",
        "Starting without a camera takes two cards. Show the other one.",
    ),
    "staff.gate.close.title": ("结束本场，请出示监考卡", "To close the session, show your card"),
    "staff.gate.close.body": ("结束后清除本机密钥。", "The keys on this PC are erased."),
    "staff.gate.export.title": ("导出成绩包，请出示监考卡", "To export the bundle, show your card"),
    "staff.gate.export.body": ("导出记入本机记录。", "The export goes on record."),
    "staff.gate.seat.title": ("换机位，请出示监考卡", "To change the seat, show your card"),
    "staff.gate.seat.body": ("换机位记入本机记录。", "The change goes on record."),
    "staff.gate.other.title": ("请监考员出示监考卡", "Invigilator: please show your card"),
    "staff.gate.other.body": ("出示监考卡并输入 PIN 后继续。", "Show your card and type the PIN to go on."),
}

ENTRIES: Entries = {**_CARDS, **_UNLOCK, **_GATE}
