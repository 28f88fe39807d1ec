"""A clerk in a process of its own who keys one form after another until the process is killed.

`python -m tests.ui.key.steady_keyer DATABASE USER_ID`; prints a JSON line of form number, field, text and moment for
every field he has left.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from claims_desk.ui import background
from claims_desk.ui.key.pane import KeyPane
from tests.ui.key.keeper import opened_pane, turn_over

FIELDS = {
    "scheme": "NHI",
    "member_no": "N-1",
    "patient_name": "Bounmy",
    "phone": "02055512345",
    "visit_from": "10/3/2026",
    "visit_to": "10/3/2026",
    "diagnosis_main": "J06.9",
    "claimed_total": "25000",
}
BETWEEN_KEYS = 0.004  # seconds: faster than any hand
LINES = 4


def main(url: str, user_id: int) -> None:
    """Key for good."""
    app, pane = opened_pane(url, user_id)
    print("ready", flush=True)
    for number in count(1):
        _key_form(app, pane, f"{number:06d}")


def _key_form(app: QApplication, pane: KeyPane, form_no: str) -> None:
    form = pane.sheet.form
    for name, text in {"form_no": form_no, **FIELDS}.items():
        edit = form.edit(name)
        edit.setFocus()
        edit.selectAll()
        _type(app, edit, text)
        pane.sheet.form.edit("phone" if name != "phone" else "form_no").setFocus()
        _left(form_no, name, text)
    pane.sheet.grid.go_to(0, "item_code")
    for line in range(LINES):
        for column, text in (("item_code", "PARA"), ("service_date", ""), ("quantity", "2"), ("unit_price", "5000")):
            editor = app.focusWidget()
            assert editor is not None
            _type(app, editor, text)
            QTest.keyClick(editor, Qt.Key.Key_Return)
            if text:
                _left(form_no, f"{line} {column}", text)
    _save(app, pane, form_no)


def _save(app: QApplication, pane: KeyPane, form_no: str) -> None:
    """F9 until the form is on its way into the database and another one lies on the table."""
    while pane.sheet.form.edit("form_no").text() == form_no:
        QTest.keyClick(app.focusWidget() or pane, Qt.Key.Key_F9)
        turn_over(app, lambda: not background.busy())


def _type(app: QApplication, widget: QWidget, text: str) -> None:
    for letter in text:
        QTest.keyClicks(widget, letter)
        until = time.monotonic() + BETWEEN_KEYS
        turn_over(app, lambda until=until: time.monotonic() > until)


def _left(form_no: str, name: str, text: str) -> None:
    print(json.dumps([form_no, name, text, time.time()]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
