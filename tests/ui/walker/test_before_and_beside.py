"""What stands before and beside the panes: the start with all its pages, the lock, help, lists under fields."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from claims_desk.domain.messages import ENGLISH, LAO
from claims_desk.ui.first_run import ON_SERVER
from claims_desk.ui.settings import Settings
from claims_desk.ui.settings_dialog import use_settings
from claims_desk.ui.speech import switch_language
from claims_desk.ui.start import StartWindow
from claims_desk.ui.widgets.listed_edit import ListedEdit
from tests.ui.walker.filled_office import EVERYTHING
from tests.ui.walker.painted import badly_painted, cut_cells
from tests.ui.walker.seen import on_screen, pale
from tests.ui.walker.test_walk import SMALL, Open, open_window, wrong
from tests.ui.walker.walk import go, settle

__all__ = ["open_window"]
LARGEST = {"normal": Settings(language=LAO, text_size="largest")}
LARGEST["high"] = Settings(language=LAO, text_size="largest", contrast="high")
LEAST = {"normal": 4.5, "high": 7.0}


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[StartWindow]:
    window = StartWindow(Settings(language=LAO))
    qtbot.addWidget(window)
    window.resize(*SMALL)
    window.show()
    yield window
    use_settings(Settings(language=ENGLISH))


def pages(window: StartWindow) -> Iterator[QWidget]:
    """Each page as it comes up, and where the data is as asked of a server; each with a refusal too."""
    for page in (window.where, window.set_up, window.upgrade, window.sign_in):
        window._turn(page)
        yield page
    window._turn(window.where)
    window.where.where.set_value(ON_SERVER)
    window.where.where.typed.emit()
    yield window.where
    window.where.next()  # nothing is filled in: each field says so
    yield window.where


@pytest.mark.parametrize("contrast", list(LARGEST))
def test_every_page_of_the_start_is_whole_and_in_one_language(start: StartWindow, contrast: str) -> None:
    use_settings(LARGEST[contrast])
    faults: list[str] = []
    for page in pages(start):
        for language in (ENGLISH, LAO):
            switch_language(language)
            settle()
            found = (
                *wrong(start, language),
                *badly_painted(start, LEAST[contrast]),
                *pale(start, set(), LEAST[contrast]),
            )
            faults += [f"{type(page).__name__} {language}: {each}" for each in found]
    assert faults == []


@pytest.mark.parametrize("contrast", list(LARGEST))
def test_the_lock_is_whole_and_hides_the_panes_from_the_reader_too(open_window: Open, contrast: str) -> None:
    frame = open_window(EVERYTHING, LARGEST[contrast])
    frame.resize(*SMALL)
    frame.lock_now()
    settle()
    assert [*wrong(frame, LAO), *badly_painted(frame, LEAST[contrast]), *pale(frame, set(), LEAST[contrast])] == []
    assert not frame.stack.isVisible()


def test_every_list_under_a_field_and_every_help_note_is_whole(open_window: Open) -> None:
    frame = open_window(EVERYTHING, LARGEST["normal"])
    use_settings(LARGEST["normal"])
    frame.resize(*SMALL)
    faults: list[str] = []
    lists = 0
    for kind in frame.kinds:
        go(frame, kind.key)
        for edit in [each for each in on_screen(frame) if isinstance(each, ListedEdit)]:
            edit.setFocus()
            edit.open_list()
            settle()
            lists += edit.list_is_open
            faults += [f"{kind.key} list of {edit.accessibleName()}: {each}" for each in cut_cells(frame)]
            edit.close_list()
            QTest.keyClick(edit, Qt.Key.Key_F1)
            assert frame.help.note is not None
            faults += [f"{kind.key} F1: {each}" for each in (*wrong(frame, LAO), *pale(frame.help.note, set(), 4.5))]
            QTest.keyClick(edit, Qt.Key.Key_F1)
    assert faults == []
    assert lists >= 6
