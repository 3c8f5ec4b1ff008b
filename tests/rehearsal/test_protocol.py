"""A rehearsal has held only if something was done and all of it held."""

from kiosk.rehearsal.protocol import Line, Protocol


def test_nothing_done_is_nothing_held() -> None:
    assert not Protocol(show=print).held


def test_one_bad_line_spoils_it_and_each_is_shown_at_once() -> None:
    shown: list[Line] = []
    protocol = Protocol(show=shown.append)
    protocol.note("解封 𬭚", "４ 组")
    assert [line.held for line in protocol.lines] == [protocol.held] == [True]
    protocol.note("scored", "0 of 100", held=False)
    protocol.note("roster", "fine")
    assert not protocol.held
    assert shown == protocol.lines
    assert [line.held for line in shown] == [True, False, True]
