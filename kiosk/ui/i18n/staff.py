"""What invigilators and coordinators read; no subject, no blame."""

from kiosk.ui.i18n import staff_lock, staff_panel, staff_unlock
from kiosk.ui.i18n.language import Entries

_SHARED: Entries = {
    "staff.group.label": ("第 {n} 组", "Group {n}"),
    "staff.group.ok": ("校验通过", "Check passed"),
    "staff.group.wrong": ("这一组有输错", "Typing error in this group"),
    "staff.group.typing": ("正在输入", "Being typed"),
    "staff.group.empty": ("未输入", "Empty"),
    "staff.group.name": ("{label}，已输入 {typed} 位，{state}", "{label}, {typed} digits typed, {state}"),
    "staff.pin.name": ("PIN，已输入 {typed} 位，共 {total} 位", "PIN, {typed} of {total} digits typed"),
    "staff.camera.found": ("已读到二维码", "Code found"),
    "staff.camera.none": ("没有画面", "No picture"),
    "staff.camera.opening": ("正在打开", "Being opened"),
    "staff.photo.none": ("没有照片", "No photo"),
    "staff.rehearsal": ("演示或练习，成绩无效", "Demo or practice. This result does not count."),
    "staff.place": ("{room}  |  {session} {start}", "{room}  |  {session} {start}"),
    "staff.level.practice": ("练习", "Practice"),
    "staff.level.desktop": ("桌面级", "Desktop"),
    "staff.level.session": ("会话级", "Session"),
}

ENTRIES: Entries = {**_SHARED, **staff_lock.ENTRIES, **staff_unlock.ENTRIES, **staff_panel.ENTRIES}
