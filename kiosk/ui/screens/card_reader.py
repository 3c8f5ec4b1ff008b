"""Takes an invigilator card: held to the camera, or typed as eight groups where the camera does not help.

Rules: the camera looks for a card only while this is in front; the picture is covered as soon as a code is found, so
that no card stands readable on a screen; typing is one press away. It hands the text on and judges nothing.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.station.unlocking import SHARE_GROUPS, group_passes
from kiosk.station.view import Camera
from kiosk.ui.bridge import Bridge
from kiosk.ui.i18n import text
from kiosk.ui.screens.group_width import columns_width
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.button import Button, Size
from kiosk.ui.widgets.code_field import CodeField
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import LiveView
from kiosk.ui.widgets.shown import set_shown

_WIDE = QSize(576, 372)
_NARROW = QSize(376, 242)
_BLIND = frozenset({Camera.OFF, Camera.LOST})


class Finder(LiveView):
    """The live picture with the corners of a viewfinder, smaller where the window is."""

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on."""
        self._base = _NARROW if look.narrow else _WIDE
        super().set_look(look)


class CardReader(QWidget):
    """Picture or eight groups; `read` carries what a card says. The screen places `switch` between the two."""

    read = Signal(str)

    def __init__(self, bridge: Bridge, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._bridge, self._look = bridge, look
        self._manual, self._scanning, self._last = False, False, b""
        self._camera = Camera.OFF
        self._finder = Finder(_WIDE, look, alt="", name=f"{name}-picture")
        self._finder.set_finder(True)
        self._hint = Paragraph("", look, role=Role.TABLE, name=f"{name}-hint")
        self._groups = CodeField(SHARE_GROUPS, look, group_passes, columns=2, name=f"{name}-groups")
        self.switch = Button("", look, name=f"{name}-switch", size=Size.SMALL, icon=Icon.KEY)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._finder, self._groups, self._hint):
            self._column.addWidget(part)
        self.switch.clicked.connect(lambda: self.set_manual(not self._manual))
        self._groups.changed.connect(self._typed)
        self.set_look(look)
        self._tell()

    # camera

    def begin(self) -> None:
        """Start to look for a card; without a camera the groups are there at once."""
        self._camera = self._bridge.station.recording.state
        self.set_manual(self._camera in _BLIND)
        self._scan(wanted=not self._manual)

    def end(self) -> None:
        """Stop looking, and forget what was typed or read."""
        self._scan(wanted=False)
        self._groups.clear()
        self._finder.set_found("")
        self._finder.set_image(None)
        self._last = b""

    def again(self) -> None:
        """Look for another card: each scan finds one."""
        self._groups.clear()
        self._finder.set_found("")
        self._scan(wanted=False)
        self._scan(wanted=not self._manual)

    def cover(self, words: str) -> None:
        """A card was taken: cover the picture and say whose it is."""
        self._finder.set_found(words)

    def poll(self, camera: Camera) -> None:
        """Show the newest picture and hand on what the camera found; called after each change."""
        if camera is not self._camera:
            self._camera = camera
            self._tell()
        if not self._scanning:
            return
        recording = self._bridge.station.recording
        if recording.picture is not None and recording.picture != self._last and not recording.covered:
            self._last = recording.picture
            self._finder.set_image(QImage.fromData(recording.picture))
        found = self._bridge.station.code_seen()
        if found:
            self.read.emit(found)

    def _scan(self, *, wanted: bool) -> None:
        if wanted != self._scanning:
            self._scanning = wanted
            self._bridge.station.scan(wanted=wanted)

    # typing

    @property
    def manual(self) -> bool:
        """Whether the groups are shown instead of the picture."""
        return self._manual

    def set_manual(self, manual: bool) -> None:
        """Show the groups, or the picture."""
        changed, self._manual = manual != self._manual, manual
        self._tell()
        if changed and self.isVisible():
            self._scan(wanted=not manual)
            if manual:
                self._groups.go_to(1)

    def take_focus(self) -> None:
        """Put the caret into the first group that wants figures, or the focus on the way to typing."""
        if self._manual:
            self._groups.go_to(min(self._groups.unfinished(), default=1))
        else:
            self.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        if self._groups.complete:
            self.read.emit(" ".join(self._groups.groups))

    # looks

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        self._look = look
        self._column.setSpacing(look.space(14))
        self._tell()

    def set_columns(self, columns: int) -> None:
        """Groups beside each other while typing."""
        self._groups.set_columns(columns)

    def wanted_width(self, look: Look) -> int:
        """As wide as the picture, or two groups beside each other: the same while typing and while looking.

        The screen gives its own look, which reaches this part after the screen.
        """
        picture = _NARROW if look.narrow else _WIDE
        return max(look.space(picture.width()), columns_width(look, 2))

    def _tell(self) -> None:
        language = self._look.language
        manual, blind = self._manual, self._camera in _BLIND
        set_shown(self._finder, not manual)
        set_shown(self._groups, manual)
        set_shown(self.switch, not (manual and blind))
        self._finder.set_alt(text("staff.card.live", language))
        key = "typed-blind" if manual and blind else "typed" if manual else "lost" if blind else "camera"
        self._hint.set_source(text(f"staff.card.hint.{key}", language))
        self.switch.set_words(text("staff.card.by-camera" if manual else "staff.card.by-hand", language))
        self.switch.set_icon(Icon.CAMERA if manual else Icon.KEY)
