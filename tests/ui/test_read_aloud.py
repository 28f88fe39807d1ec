"""What a screen reader is given: what stands beneath a field, notices, and the heads of cells."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from claims_desk.domain.columns import Column
from claims_desk.domain.messages import say
from claims_desk.ui.speech import switch_language
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Field, MessageStrip, RowsModel, Table, TextEdit
from claims_desk.ui.widgets.announce import announcer

HELP = say("The name the administrator gave you.")
WRONG = say("This must be filled in.")


def described(field: Field) -> str:
    reader = QAccessible.queryAccessibleInterface(field.edit)
    return reader.text(QAccessible.Text.Description)


def test_what_stands_beneath_a_field_is_its_description_in_the_language_in_use(qtbot: QtBot) -> None:
    field = Field(say("User"), TextEdit(), help_text=HELP)
    qtbot.addWidget(field)
    assert described(field) == HELP.text()
    field.set_finding(WRONG, Tone.BAD)
    assert described(field) == f"{WRONG.text()}\n{HELP.text()}"
    switch_language("lo")
    assert described(field) == f"{WRONG.text('lo')}\n{HELP.text('lo')}"
    field.set_finding(None)
    assert described(field) == HELP.text("lo")


def test_a_finding_is_said_once_and_a_hint_is_not(qtbot: QtBot) -> None:
    field, said = Field(say("User"), TextEdit(), help_text=HELP), list[str]()
    qtbot.addWidget(field)
    field.show()
    announcer.said.connect(said.append)
    field.set_hint(HELP)
    for _ in range(2):
        field.set_finding(WRONG)
    announcer.said.disconnect(said.append)
    assert said == [WRONG.text()]


def test_a_notice_is_said_as_it_comes_up(qtbot: QtBot) -> None:
    strip, said = MessageStrip(), list[str]()
    qtbot.addWidget(strip)
    announcer.said.connect(said.append)
    strip.tell(WRONG, Tone.WARN)
    announcer.said.disconnect(said.append)
    assert said == [WRONG.text()]


def test_a_cell_is_read_with_the_head_of_its_column(qtbot: QtBot) -> None:
    table: Table[int] = Table(RowsModel([Column("n", say("User"), str)], [7]), say("Users"))
    qtbot.addWidget(table)
    table.show()
    reader = QAccessible.queryAccessibleInterface(table)
    parts = [reader.child(number) for number in range(reader.childCount())]
    (cell,) = [each for each in parts if each.role() == QAccessible.Role.Cell]
    assert cell.text(QAccessible.Text.Name) == "7"
    assert cell.text(QAccessible.Text.Description) == "User"
