"""What tests of the paper beside the form do to it and see of it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from claims_desk.models import Claim
from claims_desk.queries.scans import pages_of_claim


def drop(pane, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, buttons, none = QPoint(200, 200), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, Qt.DropAction.CopyAction, mime, buttons, none)
    QApplication.sendEvent(pane, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, mime, buttons, none))


def keyed(clerk):
    """The pages of each claim, in the order they were keyed."""
    ids = clerk.db.read(lambda session: session.execute(select(Claim.id).order_by(Claim.id)).scalars().all())
    return [clerk.db.read(pages_of_claim, claim_id) for claim_id in ids]


def fill(clerk, form_no):
    """Key the least there is; F9 twice saves it with what is missing."""
    clerk.go_to("form_no")
    clerk.focus().selectAll()
    clerk.type(form_no)
    clerk.press(Qt.Key.Key_F9)
    clerk.press(Qt.Key.Key_F9)
