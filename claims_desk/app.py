"""The window: look, language, log, sign-in, frame."""

from __future__ import annotations

import sys

from platformdirs import user_log_path
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from claims_desk.domain.messages import use_language
from claims_desk.domain.money import use_separator
from claims_desk.ui import background, errors, theme
from claims_desk.ui.desk import Desk
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings, load_settings
from claims_desk.ui.start import StartWindow


class Session(QObject):
    """From start window to frame and back, as users come and go."""

    def __init__(self, settings: Settings, url: str) -> None:
        super().__init__()
        self.start = StartWindow(settings, url)
        self.frame: Frame | None = None
        self.start.ready.connect(self.open_frame)
        self.start.begin()
        self.start.show()

    def open_frame(self, desk: Desk) -> None:
        """Show the desk of who has signed in."""
        desk.setParent(self)
        self.frame = Frame(desk)
        self.frame.signed_out.connect(self.close_frame)
        self.frame.showMaximized()
        self.start.hide()

    def close_frame(self) -> None:
        """Close the desk and ask for the next user."""
        if self.frame is not None:
            self.frame.deleteLater()
            self.frame = None
        self.start.leave()


def run_window(url: str | None = None) -> int:
    """Open the window on the database at `url`, or on the one of the user's settings; returns the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Claims Desk")
    settings = load_settings()
    use_language(settings.language)
    use_separator(settings.separator)
    theme.dress(app, settings.text_size)
    errors.watch(user_log_path("claims-desk", appauthor=False) / "claims-desk.log")
    session = Session(settings, url or "")
    code = app.exec()
    background.finish()
    session.deleteLater()
    return code
