from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from claims_desk.ui.presence import KeyPace, Presence
from claims_desk.ui.widgets import TextEdit
from tests.ui.conftest import Form


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_keystrokes_an_hour_count_only_the_minutes_in_which_somebody_keyed() -> None:
    clock = Clock()
    pace = KeyPace(clock)
    for minute in (0, 1, 30):
        clock.now = minute * 60.0
        for _ in range(100):
            pace.count()
    assert pace.an_hour() == 6_000


def test_a_single_minute_says_nothing_yet_and_an_hour_ago_is_forgotten() -> None:
    clock = Clock()
    pace = KeyPace(clock)
    pace.count()
    assert pace.an_hour() == 0
    clock.now = 7_200.0
    assert pace.an_hour() == 0
    assert not pace._keys


def test_every_key_puts_the_lock_off_and_is_counted(form: Form) -> None:
    edit = TextEdit()
    window = form(edit)
    presence = Presence(10, window)
    presence._idle.stop()
    for letter in "abc":
        QTest.keyClick(window.windowHandle(), letter)  # type: ignore[call-overload]
    assert edit.text() == "abc"
    assert presence._idle.isActive()
    assert len(presence.keys._keys) == 3


def test_keys_in_another_window_of_the_program_count_too(form: Form) -> None:
    presence = Presence(10, form(TextEdit()))
    presence._idle.stop()
    dialog = form(TextEdit())
    QTest.keyClick(dialog.windowHandle(), "a")  # type: ignore[call-overload]
    assert presence._idle.isActive()
    assert len(presence.keys._keys) == 1


def test_a_click_puts_the_lock_off_but_is_no_keystroke(form: Form) -> None:
    window = form(TextEdit())
    presence = Presence(10, window)
    presence._idle.stop()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    assert presence._idle.isActive()
    assert len(presence.keys._keys) == 0


def test_a_tally_counts_the_seconds_of_keying_and_cuts_long_pauses_short() -> None:
    clock = Clock()
    pace = KeyPace(clock)
    for second in (0, 1, 2, 600, 601):
        clock.now = float(second)
        pace.count()
    assert pace.take() == (5, 33)
    assert pace.take() == (0, 0)
    pace.put_back(5, 33)
    clock.now = 603.0
    pace.count()
    assert pace.take() == (6, 35)
