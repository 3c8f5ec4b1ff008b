"""Another program on the screen: a red window over everything, which says every key that reaches it.

Words: WIDTHxHEIGHT.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Red(QWidget):
    """The window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Say which key it was."""
        print(f"key {event.key()}", flush=True)


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
    window.show()
    window.activateWindow()
    QTimer.singleShot(0, lambda: print("shown", flush=True))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
