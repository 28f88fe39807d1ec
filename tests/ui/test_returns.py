"""Monthly returns by the keyboard: typed, asked about, saved, closed, opened again, and never lost."""

from __future__ import annotations

from datetime import date

import pytest
from platformdirs import user_data_path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from claims_desk.domain.codes import ReturnState, Section
from claims_desk.domain.dates import months_before, office_today
from claims_desk.domain.messages import LAO
from claims_desk.domain.monthly_return import COLUMNS, Cell, all_places
from claims_desk.domain.return_questions import Asked
from claims_desk.queries.monthly_returns import Standing, return_opened
from claims_desk.services.drafts import Draft, DraftBox
from claims_desk.services.monthly_returns import ReturnForm, close_return, save_return
from claims_desk.ui.commands_here import rank, views_elsewhere
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.finders import returns_found
from claims_desk.ui.panes import PANES
from claims_desk.ui.receive.pane import ReceivePane
from claims_desk.ui.returns.keeping import FOLDER
from claims_desk.ui.returns.new_return import NewReturnDialog
from claims_desk.ui.returns.sheet_model import FIRST, NAME, TOTAL
from claims_desk.ui.returns.typed import as_json, from_json
from claims_desk.ui.settings import Settings
from claims_desk.ui.speech import switch_language
from tests.capitated import open_capitated
from tests.ui.conftest import type_keys

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LAST_MONTH = months_before(office_today(), 1)
OPD, IPD = Section.OPD, Section.IPD


@pytest.fixture
def people(db):
    return open_capitated(db)


@pytest.fixture
def open_for(open_pane):
    """Opens Receive for somebody at a place in it."""
    return lambda actor, place=None: open_pane(ReceivePane, actor, place or Place("receive", "returns"))


def hc1():
    return Place("receive", "return", text=f"HC1 {LAST_MONTH}")


def keep(db, actor, counts, facility="HC1", month=LAST_MONTH, return_id=0):
    form = ReturnForm(facility_code=facility, month=month, counts=counts)
    return save_return(db, actor, form, return_id, on=office_today())


def zeros():
    return dict.fromkeys(all_places(), 0)


def kept(db, facility="HC1"):
    return db.read(return_opened, facility, LAST_MONTH)


def press(pane, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(pane.returns.sheet.grid, key, modifier)


def said(pane):
    return pane.strip.text().replace("\u200b", "")


def shown(pane, row, column):
    return pane.returns.sheet.model.index(row, column).data()


def give_reason(qtbot, words):
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    type_keys(QApplication.focusWidget(), words)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)


def test_the_list_shows_what_lacks_and_enter_opens_its_form(people, open_for, settle):
    pane = open_for(people.staff.noy)
    view = pane.returns
    assert (view.listing.model.count, view.listing.model.rows[0].standing) == (36, Standing.MISSING)
    view.listing.table.setFocus()
    QTest.keyClick(view.listing.table, Qt.Key.Key_Return)
    settle()
    assert view.sheet.title.plain == f"Vang Vieng District Hospital, {LAST_MONTH.month}/{LAST_MONTH.year}"
    assert view.sheet.grid.hasFocus()
    assert view.sheet.grid.current_cell() == Cell(OPD, 1, COLUMNS[0])


def test_digits_go_into_the_place_and_enter_and_tab_go_on(people, open_for):
    pane = open_for(people.staff.noy, hc1())
    grid = pane.returns.sheet.grid
    for number in ("12", "3", "໔", "05"):
        type_keys(grid, number)
        press(pane, Qt.Key.Key_Return)
    type_keys(grid, "-")
    press(pane, Qt.Key.Key_Tab)
    assert [shown(pane, 1, FIRST + at) for at in range(5)] == ["12", "3", "4", "5", "–"]
    assert shown(pane, 1, TOTAL) == "24"
    assert grid.current_cell() == Cell(OPD, 1, COLUMNS[5])
    press(pane, Qt.Key.Key_Return, modifier=SHIFT)
    assert grid.current_cell() == Cell(OPD, 1, COLUMNS[4])
    sums = pane.returns.sheet.sheet.sums.model()
    assert [sums.index(0, column).data() for column in (FIRST, TOTAL)] == ["12", "24"]


