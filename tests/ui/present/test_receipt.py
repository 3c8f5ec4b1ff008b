"""The receipt: counts, never a score."""

from dataclasses import replace

from kiosk.exam.vocabulary import Language
from kiosk.station.view import Receipt
from kiosk.ui.present import receipt as present
from tests.support import builders as b
from tests.ui.present import views as v

ZH, EN = Language.ZH, Language.EN
RECEIPT = Receipt(
    code="7K3F 9Q2M D41X",
    digest="2c918e0755ab1d3c" + "0" * 48,
    qr=((True, False), (False, True)),
    ended_wall=b.START,
    by_clock=False,
    answered=7,
    items=8,
    segments=0,
)


def test_what_happened_in_both_languages() -> None:
    said = present.titles(RECEIPT, ZH)
    assert (said.title, said.under) == ("已交卷，作答已封存", "Handed in. Your answers are sealed")
    assert present.titles(replace(RECEIPT, by_clock=True), ZH).title.startswith("时间到")


def test_the_slip_counts_and_never_scores() -> None:
    shown = dict(present.slip_facts(v.view(v.running(), receipt=RECEIPT), ZH))
    assert shown["作答"] == "已答 7 题，共 8 题"
    assert shown["录像"] == "没有录像"
    assert shown["成绩包摘要"] == "2C91 8E07 55AB 1D3C"
    assert shown["考生"].startswith(b.NAME)
    assert not any("分" in label and label != "成绩包摘要" for label in shown)
    filmed = replace(RECEIPT, segments=504)
    assert dict(present.slip_facts(v.view(v.running(), receipt=filmed), EN))["Pictures"] == "504 segments, sealed"


def test_no_receipt_no_slip() -> None:
    assert present.slip_facts(v.view(v.running()), ZH) == ()
