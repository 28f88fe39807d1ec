from __future__ import annotations

from PySide6.QtCore import Qt

from claims_desk.ui.widgets import Edit
from tests.ui.key.conftest import Clerk

ENTER, TAB, BACKTAB, DELETE, F3 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Delete,
    Qt.Key.Key_F3,
)
CONTROL = Qt.KeyboardModifier.ControlModifier


def at_the_lines(clerk: Clerk) -> None:
    """A form whose fields are filled as far as its lines need it."""
    clerk.sit_down()
    clerk.open("bundle", clerk.receive("HC1"))
    clerk.type("000001", "nhi", "N-1")
    clerk.go_to("care_type")
    clerk.type("opd", "10/3/2026")
    clerk.pane.sheet.grid.enter()
    clerk.settle()


def rows(clerk: Clerk) -> list[tuple[str, str, str, str]]:
    """What stands in the grid."""
    names = ("item_code", "service_date", "quantity", "unit_price")
    return [tuple(row[name] for name in names) for row in clerk.pane.sheet.grid.as_typed()]


def cell(clerk: Clerk) -> tuple[int, int]:
    """Row and column the keyboard is in."""
    index = clerk.pane.sheet.grid.currentIndex()
    assert isinstance(clerk.focus(), Edit)
    return index.row(), index.column()


def shown(clerk: Clerk, row: int) -> list[str]:
    """A row as the grid shows it."""
    model = clerk.pane.sheet.grid.lines
    return [str(model.data(model.index(row, column))) for column in range(model.columnCount())]


def test_enter_goes_from_cell_to_cell_and_a_new_row_is_there(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000")
    assert cell(clerk) == (1, 0)
    assert rows(clerk) == [("CONS", "10/3/2026", "1", "15.000")]


def test_part_of_a_name_in_either_script_is_enough_for_an_item(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("ພາຣາ")
    assert rows(clerk)[0][0] == "PARA"
    assert shown(clerk, 0)[1] == "Paracetamol"


def test_price_allowed_and_line_total_come_by_themselves(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "20000")
    assert shown(clerk, 0)[5:] == ["15.000", "15.000"]
    assert "T05" in clerk.codes()


def test_a_blank_row_and_enter_lead_to_the_save_button(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000")
    clerk.press(ENTER)
    assert clerk.focus() is clerk.pane.price.save_button


def test_control_delete_takes_a_row_out_and_delete_a_row_whose_cell_is_empty(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000", "para", "", "2", "5000", "xray", "", "1")
    clerk.pane.sheet.grid.go_to(1, "quantity")
    clerk.press(DELETE, modifier=CONTROL)
    assert [row[0] for row in rows(clerk)] == ["CONS", "XRAY"]
    assert cell(clerk) == (1, 0)
    clerk.pane.sheet.grid.go_to(1, "unit_price")
    clerk.press(DELETE)
    assert [row[0] for row in rows(clerk)] == ["CONS"]
    assert [line.line_no for line in clerk.pane.sheet.claim().lines] == [1]


def test_back_tab_goes_back_and_out_to_the_last_field(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons")
    clerk.press(BACKTAB)
    assert cell(clerk) == (0, 0)
    clerk.press(BACKTAB)
    assert clerk.at() == "received_date"


def test_tab_from_the_last_field_comes_into_the_lines(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.go_to("received_date")
    clerk.press(TAB)
    assert cell(clerk) == (0, 0)


def test_a_wrong_cell_is_told_in_words_keeps_its_text_and_does_not_trap(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "31/2/2026")
    assert cell(clerk) == (0, 3)
    assert rows(clerk)[0][1] == "31/2/2026"
    assert "is no day" in clerk.pane.sheet.cell_note.text()


def test_a_code_no_register_knows_stays_as_typed(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("zz99", "", "1", "100")
    assert rows(clerk)[0][0] == "ZZ99"
    assert "T01" in clerk.codes()


def test_an_answer_that_comes_while_a_cell_is_typed_does_not_touch_it(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000")
    editor = clerk.focus()
    clerk.pane.sheet.changed.emit()
    assert isinstance(editor, Edit)
    editor.insert("pa")
    clerk.settle()
    assert clerk.focus() is editor
    assert editor.text() == "pa"


def test_f3_takes_the_cell_above(clerk: Clerk) -> None:
    at_the_lines(clerk)
    clerk.type("cons", "", "1", "15000")
    clerk.press(F3)
    assert rows(clerk)[1][0] == "CONS"
    assert cell(clerk) == (1, 2)