def test_enter_at_the_end_of_a_row_begins_the_next_and_passes_the_heading(people, open_for):
    pane = open_for(people.staff.noy, hc1())
    grid = pane.returns.sheet.grid
    grid.go_to(OPD, 43)
    for _ in COLUMNS:
        press(pane, Qt.Key.Key_Return)
    assert grid.current_cell() == Cell(IPD, 1, COLUMNS[0])
    press(pane, Qt.Key.Key_Up)
    assert grid.current_cell() == Cell(OPD, 43, COLUMNS[0])
    press(pane, Qt.Key.Key_Left)
    assert grid.current_cell() == Cell(OPD, 43, COLUMNS[0])
    press(pane, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert grid.current_cell() == Cell(IPD, 1, COLUMNS[1])


def test_typing_again_replaces_and_is_taken_back_number_by_number(people, open_for):
    pane = open_for(people.staff.noy, hc1())
    grid = pane.returns.sheet.grid
    type_keys(grid, "12")
    press(pane, Qt.Key.Key_Right, Qt.Key.Key_Left)
    type_keys(grid, "345678")
    assert shown(pane, 1, FIRST) == "34567"
    press(pane, Qt.Key.Key_Backspace)
    assert shown(pane, 1, FIRST) == "3456"
    press(pane, Qt.Key.Key_Z, modifier=CONTROL)
    assert shown(pane, 1, FIRST) == "12"
    press(pane, Qt.Key.Key_Y, modifier=CONTROL)
    assert shown(pane, 1, FIRST) == "3456"
    press(pane, Qt.Key.Key_Delete)
    assert shown(pane, 1, FIRST) == ""
    type_keys(grid, "x!")
    assert shown(pane, 1, FIRST) == ""


def test_blanks_are_answered_by_the_row_and_by_the_section(people, open_for):
    pane = open_for(people.staff.noy, hc1())
    grid, model = pane.returns.sheet.grid, pane.returns.sheet.model
    type_keys(grid, "7")
    press(pane, Qt.Key.Key_F6)
    assert [shown(pane, 1, FIRST + at) for at in range(8)] == ["7", *"0000000"]
    press(pane, Qt.Key.Key_F7)
    assert len(model.sheet.counts) == 43 * 8
    grid.go_to(IPD, 1)
    press(pane, Qt.Key.Key_F7, modifier=SHIFT)
    assert len(model.sheet.counts) == 85 * 8
    assert model.sheet.counts[Cell(IPD, 42, COLUMNS[7])] is None
    press(pane, Qt.Key.Key_Z, modifier=CONTROL)
    assert len(model.sheet.counts) == 43 * 8


def test_a_return_is_saved_as_far_as_it_is_and_closed_when_nothing_is_asked(db, people, open_for, settle):
    pane = open_for(people.staff.noy, hc1())
    grid = pane.returns.sheet.grid
    type_keys(grid, "7")
    press(pane, Qt.Key.Key_F9)
    settle()
    assert said(pane) == "The return is saved."
    assert dict(kept(db).counts) == {Cell(OPD, 1, COLUMNS[0]): 7}
    press(pane, Qt.Key.Key_F8)
    settle()
    assert said(pane) == "2 questions are open. F4 goes to the next."
    assert [(each.kind, each.value) for each in pane.returns.sheet.card.open] == [
        (Asked.BLANK, 343),
        (Asked.BLANK, 336),
    ]
    press(pane, Qt.Key.Key_F7)
    press(pane, Qt.Key.Key_F4, Qt.Key.Key_F7)
    press(pane, Qt.Key.Key_F8)
    settle()
    assert said(pane) == "The return is closed."
    assert (kept(db).state, kept(db).closed_by) == (ReturnState.CLOSED, "noy")
    type_keys(grid, "9")
    assert shown(pane, 1, FIRST) == "7"


def test_a_questioned_number_is_gone_to_and_confirmed_with_a_reason(db, people, open_for, settle, qtbot):
    keep(db, people.staff.noy, zeros() | {Cell(OPD, 1, COLUMNS[0]): 99, Cell(IPD, 4, COLUMNS[2]): 3})
    pane = open_for(people.staff.noy, hc1())
    sheet = pane.returns.sheet
    press(pane, Qt.Key.Key_F4)
    assert sheet.grid.current_cell() == Cell(IPD, 4, COLUMNS[0])
    press(pane, Qt.Key.Key_Return, modifier=CONTROL)
    give_reason(qtbot, "the ward was full")
    settle()
    (answer,) = kept(db).answers
    assert (answer.reason, answer.by, answer.question.value) == ("the ward was full", "noy", 3)
    assert sheet.card.open == ()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    press(pane, Qt.Key.Key_F8)
    settle()
    assert "noy confirmed unusual numbers" in said(pane)
    assert kept(db).state == ReturnState.OPEN
    other = open_for(people.staff.kham, hc1())
    press(other, Qt.Key.Key_F8)
    settle()
    assert kept(db).state == ReturnState.CLOSED


def test_only_a_supervisor_opens_a_closed_return_again(db, people, open_for, settle, qtbot):
    key = keep(db, people.staff.noy, zeros())
    close_return(db, people.staff.noy, key)
    assert not open_for(people.staff.noy, hc1()).returns.sheet.reopen_button.isVisible()
    pane = open_for(people.vanh, hc1())
    QTest.keyClick(pane.returns.sheet.grid, Qt.Key.Key_R, CONTROL)
    give_reason(qtbot, "a number was wrong")
    settle()
    assert kept(db).state == ReturnState.OPEN
    assert not pane.returns.sheet.reopen_button.isVisible()


def test_what_is_typed_comes_back_and_is_forgotten_once_saved(db, people, open_for, settle):
    pane = open_for(people.staff.noy, hc1())
    type_keys(pane.returns.sheet.grid, "31")
    assert pane.may_close()
    again = open_for(people.staff.noy, hc1())
    assert said(again) == "What you typed of this return came back."
    assert shown(again, 1, FIRST) == "31"
    assert kept(db).id == 0
    press(again, Qt.Key.Key_F9)
    settle()
    third = open_for(people.staff.noy, hc1())
    assert said(third) == ""
    assert shown(third, 1, FIRST) == "31"
    assert shown(open_for(people.staff.kham, hc1()), 1, FIRST) == "31"


def test_a_draft_of_before_databases_were_told_apart_by_their_path_comes_back_once(db, people, open_for, settle):
    typed = {"facility": "HC1", "month": LAST_MONTH.isoformat(), "places": as_json({Cell(OPD, 1, COLUMNS[0]): "31"})}
    box = DraftBox(user_data_path("claims-desk", appauthor=False) / FOLDER)
    box.save(Draft(user="noy", database=db.place, typed=typed, version=0, key="b" * 32))
    pane = open_for(people.staff.noy, hc1())
    assert shown(pane, 1, FIRST) == "31"
    press(pane, Qt.Key.Key_F9)
    settle()
    assert dict(kept(db).counts) == {Cell(OPD, 1, COLUMNS[0]): 31}
    assert box.drafts("noy", db.identity, db.place) == []


def test_what_is_typed_while_it_is_being_saved_stays(db, people, open_for, settle):
    pane = open_for(people.staff.noy, hc1())
    grid = pane.returns.sheet.grid
    type_keys(grid, "7")
    press(pane, Qt.Key.Key_F9, Qt.Key.Key_Right)
    type_keys(grid, "8")
    press(pane, Qt.Key.Key_F9)  # one deed at a time: this one is not heard
    settle()
    assert dict(kept(db).counts) == {Cell(OPD, 1, COLUMNS[0]): 7}
    assert [shown(pane, 1, FIRST + at) for at in range(2)] == ["7", "8"]
    assert pane.returns.sheet.model.theirs == {}
    press(pane, Qt.Key.Key_F9)
    settle()
    assert dict(kept(db).counts) == {Cell(OPD, 1, COLUMNS[0]): 7, Cell(OPD, 1, COLUMNS[1]): 8}


def test_an_unknown_facility_is_told_in_the_dialog(people, open_for, settle, qtbot):
    pane = open_for(people.staff.noy)
    pane.returns.ask_which()
    dialog = pane.findChild(NewReturnDialog) or QApplication.activeModalWidget()
    dialog.facility.setText("ZZ9")
    dialog.month.setText("3/2024")
    dialog.accept()
    settle()
    assert dialog.isVisible()
    assert dialog.facility.problem.text() == "There is no facility ZZ9."
    dialog.reject()


def test_the_drafts_of_one_return_are_not_those_of_another(people, open_for, settle):
    pane = open_for(people.staff.noy, hc1())
    type_keys(pane.returns.sheet.grid, "31")
    QTest.keyClick(pane.returns.sheet.grid, Qt.Key.Key_Escape)
    settle()
    assert pane.returns.listing.isVisible()
    pane.returns.open_return("HC2", LAST_MONTH)
    settle()
    assert shown(pane, 1, FIRST) == ""
    pane.returns.open_return("HC1", LAST_MONTH)
    settle()
    assert shown(pane, 1, FIRST) == "31"


def test_the_slower_of_two_keeps_what_he_typed_and_sees_what_differs(db, people, open_for, settle):
    key = keep(db, people.staff.noy, {Cell(OPD, 1, COLUMNS[0]): 1})
    pane = open_for(people.staff.noy, hc1())
    keep(db, people.staff.kham, {Cell(OPD, 1, COLUMNS[0]): 2, Cell(OPD, 1, COLUMNS[1]): 5}, return_id=key)
    type_keys(pane.returns.sheet.grid, "9")
    press(pane, Qt.Key.Key_F9)
    settle()
    assert "kham saved this return while you were typing. 2 places differ" in said(pane)
    model = pane.returns.sheet.model
    assert model.index(1, FIRST).data(Qt.ItemDataRole.ToolTipRole) == "Saved by a colleague: 2"
    assert shown(pane, 1, FIRST) == "9"
    press(pane, Qt.Key.Key_F9)
    settle()
    assert dict(kept(db).counts) == {Cell(OPD, 1, COLUMNS[0]): 9}


def test_the_form_speaks_the_language_of_the_window(people, open_for):
    pane = open_for(people.staff.noy, hc1())
    assert shown(pane, 4, NAME) == "Common cold"
    switch_language(LAO)
    assert shown(pane, 4, NAME) == "ໄຂ້ຫວັດທຳມະດາ"
    head = pane.returns.sheet.model.headerData(FIRST, Qt.Orientation.Horizontal)
    assert head == "ຍິງ < 5\nບໍ່ເສຍ"


def test_a_month_long_ago_is_opened_by_facility_and_month(db, people, open_for, settle, qtbot):
    pane = open_for(people.staff.noy)
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: pane.window().focusWidget() is not QApplication.focusWidget())
    for text in ("HC1", "3/2024"):
        type_keys(QApplication.focusWidget(), text)
        settle()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F9)
    settle()
    assert pane.returns.sheet.title.plain == "Vang Vieng Health Centre, 3/2024"


