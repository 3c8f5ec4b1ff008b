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
