"""Copying a sitting's bundles to a stick: choose it, watch the bytes, see what was read back.

Rules: nothing is called exported before it was read back equal; what goes wrong is said and the originals stay where
they are. While it copies only painting goes on: nothing can be pressed.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout

from kiosk.station.export_targets import Target, export_targets, first_groups
from kiosk.ui.bridge import Bridge, Overlay, Shown
from kiosk.ui.present import export as present
from kiosk.ui.present.export import Copy, State
from kiosk.ui.screens.choice_rows import Choice, ChoiceRows
from kiosk.ui.screens.copy_row import CopyRow
from kiosk.ui.screens.foot import Foot
from kiosk.ui.screens.refusal_banner import RefusalBanner
from kiosk.ui.screens.staff_screen import StaffScreen
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.button import Kind
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import Icon

_LOOK_AGAIN = 2_000


class ExportScreen(StaffScreen):
    """The export screen."""

    def __init__(self, bridge: Bridge, look: Look) -> None:
        super().__init__(bridge, look, "export")
        self._state = State.CHOOSING
        self._targets: tuple[Target, ...] = ()
        self._copies: dict[str, Copy] = {}
        self._rows: dict[str, CopyRow] = {}
        self._left = Card(look, name="export-targets")
        self._choices = ChoiceRows(look, name="export-target")
        self._left.body.addWidget(self._choices)
        self._left.body.addStretch(1)
        self._right = Card(look, name="export-files")
        self._list = QVBoxLayout()
        self._banner = RefusalBanner(look, name="export-banner")
        self._foot = Foot(look, name="export", icon=Icon.STICK)
        self._right.body.addLayout(self._list)
        self._right.body.addWidget(self._banner)
        self._right.body.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self._left, 2)
        self._both.addWidget(self._right, 3)
        self.column.addLayout(self._both, 1)
        self.column.addLayout(self._foot.row)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_AGAIN)
        self._watch.timeout.connect(self._look_at_sticks)
        self._choices.picked.connect(self._picked)
        self._foot.act.clicked.connect(self._press)
        self._foot.leave.clicked.connect(self.back)
        self.under.addWidget(self._foot.bar)
        self.set_look(look)

    def entered(self) -> None:
        """List the sticks; one alone is chosen already."""
        self._state = State.CHOOSING
        self._copies = {name: Copy(name=name) for name in self.bridge.shown.view.bundle_files}
        self._banner.refuse(None)
        self._look_at_sticks()
        self._watch.start()
        (self._foot.act if self._foot.act.isEnabled() else self._foot.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Stop listing."""
        self._watch.stop()

    def back(self) -> None:
        """Back to the panel; never while it copies."""
        if self._state is not State.BUSY:
            self.bridge.open_overlay(Overlay.PANEL)

    def show_state(self, shown: Shown) -> None:
        """Draw sticks, files and how far they are."""
        super().show_state(shown)
        for name in shown.view.bundle_files:
            self._copies.setdefault(name, Copy(name=name))
        self._show_words()

    def _look_at_sticks(self) -> None:
        if self._state is State.BUSY:
            return
        self._targets = export_targets(self.bridge.sticks)
        self._show_targets()
        if len(self._targets) == 1:
            self._choices.set_current("0")
        self._show_words()

    def _show_targets(self) -> None:
        choices = []
        for at, target in enumerate(self._targets):
            note = self.words("staff.export.free", size=present.size_words(target.free))
            choices.append(Choice(key=str(at), words=target.label, note=note))
        self._choices.set_choices(choices)

    def _picked(self, _key: str) -> None:
        self._show_words()

    @property
    def _target(self) -> Target | None:
        key = self._choices.current
        return self._targets[int(key)] if key is not None and int(key) < len(self._targets) else None

    def _show_words(self) -> None:
        language, view, target = self.look.language, self.bridge.shown.view, self._target
        count = len(self._copies)
        self.title.set_source(present.title(self._state, len(self._targets), count, language))
        self.subtitle.set_source(self.words("staff.export.body"))
        self._show_targets()
        self._left.set_words(self.words("staff.export.targets"))
        self._right.set_words(self.words("staff.export.files"))
        self._show_copies()
        ready = view.evidence_ready
        chosen = target is not None
        self._foot.why.set_source(present.reason(self._state, len(self._targets), language, chosen=chosen, ready=ready))
        again = self._state is State.DONE
        name = target.label if target else self.words("staff.export.targets")
        self._foot.act.set_words(
            self.words("staff.export.again") if again else self.words("staff.export.act", name=name)
        )
        self._foot.act.set_kind(Kind.SECONDARY if again else Kind.PRIMARY)
        self._foot.act.setEnabled(chosen and ready and self._state is not State.BUSY)
        self._foot.leave.set_words(self.words("common.back"))
        self._foot.leave.setEnabled(self._state is not State.BUSY)
        self._choices.setEnabled(self._state is not State.BUSY)

    def _show_copies(self) -> None:
        for name in [name for name in self._copies if name not in self._rows]:
            row = CopyRow(self.look, name=f"export-file-{len(self._rows) + 1}")
            self._rows[name] = row
            self._list.addWidget(row)
        for name in [name for name in self._rows if name not in self._copies]:
            row = self._rows.pop(name)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for name, copy in self._copies.items():
            kind, words = present.kind_words(name, self.look.language), present.copy_words(copy, self.look.language)
            self._rows[name].show_copy(copy, kind, words)

    def arrange(self) -> None:
        """Sticks beside the files, or above them."""
        super().arrange()
        small = self.small
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if small else across)
        self._both.setSpacing(self.look.space(16 if self.look.narrow else 32))
        self._foot.place(self.look, in_bar=self.look.narrow and not small)
        self._list.setSpacing(self.look.space(16))

    # copying

    def _press(self) -> None:
        target = self._target
        if target is None or self._state is State.BUSY:
            return
        self._state = State.BUSY
        self._copies = {name: Copy(name=name) for name in self._copies}
        self._banner.refuse(None)
        self._show_words()
        self.repaint()
        QTimer.singleShot(0, lambda: self._copy(target.folder))

    def _copy(self, folder: Path) -> None:
        written: list[Path] = []
        error = self.bridge.attempt(lambda: written.extend(self.bridge.station.export(folder, self._progress)))
        for path in written:
            error = self.bridge.attempt(lambda path=path: self._read_back(path)) or error  # type: ignore[misc]
        self._state = State.DONE if error is None else State.FAILED
        self._banner.refuse(error)
        self._look_at_sticks()
        self._foot.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _progress(self, name: str, done: int, whole: int) -> None:
        """Paint how far it is; nothing that a person does is let in."""
        copy = self._copies.get(name, Copy(name=name))
        self._copies[name] = replace(copy, done=done, total=whole)
        self._show_copies()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _read_back(self, path: Path) -> None:
        self._copies[path.name] = replace(self._copies[path.name], digest=first_groups(path))
