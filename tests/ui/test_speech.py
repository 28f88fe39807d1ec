from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from claims_desk.domain.columns import Column
from claims_desk.domain.messages import Name, say
from claims_desk.ui.speech import bind_text, switch_language, unbind_text
from claims_desk.ui.widgets import Button, Card, Choice, ChoiceEdit, RowsModel, Tile

PERSON = Name("ນາງ ນ້ອຍ", "Noy")


def test_bound_words_are_said_again_in_the_other_language(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label.setText, PERSON)
    assert label.text() == "Noy"
    switch_language("lo")
    assert label.text() == "ນາງ ນ້ອຍ"
    switch_language("en")
    assert label.text() == "Noy"


def test_binding_again_replaces_and_unbinding_forgets(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label.setText, PERSON)
    bind_text(label.setText, Name("ຊາຍ", "male"))
    switch_language("lo")
    assert label.text() == "ຊາຍ"
    unbind_text(label.setText)
    switch_language("en")
    assert label.text() == ""


def test_a_button_keeps_its_shortcut_through_a_switch(qtbot: QtBot) -> None:
    button = Button(say("Save"), "F9")
    qtbot.addWidget(button)
    switch_language("lo")
    assert button.shortcut().toString() == "F9"
    assert button.text().endswith("F9")


def test_a_widget_that_is_gone_hears_no_switch(qtbot: QtBot) -> None:
    card = Card(PERSON)
    tile = Tile(say("Claims"))
    card.add(tile)
    with qtbot.waitSignal(card.destroyed):
        card.deleteLater()
    switch_language("lo")


def test_lists_and_choices_are_said_again_too(qtbot: QtBot) -> None:
    edit = ChoiceEdit([Choice(1, "", PERSON)], must_choose=True)
    qtbot.addWidget(edit)
    column: Column[int] = Column("n", PERSON, lambda _: PERSON)
    model = RowsModel([column], [1])
    switch_language("lo")
    assert edit.text() == "ນາງ ນ້ອຍ"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "ນາງ ນ້ອຍ"
    assert model.index(0, 0).data() == "ນາງ ນ້ອຍ"
