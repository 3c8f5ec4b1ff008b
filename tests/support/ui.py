"""What tests of screens share: nothing cut, nothing unnamed, a walk by Tab, pictures on request."""

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QLayout, QWidget

from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.paragraph import Paragraph


def parts(root: QWidget, kind: type[QWidget] = QWidget) -> Iterator[QWidget]:
    """Visible parts of a kind below `root`."""
    for part in root.findChildren(kind):
        if part.isVisibleTo(root):
            yield part


def cut(root: QWidget) -> list[str]:
    """What does not fit, one line each: parts smaller than they need, and parts that stick out of what holds them."""
    settle()
    found = []
    for part in parts(root):
        need = _needed(part)
        if need is not None and (part.width() < need.width() or part.height() < need.height()):
            found.append(f"{_name(part)} needs {need.width()} x {need.height()}, has {part.width()} x {part.height()}")
        if need is not None and _sticks_out(part):
            found.append(f"{_name(part)} sticks out of {_name(_holder(part))}")
    return found


def assert_nothing_cut(root: QWidget) -> None:
    """Every label, paragraph, button and painted part has the room it needs, inside what holds it."""
    found = cut(root)
    assert not found, "\n".join(found)


def unnamed(root: QWidget) -> list[str]:
    """Parts that can be focused and have no accessible name."""
    return [_name(part) for part in parts(root) if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not spoken(part)]


def spoken(part: QWidget) -> str:
    """The accessible name of a part, as assistive technology hears it."""
    return QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


def role(part: QWidget) -> QAccessible.Role:
    """The role of a part, as assistive technology hears it."""
    return QAccessible.queryAccessibleInterface(part).role()


def tab_walk(window: QWidget, most: int = 400) -> list[str]:
    """Names of the parts that Tab reaches, in order, until the first comes again."""
    reached: list[str] = []
    for _ in range(most):
        focus = QApplication.focusWidget()
        if focus is None:
            break
        name = focus.objectName()
        if reached and name == reached[0]:
            return reached
        reached.append(name)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return reached


def stand(window: QWidget, size: QSize) -> None:
    """Show a window at a size, active, laid out; it keeps the size whatever is in it, as the seat's window does."""
    layout = window.layout()
    if layout is not None:
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.resize(size)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)
    settle()


def focused() -> QWidget:
    """The part that has the keyboard; there must be one."""
    part = QApplication.focusWidget()
    assert part is not None, "nothing has the focus"
    return part


def type_in(text: str) -> None:
    """Type any signs, also those that no test key exists for, at whatever has the focus."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key(ord(sign)) if sign.isascii() and sign.isdigit() else Qt.Key.Key_unknown
            QApplication.sendEvent(focused(), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))


def settle() -> None:
    """Let layouts and queued signals finish."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def keep_picture(window: QWidget, name: str) -> None:
    """Write a picture of the window if KIOSK_PICTURES names a folder."""
    folder = os.environ.get("KIOSK_PICTURES")
    if folder:
        settle()
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert window.grab().save(str(Path(folder) / f"{name}.png"))


def _needed(part: QWidget) -> QSize | None:
    if isinstance(part, Paragraph):
        return QSize(min(part.width(), part.minimumSizeHint().width()), part.needed_height())
    if isinstance(part, Label):
        metrics = QFontMetrics(part.font())
        return QSize(metrics.horizontalAdvance(part.text()), metrics.height()) if part.text() else None
    if part.hasHeightForWidth() and isinstance(part, (QAbstractButton, QLabel)):
        return QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
    if isinstance(part, (QAbstractButton, QLabel)):
        return part.minimumSizeHint().expandedTo(QSize(0, 0))
    return None


def _holder(part: QWidget) -> QWidget:
    """What a part must stay inside: the nearest window or scrolled content."""
    above = part.parentWidget()
    while above is not None and not above.isWindow():
        around = above.parentWidget()
        if around is not None and isinstance(around.parentWidget(), QAbstractScrollArea):
            return above
        above = around
    return part.window()


def _sticks_out(part: QWidget) -> bool:
    holder = _holder(part)
    at = part.mapTo(holder, QPoint(0, 0))
    return (
        at.x() < 0 or at.y() < 0 or at.x() + part.width() > holder.width() or at.y() + part.height() > holder.height()
    )


def _name(part: QWidget) -> str:
    words = part.text() if isinstance(part, QLabel) else part.accessibleName()
    return f"{type(part).__name__}({part.objectName() or words[:24]!r})"