def test_an_auditor_reads_and_types_nothing(db, people, open_for):
    keep(db, people.staff.noy, {Cell(OPD, 1, COLUMNS[0]): 1})
    pane = open_for(people.mai, hc1())
    type_keys(pane.returns.sheet.grid, "9")
    assert shown(pane, 1, FIRST) == "1"
    assert not pane.returns.new_button.isVisible()


def test_what_ctrl_k_finds(db, people):
    desk = Desk(db, people.staff.noy, Settings())
    views = views_elsewhere(desk, PANES)
    assert [view.title.text("en") for view in views if rank(view, "monthly ret") == 0] == ["Monthly returns"]
    assert "Capitation run" in [view.title.text("en") for view in views if rank(view, "ເໝົາຈ່າຍ") is not None]
    found = returns_found(desk, "DH1")[0]
    assert found.place == Place("receive", "return", 0, f"DH1 {LAST_MONTH}")
    assert date.fromisoformat(found.place.text.split(" ")[1]) == LAST_MONTH


def test_of_a_spoilt_draft_the_places_that_can_be_read_come_back() -> None:
    cell = next(iter(all_places()))
    (name,) = as_json({cell: "7"})
    assert from_json({name: "7", "no such place": "1"}) == {cell: "7"}
    for spoilt in (None, 5, ["x"], {name: "much"}, {name: 5}, {name: "9" * 99}):
        assert from_json(spoilt) == {}
