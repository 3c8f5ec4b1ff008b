"""A banner that remembers what it says, so that its words follow the language of the screen until it is settled.

A refusal is said in order: what happened in bold, what is safe, what to do, the code last.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kiosk.errors import KioskError
from kiosk.ui.i18n import Language, refusal, text
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.sign import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a banner says in one language."""

    state: State
    title: str
    body: str = ""
    action: str = ""


class RefusalBanner(Banner):
    """Shows one refusal or notice, or nothing."""

    def __init__(self, look: Look, *, name: str, parent: QWidget | None = None) -> None:
        self._said: Callable[[Language], Said] | None = None
        super().__init__(look, name=name, parent=parent)

    def refuse(self, error: KioskError | None, *, action_key: str = "", more_key: str = "", **data: str | int) -> None:
        """Show a refusal with at most one button and one more sentence; None settles it."""

        def said(language: Language) -> Said:
            assert error is not None  # noqa: S101 - settled below otherwise
            action = text(action_key, language) if action_key else ""
            more = text(more_key, language, **data) if more_key else ""
            return Said(
                state=State.BAD,
                title=refusal(error.code, language, error.data, staff=True).happened,
                body=_body(error, more, language),
                action=action,
            )

        self.say(said if error is not None else None)

    def notice(self, state: State, key: str, *, action_key: str = "", **data: str | int) -> None:
        """Show the sentences `<key>.title` and `<key>.body`."""

        def said(language: Language) -> Said:
            action = text(action_key, language) if action_key else ""
            title, body = text(f"{key}.title", language, **data), text(f"{key}.body", language, **data)
            return Said(state=state, title=title, body=body, action=action)

        self.say(said)

    def say_title(self, state: State, key: str, **data: str | int) -> None:
        """Show one sentence."""
        self.say(lambda language: Said(state=state, title=text(key, language, **data)))

    def warn(self, title_key: str, body_key: str, **data: str | int) -> None:
        """Show what an act will do, before it is done."""
        self.say(
            lambda language: Said(
                state=State.WARN, title=text(title_key, language, **data), body=text(body_key, language, **data)
            )
        )

    def say(self, said: Callable[[Language], Said] | None) -> None:
        """Show what a function says in the language of the screen, or nothing."""
        self._said = said
        self._tell()

    @property
    def settled(self) -> bool:
        """Whether nothing is shown."""
        return self._said is None

    def set_look(self, look: Look) -> None:
        """Draw from this look from now on, in its language."""
        super().set_look(look)
        if self._said is not None:
            self._tell()

    def _tell(self) -> None:
        if self._said is None:
            self.settle()
            return
        said = self._said(self._look.language)
        self.show_words(said.state, said.title, said.body, said.action)


def _body(error: KioskError, more: str, language: Language) -> str:
    words = refusal(error.code, language, error.data, staff=True)
    space = "" if language is Language.ZH else " "
    sentences = space.join(part for part in (words.safe, words.to_do, more) if part)
    return f"{sentences}\n{text('common.code', language, code=words.code)}"
