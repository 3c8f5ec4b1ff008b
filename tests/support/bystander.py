"""Another program on the screen: a red window over everything, which says every key that reaches it.

Words: WIDTHxHEIGHT.
"""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Red(QWidget):
    """The window."""

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that keys come here now."""
        super().focusInEvent(event)
        say("focused")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Say which key it was."""
        say(f"key {event.key()}")


def say(words: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """Show the window until killed."""
    app = QApplication([])
    window = Red()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(255, 0, 0))
    window.setPalette(palette)
    width, height = map(int, sys.argv[1].split("x"))
    window.setGeometry(0, 0, width, height)
    window.setWindowTitle("Bystander")
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.setFocus()
    window.show()
    window.activateWindow()
    QTimer.singleShot(0, lambda: say("shown"))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
