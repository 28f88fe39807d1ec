from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from claims_desk.domain.messages import say
from claims_desk.ui.settings import Settings
from claims_desk.ui.settings_dialog import use_settings
from claims_desk.ui.sounds import BETWEEN_MS, QUIET_SECONDS, Sounds, sounds
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import MessageStrip, MoneyEdit, TextEdit
from tests.ui.conftest import Form, type_keys


class Ear:
    """Counts beeps; time stands still until it is told to go on."""

    def __init__(self) -> None:
        self.beeps, self.now = 0, 0.0

    def beep(self) -> None:
        self.beeps += 1

    def clock(self) -> float:
        self.now += QUIET_SECONDS / 100
        return self.now


@pytest.fixture
def ear(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Ear:
    """The window's own sounds, heard by a test instead of somebody."""
    hears = Ear()
    monkeypatch.setattr(sounds, "_beep", hears.beep)
    monkeypatch.setattr(sounds, "_clock", hears.clock)
    monkeypatch.setattr(sounds, "_last", -1.0)
    monkeypatch.setattr(sounds, "are_on", False)
    return hears


def test_nothing_is_heard_unless_somebody_turned_it_on(ear: Ear, qtbot: QtBot) -> None:
    assert Settings().sound is False
    sounds.done()
    sounds.refused()
    assert ear.beeps == 0
    use_settings(Settings(language="en", sound=True))
    sounds.done()
    assert ear.beeps == 1
    use_settings(Settings(language="en"))
    ear.now += 1
    sounds.done()
    assert ear.beeps == 1


def test_a_refusal_is_two_beeps_and_what_comes_at_once_is_one_refusal(ear: Ear, qtbot: QtBot) -> None:
    sounds.are_on = True
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.tell(say("Save"), Tone.GOOD)
    assert ear.beeps == 0
    strip.tell(say("Save"), Tone.BAD)
    strip.tell(say("Save"), Tone.BAD)
    qtbot.waitUntil(lambda: ear.beeps == 2, timeout=BETWEEN_MS * 20)


def test_a_field_that_cannot_be_read_is_heard_when_it_is_left(ear: Ear, form: Form, qtbot: QtBot) -> None:
    sounds.are_on = True
    kip = MoneyEdit()
    form(kip, TextEdit())
    type_keys(kip, "12.5")
    assert ear.beeps == 0
    QTest.keyClick(kip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ear.beeps == 2, timeout=BETWEEN_MS * 20)


def test_a_pc_without_sound_beeps_into_the_void(qapp: object) -> None:
    own = Sounds()
    own.are_on = True
    own.done()
