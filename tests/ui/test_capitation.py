"""The capitation run in Payments: looked at, prepared once, told where something lacks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from claims_desk.domain.dates import office_today
from claims_desk.domain.paging import PageWanted
from claims_desk.domain.quarters import quarter_of
from claims_desk.models import Facility
from claims_desk.queries.vouchers import vouchers
from claims_desk.services.capitation import prepare_capitation
from claims_desk.ui.desk import Place
from claims_desk.ui.payments.pane import PaymentsPane
from claims_desk.ui.widgets import HouseDialog
from tests.capitated import CATCHMENTS, HC_RATE, open_capitated, put

NOW = quarter_of(office_today())


@pytest.fixture
def people(db):
    return open_capitated(db)


@pytest.fixture
def open_for(open_pane_at):
    return lambda actor: open_pane_at(PaymentsPane, actor, Place("payments", "capitation"))


def said(pane):
    return pane.strip.text().replace("\u200b", "")


def confirm(qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HouseDialog))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def cells(pane, row):
    view = pane.capitation
    return {column.key: view.model.index(row, at).data() for at, column in enumerate(view.model.columns)}


def test_the_run_is_looked_at_and_prepared_with_one_key_and_a_yes(db, people, open_for, settle, qtbot):
    put(db, update(Facility).where(Facility.code == "HC2").values(bank_account=""))
    pane = open_for(people.mai)
    view = pane.capitation
    assert (view.scheme.value(), view.quarter.value()) == ("NHI", NOW)
    share = CATCHMENTS["HC1"] * HC_RATE // 4
    assert view.run.rows[1].amount == share
    assert cells(pane, 2)["status"] == "no bank account"
    assert "to prepare: 2 for" in view.total.plain
    QTest.keyClick(view.table, Qt.Key.Key_F9)
    confirm(qtbot)
    settle()
    assert said(pane) == "2 vouchers were prepared."
    assert {(row.facility_code, row.amount) for row in db.read(vouchers, PageWanted()).rows} >= {("HC1", share)}
    assert cells(pane, 1)["status"] == "Not posted yet"
    assert not view.prepare_button.isEnabled()


def test_another_quarter_is_chosen_by_the_arrows(people, open_for, settle):
    pane = open_for(people.mai)
    view = pane.capitation
    view.quarter.setFocus()
    QTest.keyClick(view.quarter, Qt.Key.Key_Down)
    settle()
    assert view.run.quarter == NOW.before
    assert cells(pane, 0)["missing"].endswith("more")


def test_a_run_that_changed_meanwhile_is_refused_and_shown_anew(db, people, open_for, settle, qtbot):
    pane = open_for(people.mai)
    prepare_capitation(db, people.tou, "NHI", NOW, on=office_today())
    QTest.keyClick(pane.capitation.table, Qt.Key.Key_F9)
    confirm(qtbot)
    settle()
    assert "no longer what you looked at" in said(pane)
    assert db.read(vouchers, PageWanted()).count == 3


def test_a_supervisor_looks_and_prepares_nothing(db, people, open_for):
    pane = open_for(people.vanh)
    assert pane.capitation.model.rowCount() == 3
    assert not pane.capitation.prepare_button.isVisible()
