"""The pool's ledger in Payments: asked by the keyboard, opened to its entries and their voucher."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from claims_desk.models import Scheme
from claims_desk.queries.ledger import Grouping
from claims_desk.ui.list_export import write
from claims_desk.ui.payments.pane import PaymentsPane
from tests.payable import open_treasury
from tests.services.test_ledger import change, post, prepared, reverse
from tests.ui.conftest import type_keys

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def opened(db, open_pane, settle):
    people = open_treasury(db)
    change(db, Scheme, fund="")
    wrong = post(db, people, prepared(db, people, 1, payable=100), MAY)
    post(db, people, prepared(db, people, 2, scheme="SASS", payable=7), MAY)
    reverse(db, people, wrong, JUNE)
    pane = open_pane(PaymentsPane, people.vanh)
    pane.switch.set_value("ledger")
    settle()
    return pane.ledger, pane


def shown(view):
    model = view.balances.model
    return [[column.text(row) for column in model.columns] for row in model.rows]


def test_the_trial_balance_stands_first_and_its_total_is_zero(db, open_pane, settle):
    view, _ = opened(db, open_pane, settle)
    assert shown(view) == [
        ["Fund NHI", "2", "100", "100", "0"],
        ["Fund SASS", "1", "7", "0", "7"],
        ["Common pool", "6", "207", "207", "0"],
        ["Owed to Vang Vieng Health Centre", "3", "100", "107", "-7"],
    ]
    assert view.total.plain == "Total: debit 414 · credit 414 · balance 0"
    assert (view.badge.isVisible(), view.badge.text()) == (True, "debit and credit agree")
    assert view.entries.model.count == 12


def test_it_is_asked_by_keyboard_for_months_accounts_and_two_groupings(db, open_pane, qtbot, settle):
    view, _ = opened(db, open_pane, settle)
    for edit, keys in ((view.months.first, "5/2026"), (view.months.last, "5/2026")):
        edit.setFocus()
        type_keys(edit, keys)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    for choice, steps in ((view.book, 1), (view.by, 1), (view.then, 5)):
        choice.setFocus()
        qtbot.keyClick(choice, Qt.Key.Key_F2)
        for _ in range(steps):
            qtbot.keyClick(choice, Qt.Key.Key_Down)
        qtbot.keyClick(choice, Qt.Key.Key_Return)
        settle()
    assert view.wanted.by == (Grouping.SCHEME, Grouping.MONTH)
    assert (view.wanted.first, view.wanted.last) == (date(2026, 5, 1), date(2026, 5, 31))
    settle()
    assert [row[:2] for row in shown(view)] == [["NHI", "5/2026"], ["SASS", "5/2026"]]
    assert view.total.plain == "Total: debit 107 · credit 0 · balance 107"
    assert not view.badge.isVisible()


def test_a_balance_opens_to_its_entries_and_an_entry_to_its_voucher(db, open_pane, qtbot, settle):
    view, pane = opened(db, open_pane, settle)
    pane.desk.went.connect(pane.open)
    view.balances.table.selectRow(0)
    settle()
    assert [(row.account, row.balance) for row in view.entries.model.rows] == [("FUND:NHI", -100), ("FUND:NHI", 100)]
    view.balances.table.setFocus()
    qtbot.keyClick(view.balances.table, Qt.Key.Key_Return)
    assert view.entries.table.hasFocus()
    qtbot.keyClick(view.entries.table, Qt.Key.Key_Return)
    settle()
    assert pane.switch.value() == "vouchers"
    assert pane.vouchers.listing.search.text() == "1003/2026/00003"


def test_below_the_entries_stands_what_both_sides_come_to(db, open_pane, settle):
    view, _ = opened(db, open_pane, settle)
    whole = f"Debit and credit: {view._all.debit:,} kip each".replace(",", ".")
    assert view.sides.plain == whole
    assert view.entries.totals.all.text().endswith(str(view._all.entries))
    view.balances.table.selectRow(0)
    settle()
    assert view.sides.plain == "Debit and credit: 100 kip each"
    one_sided = next(place for place, row in enumerate(view.balances.model.rows) if row.balance)
    view.balances.table.selectRow(one_sided)
    settle()
    row = view.balances.model.rows[one_sided]
    assert view.sides.plain == f"Debit {row.debit} · credit {row.credit} kip"
    view.balances.table.clearSelection()
    settle()
    assert view.sides.plain == whole


def test_the_list_goes_out_as_a_workbook_under_its_own_columns(db, open_pane, settle, tmp_path):
    view, _ = opened(db, open_pane, settle)
    view.by.set_value(Grouping.MONTH)
    view.then.set_value(Grouping.ACCOUNT)
    view.by.typed.emit()
    settle()
    assert [column.key for column in view.balances.model.columns[:2]] == ["month", "account"]
    assert shown(view)[0][:2] == ["5/2026", "Fund NHI"]
    rows = write(view.balances.table, tmp_path / "ledger.xlsx", "Balances", lambda *_: None, lambda: False)
    assert rows == len(view.balances.model.rows) == 7
