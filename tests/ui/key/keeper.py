"""A clerk's program in a process of its own: keys a form until it is killed, or tells what came back.

`python -m tests.ui.key.keeper key|look DATABASE USER_ID`, with the user's folders given by the environment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import Role
from claims_desk.models.database import Database
from claims_desk.ui import background, theme
from claims_desk.ui.desk import Desk
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.settings import Settings

TYPED = {"form_no": "000077", "scheme": "NHI", "patient_name": "Noy Keo", "visit_from": "31/2/2026", "phone": "0205"}


def main(what: str, url: str, user_id: int) -> None:
    """Key, or look."""
    app, pane = opened_pane(url, user_id)
    if what == "key":
        _key(app, pane)
    texts = {name: pane.sheet.form.edit(name).text() for name in TYPED}
    bundle = pane.bundle.bundle
    found = {**texts, "lines": pane.sheet.grid.as_typed(), "bundle": bundle.number if bundle else ""}
    print(json.dumps({**found, "told": pane.strip.text()}), flush=True)


def opened_pane(url: str, user_id: int) -> tuple[QApplication, KeyPane]:
    """The Key pane as when the clerk has just signed in."""
    app = QApplication([])
    theme.dress(app)
    pane = KeyPane(Desk(Database.open(url), Actor(user_id, "noy", frozenset({Role.CLERK})), Settings(language="en")))
    pane.show()
    pane.open()
    turn_over(app, lambda: not background.busy())
    return app, pane


def _key(app: QApplication, pane: KeyPane) -> None:
    for name, text in TYPED.items():
        edit = pane.sheet.form.edit(name)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
    pane.sheet.grid.go_to(0, "item_code")
    for text in ("cons", "", "2"):
        editor = QApplication.focusWidget()
        assert editor is not None
        QTest.keyClicks(editor, text + "\r")
    until = time.monotonic() + 1
    turn_over(app, lambda: time.monotonic() > until)
    print("typed", flush=True)
    turn_over(app, lambda: False)


def turn_over(app: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not until():
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
