"""The window: look, language, log, sign-in, frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from platformdirs import user_data_path, user_log_path
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from claims_desk.demo import staff
from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.ui import errors
from claims_desk.ui.background import IsCancelled
from claims_desk.ui.desk import Desk
from claims_desk.ui.ending import take_down
from claims_desk.ui.frame import Frame
from claims_desk.ui.garbage import GarbageRounds
from claims_desk.ui.settings import Settings, load_settings
from claims_desk.ui.settings_dialog import use_settings
from claims_desk.ui.start import StartWindow
from claims_desk.ui.widgets import show_progress

PRACTICE_CLAIMS = 1_000
_LOOK_AGAIN = 0.3  # seconds


class Session(QObject):
    """From start window to frame and back, as users come and go."""

    def __init__(self, settings: Settings, url: str) -> None:
        super().__init__()
        self.start = StartWindow(settings, url)
        self.frame: Frame | None = None
        self.start.ready.connect(self.open_frame)
        self.start.demo_asked.connect(self.practise)
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
            self.frame.desk.deleteLater()
            self.frame.deleteLater()
            self.frame = None
        self.start.leave()

    def end(self) -> None:
        """Take every window down once the program's loop is over."""
        self.start.let_go()
        take_down(self.frame, self.start, self)

    def practise(self) -> None:
        """Make an office of invented data and ask who signs in there."""
        folder = user_data_path("claims-desk", appauthor=False) / "demo"
        title = say("Making an invented office; this takes a minute or two")
        show_progress(self.start, title, lambda _report, cancelled: make_demo(folder, cancelled), self._open_demo)

    def _open_demo(self, file: Path | None) -> None:
        if file is not None:
            self.start.open(f"sqlite:///{file.as_posix()}")
            self.start.sign_in.note.say(
                say(
                    "Sign in as {names}; the password of all is “{password}”.",
                    names=", ".join(staff.ROLES),
                    password=staff.PASSWORD,
                )
            )


def make_demo(folder: Path, cancelled: IsCancelled) -> Path | None:
    """Make the demo's database in `folder` by a process of its own; None where it was cancelled.

    Raises UserError where it could not be made.
    """
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "claims_desk"]
    command = [*own, "demo", "--dir", str(folder), "--claims", str(PRACTICE_CLAIMS), "--no-window"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as making:  # noqa: S603
        while making.poll() is None:
            if cancelled():
                making.terminate()
                return None
            try:
                making.wait(_LOOK_AGAIN)
            except subprocess.TimeoutExpired:
                continue
    if making.returncode:
        raise UserError(say("The invented office could not be made."), say("See the log, or run: claims-desk demo."))
    return folder / "demo.db"


def run_window(url: str | None = None) -> int:
    """Open the window on the database at `url`, or on the one of the user's settings; returns the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Claims Desk")
    settings = load_settings()
    use_settings(settings)
    errors.watch(user_log_path("claims-desk", appauthor=False) / "claims-desk.log")
    session = Session(settings, url or "")
    rounds = GarbageRounds(app)
    code = app.exec()
    session.end()
    rounds.end()
    return code
