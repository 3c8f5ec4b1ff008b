"""Sentences of the command line."""

from types import MappingProxyType

from kiosk.ui.i18n.language import Entries

ENTRIES: Entries = MappingProxyType(
    {
        "cli.not-checked": (
            "只核对了签名和清单；密封的作答、日志、名单和得分没有核对；核对需要认定中心的钥匙。",
            (
                "Signature and manifest were checked only. The sealed answers, journals, roster and score were not: "
                "they need the office's key."
            ),
        ),
        "cli.demo-cards": ("监考卡在 {folder}，可用另一块屏幕出示给摄像头。", "The cards are in {folder}."),
        "cli.demo-step-1": (
            "解锁：把监考卡举到摄像头前，或输入卡上的 8 组数字；再输入 PIN 和启封码。",
            "Unlock: hold the card to the camera or type its 8 groups; then PIN and release code.",
        ),
        "cli.demo-step-2": (
            "签到：准考证号 {number}。监考员核验身份，再出示一次监考卡。",
            "Sign in: admission number {number}. The invigilator checks the face and shows the card again.",
        ),
        "cli.demo-step-3": (
            "开考码：按 Ctrl+Shift+I，出示监考卡，选“显示开考码”；关闭后输入。",
            "Start code: Ctrl+Shift+I, the card, then show the start code; close and type it.",
        ),
        "cli.demo-step-4": (
            "作答并交卷；再按 Ctrl+Shift+I，把成绩包导出到 U 盘（{stick}）。",
            "Answer and hand in; then Ctrl+Shift+I again, and export the bundle to the stick ({stick}).",
        ),
        "cli.demo-step-5": (
            "关闭窗口即结束演示。",
            "Closing the window ends the demo.",
        ),
        "cli.demo-full-screen": (
            "全屏时看不到这些数字，请先记下，再按回车。",
            "In full screen these figures are covered. Write them down, then press Enter.",
        ),
        "cli.demo-held": ("全部通过。", "All of it held."),
        "cli.demo-failed": ("有未通过的步骤。", "Not all of it held."),
        "cli.gave-up": (
            "考试程序一分钟内中断了五次，已停止，电脑设置已恢复。已保存的作答都在。请换到备用机。",
            "The program stopped five times in a minute. The PC is as before. Answers are safe. Use a spare seat.",
        ),
        "cli.sheet-title": ("演示用纸", "Demo sheet"),
        "cli.sheet-release": ("启封码", "Release code"),
        "cli.sheet-card": ("监考卡", "Invigilator card"),
        "cli.sheet-candidates": ("准考证号", "Admission numbers"),
        "cli.sheet-hold": ("把监考卡举到摄像头前", "Hold the card to the camera"),
        "cli.sheet-take-away": ("拿开监考卡", "Take the card away"),
    }
)
