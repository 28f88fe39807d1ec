"""Pictures of every pane, in both languages, taken from the real window without a screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Role
from claims_desk.domain.dates import office_today
from claims_desk.domain.messages import LANGUAGES
from claims_desk.domain.paging import PageWanted
from claims_desk.models import Claim, ClaimLine, ClaimScan, User
from claims_desk.models.database import Database
from claims_desk.queries.monthly_returns import Standing, monthly_returns
from claims_desk.services.opening import how_it_stands, shown_name
from claims_desk.ui import background, theme
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.ending import take_down
from claims_desk.ui.frame import Frame
from claims_desk.ui.settings import Settings
from claims_desk.ui.speech import switch_language
from claims_desk.ui.start import StartWindow

SIZE = (1366, 768)
NO_SIZE_HINTS = "This plugin does not support propagateSizeHints()"
PATIENCE = 20.0  # seconds for a pane to load


def take_pictures(db: Database, folder: Path, size: tuple[int, int] = SIZE) -> list[Path]:
    """Write a PNG of every pane in Lao and English into `folder`; nothing is changed in the database.

    Needs no screen: run it with QT_QPA_PLATFORM=offscreen.
    """
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.dress(app, "normal")
    with no_size_hints():
        return _pictures_of(db, folder, size)


def _pictures_of(db: Database, folder: Path, size: tuple[int, int]) -> list[Path]:
    office = shown_name(how_it_stands(db))
    desk = Desk(db, _somebody(db), Settings(), office)
    frame = Frame(desk)
    frame.resize(*size)
    frame.show()
    start = StartWindow(desk.settings)
    start.ask_who(db, office)
    pictures = [path for language in LANGUAGES for path in _in_language(frame, start, folder, language)]
    frame.close()
    take_down(frame, start, desk)
    return pictures


@contextmanager
def no_size_hints() -> Iterator[None]:
    """Keep back what Qt's screenless platform says of every window, and nothing else."""

    def tell(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text == NO_SIZE_HINTS:
            return
        if before is not None:
            before(kind, context, text)
        else:
            print(text, file=sys.stderr)

    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _in_language(frame: Frame, start: StartWindow, folder: Path, language: str) -> Iterator[Path]:
    switch_language(language)
    start.language.set_value(language)
    start.show()
    _settle()
    yield _picture(start, folder / f"0-sign-in-{language}.png")
    start.hide()
    frame.activateWindow()
    for kind in frame.kinds:
        frame.stack.open(_best_place(frame.desk.db, kind.key))
        _settle()
        yield _picture(frame, folder / f"{kind.number}-{kind.key}-{language}.png")
    for name, place in _further_places(frame.desk.db).items():
        frame.stack.open(place)
        _settle()
        yield _picture(frame, folder / f"{name}-{language}.png")


def _picture(window: QWidget, path: Path) -> Path:
    window.grab().save(str(path))
    return path


def _further_places(db: Database) -> dict[str, Place]:
    """What stands behind a button of its pane: the returns, one with a question, the run; and Key with a scan."""
    rows = db.read(monthly_returns, PageWanted(), office_today(), Standing.OPEN).rows
    text = f"{rows[0].facility_code} {rows[0].month}" if rows else ""
    returns = {"2-receive-return": Place("receive", "return", text=text)} if text else {}
    scanned = db.read(_scanned_claim)
    return {
        "2-receive-returns": Place("receive", "returns"),
        **({"3-key-scan": Place("key", "claim", scanned)} if scanned else {}),
        "4-verify-again": Place("verify", "again"),
        **returns,
        "7-payments-capitation": Place("payments", "capitation"),
    }


def _best_place(db: Database, pane: str) -> Place:
    """Where a pane shows most: a pended claim with lines in Key and Review, two keyings side by side in Verify."""
    if pane in ("key", "review"):
        return Place(pane, "claim", db.read(_telling_claim))
    return Place(pane, {"receive": "open", "payments": "vouchers", "verify": "differences"}.get(pane, ""))


def _telling_claim(session: Session) -> int:
    lines = select(func.count()).where(ClaimLine.claim_id == Claim.id).scalar_subquery()
    query = select(Claim.id).where(Claim.state == ClaimState.PENDED, Claim.member_no != "")
    return session.execute(query.order_by(lines.desc(), Claim.id).limit(1)).scalar_one_or_none() or 0


def _scanned_claim(session: Session) -> int:
    """An accepted claim with its paper, else any with paper; 0 where none has any."""
    query = select(Claim.id).join(ClaimScan, ClaimScan.claim_id == Claim.id)
    accepted_first = query.order_by(Claim.state != ClaimState.ACCEPTED, Claim.id).limit(1)
    return session.execute(accepted_first).scalar_one_or_none() or 0


def _somebody(db: Database) -> Actor:
    """A user who may look into every pane; nothing is done in his name."""
    user_id, name = db.read(lambda session: session.execute(select(User.id, User.name).order_by(User.id)).first()) or (
        0,
        "",
    )
    return Actor(user_id, name, frozenset(Role))


def _settle() -> None:
    """Let the window load and paint."""
    until = monotonic() + PATIENCE
    quiet = 0
    while quiet < 5 and monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        quiet = 0 if background.busy() else quiet + 1
        sleep(0.01)
