from __future__ import annotations

from datetime import date

import pytest
from platformdirs import user_data_path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from claims_desk.domain.totals import Totals
from claims_desk.models.database import Database
from claims_desk.services.drafts import Draft, DraftBox
from claims_desk.ui.receive.bundle_draft import FOLDER as BUNDLE_DRAFTS
from claims_desk.ui.widgets import MonthEdit
from tests.small_office import MONTH, People
from tests.ui.conftest import Settle, type_keys
from tests.ui.receive.conftest import (
    CONTROL,
    Open,
    all_bundles,
    enter,
    focused,
    receive,
    said,
)


def test_a_bundle_is_received_by_keyboard_alone(db: Database, people: People, open_for: Open, settle: Settle) -> None:
    pane = open_for(people.noy)
    receive(pane, settle, "HC1", "3/2026", "2/4/2026", "12", "3.450.000", "10453", "12", "3450000", "10.453")
    (row,) = all_bundles(db)
    assert (row.facility_code, row.month, row.received_on) == ("HC1", MONTH, date(2026, 4, 2))
    assert row.counted == Totals(12, 3_450_000, 10_453)
    assert row.received_by == "noy"
    assert said(pane.strip.text()) == "The bundle is registered."
    assert pane.view.card.title.text() == row.number


def test_a_facility_is_found_by_part_of_its_lao_name(
    people: People, open_for: Open, settle: Settle, db: Database
) -> None:
    pane = open_for(people.noy)
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    enter("ນໍ້າງື່ມ", settle)
    settle()
    assert pane.form.facility.value() == "HC2"
    assert pane.form.month.hasFocus()


def test_totals_that_differ_are_told_in_words_and_refused(
    db: Database, people: People, open_for: Open, settle: Settle
) -> None:
    pane = open_for(people.noy)
    receive(pane, settle, "HC1", "3/2026", "2/4/2026", "12", "3450000", "10453", "12", "3450001", "10453")
    kip_again = pane.form.totals.again[1]
    assert all_bundles(db) == ()
    assert said(kip_again.note.text()) == "First it was 3.450.000. Count again."
    assert kip_again.edit.hasFocus()


def test_a_form_with_nothing_in_it_is_not_saved_and_says_what_is_missing(
    db: Database, people: People, open_for: Open, settle: Settle
) -> None:
    pane = open_for(people.noy)
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    QTest.keyClick(focused(), Qt.Key.Key_F9)
    settle()
    assert all_bundles(db) == ()
    assert pane.form.facility.hasFocus()
    assert pane.form.facility.problem is not None


def test_what_the_office_refuses_stands_on_the_form_and_nothing_typed_is_lost(
    db: Database, people: People, open_for: Open, settle: Settle
) -> None:
    pane = open_for(people.noy)
    receive(pane, settle, "XX9", "3/2026", "2/4/2026", "12", "3450000", "10453", "12", "3450000", "10453")
    assert "no facility XX9" in said(pane.form.strip.text())
    assert pane.form.totals.totals() == Totals(12, 3_450_000, 10_453)


def test_a_form_put_away_with_escape_comes_back_as_it_was(people: People, open_for: Open, settle: Settle) -> None:
    pane = open_for(people.noy)
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    enter("HC1", settle)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not pane.form.isVisible()
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    assert pane.form.isVisible()
    assert pane.form.facility.value() == "HC1"


def test_what_was_typed_of_a_bundle_comes_back_in_the_next_window_until_it_is_registered(
    db: Database, people: People, open_for: Open, settle: Settle
) -> None:
    first = open_for(people.noy)
    QTest.keyClick(first, Qt.Key.Key_N, CONTROL)
    for text in ("HC1", "3/2026", "31/2", "1"):
        enter(text, settle)
    second = open_for(people.noy)
    QTest.keyClick(second, Qt.Key.Key_N, CONTROL)
    settle()
    assert [edit.text() for edit in second.form.edits()[:5]] == ["HC1", "3/2026", "31/2", "1", ""]
    assert said(second.form.strip.text()) == "What you typed of a bundle came back."
    assert second.form.edits()[4].hasFocus()
    second.form.received.setText("2/4/2026")
    for text in ("25000", "1", "1", "25000", "1"):
        enter(text, settle)
    QTest.keyClick(focused(), Qt.Key.Key_F9)
    settle()
    assert len(all_bundles(db)) == 1
    third = open_for(people.noy)
    QTest.keyClick(third, Qt.Key.Key_N, CONTROL)
    settle()
    assert third.form.is_blank()


def test_a_bundle_emptied_by_hand_does_not_come_back(people: People, open_for: Open, settle: Settle) -> None:
    first = open_for(people.noy)
    QTest.keyClick(first, Qt.Key.Key_N, CONTROL)
    type_keys(focused(), "HC")
    first.form.month.setFocus()
    settle()
    first.form.facility.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    settle()
    second = open_for(people.noy)
    QTest.keyClick(second, Qt.Key.Key_N, CONTROL)
    settle()
    assert second.form.is_blank()


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("9/2026", date(2026, 9, 1)),
        ("9/26", date(2026, 9, 1)),
        ("໙/໒໐໒໖", date(2026, 9, 1)),
        ("3", date(2026, 3, 1)),
        ("12", date(2025, 12, 1)),
        ("t", date(2026, 11, 1)),
        ("-1", date(2026, 10, 1)),
        ("13/2026", None),
        ("9/2569", None),
        ("September", None),
    ],
)
def test_a_month_is_read_as_it_is_written(typed: str, month: date | None, qtbot: QtBot) -> None:
    edit = MonthEdit(today=lambda: date(2026, 11, 23))
    qtbot.addWidget(edit)
    edit.setText(typed)
    assert edit.value() == month
    edit.settle()
    assert (edit.problem is None) == (month is not None)


def test_a_spoilt_draft_of_a_bundle_leaves_the_form_to_be_typed(
    db: Database, people: People, open_for: Open, settle: Settle
) -> None:
    folder = user_data_path("claims-desk", appauthor=False) / BUNDLE_DRAFTS
    DraftBox(folder).save(Draft(user="noy", database=db.identity, typed={"texts": 5}))
    pane = open_for(people.noy)
    QTest.keyClick(pane, Qt.Key.Key_N, CONTROL)
    enter("HC1", settle)
    assert pane.form.facility.value() == "HC1"
