from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from claims_desk.domain.errors import UserError
from claims_desk.ui.one_window import OneWindow
from claims_desk.ui.settings import Settings
from claims_desk.ui.start import StartWindow
from tests.conftest import NewDatabase
from tests.ui.conftest import Settle

HOLD = """
import sys, time
from claims_desk.ui.one_window import OneWindow
window = OneWindow()
window.take(sys.argv[1])
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def url(new_sqlite: NewDatabase) -> str:
    return new_sqlite(True)


@pytest.fixture
def other_program(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another window's process that holds the file."""
    with subprocess.Popen([sys.executable, "-c", HOLD, url], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield program
        program.kill()


def opened(qtbot: QtBot, settle: Settle, url: str) -> StartWindow:
    window = StartWindow(Settings(language="en"), url)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    settle()
    return window


def test_a_second_window_on_the_file_says_so_and_does_not_open_it(
    qtbot: QtBot, settle: Settle, url: str, other_program: subprocess.Popen[str]
) -> None:
    window = opened(qtbot, settle, url)
    assert not window.sign_in.isVisible()
    assert "open in another window" in window.where.strip.text().replace("\u200b", "")


def test_the_window_opens_the_file_once_the_other_one_was_killed(
    qtbot: QtBot, settle: Settle, url: str, other_program: subprocess.Popen[str]
) -> None:
    other_program.send_signal(signal.SIGKILL)
    other_program.wait()
    assert opened(qtbot, settle, url).sign_in.isVisible()


def test_the_window_that_holds_the_file_opens_it_again_and_gives_it_free_at_the_end(
    qtbot: QtBot, settle: Settle, url: str
) -> None:
    window = opened(qtbot, settle, url)
    window.begin()
    settle()
    assert window.sign_in.isVisible()
    with pytest.raises(UserError, match="another window"):
        OneWindow().take(url)
    window.let_go()
    other = OneWindow()
    other.take(url)
    other.let_go()


def test_going_to_another_file_gives_the_first_one_free(new_sqlite: NewDatabase, url: str) -> None:
    window, other = OneWindow(), OneWindow()
    window.take(url)
    window.take(new_sqlite(True))
    other.take(url)
    other.let_go()
    window.let_go()


def test_an_office_server_is_open_to_many_windows() -> None:
    for _ in range(2):
        OneWindow().take("postgresql://noy:x@127.0.0.1:5432/office")
