from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from claims_desk.domain.errors import UserError
from claims_desk.domain.messages import say
from claims_desk.ui import background, errors
from claims_desk.ui.background import IsCancelled, Report
from claims_desk.ui.ending import take_down
from claims_desk.ui.widgets import show_progress
from tests.ui.conftest import Settle


def refuse() -> None:
    raise UserError(say("It is refused."), say("Ask a colleague."))


def test_work_runs_off_the_windows_thread_and_answers_on_it(qapp: QApplication, settle: Settle) -> None:
    owner, threads = QObject(), []
    background.run(owner, QThread.currentThread, lambda thread: threads.extend([thread, QThread.currentThread()]))
    settle()
    assert threads[0] is not threads[1]
    assert threads[1] is qapp.thread()


def test_answers_come_in_the_order_asked(settle: Settle) -> None:
    owner, answers = QObject(), []
    for number in range(20):
        background.run(owner, lambda number=number: number, answers.append)
    settle()
    assert answers == list(range(20))


def test_the_answer_of_a_dialog_closed_early_is_dropped_and_its_work_lives_on(qtbot: QtBot, settle: Settle) -> None:
    gate, worked, answers = threading.Event(), [], []
    dialog = QDialog()

    def work() -> int:
        gate.wait(10)
        worked.append(True)
        return 1

    background.run(dialog, work, answers.append)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    gate.set()
    settle()
    assert worked == [True]
    assert answers == []


def test_an_answer_that_was_handed_over_is_kept_by_nobody(settle: Settle) -> None:
    class Page:
        """Rows of a list."""

    owner, pages = QObject(), list[weakref.ref[Page]]()
    for _ in range(20):
        background.run(owner, Page, lambda page: pages.append(weakref.ref(page)))
    latest = background.Latest(owner, lambda _question: Page(), lambda page: pages.append(weakref.ref(page)))
    latest.ask(1)
    settle()
    gc.collect()
    assert len(pages) == 21
    assert [page for page in pages if page() is not None] == []


def test_a_refusal_goes_to_who_asked(settle: Settle) -> None:
    owner, refused = QObject(), []
    background.run(owner, refuse, lambda _: None, refused.append)
    settle()
    assert refused[0].text() == "It is refused. Ask a colleague."


def test_a_refusal_nobody_takes_is_told_in_a_calm_box(qtbot: QtBot, settle: Settle) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    background.run(owner, refuse, lambda _: None)
    settle()
    (box,) = owner.findChildren(QMessageBox)
    assert box.text() == "It is refused."
    assert box.informativeText() == "Ask a colleague."


def test_a_server_that_is_gone_is_told_in_one_box_whatever_asked_it(qtbot: QtBot, settle: Settle) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    for _ in range(3):
        background.run(owner, refuse, lambda _: None)
    settle()
    assert len(owner.findChildren(QMessageBox)) == 1


def test_the_end_takes_down_windows_threads_and_what_waits_in_line(qtbot: QtBot) -> None:
    window, begun, gate, answers = QWidget(), threading.Event(), threading.Event(), []

    def work() -> int:
        begun.set()
        return gate.wait(10)

    background.run(window, work, answers.append)
    background.run(window, lambda: answers.append("still begun"), answers.append)
    assert begun.wait(10)
    threading.Timer(0.05, gate.set).start()
    take_down(window)
    assert not isValid(window)
    assert not background.busy()
    assert answers == []


def test_a_bug_is_logged_and_shown_once_with_a_report_to_copy(
    qtbot: QtBot, settle: Settle, caplog: pytest.LogCaptureFixture
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    errors._shown.clear()
    for _ in range(2):
        background.run(owner, lambda: 1 // 0, lambda _: None)
    settle()
    boxes = owner.findChildren(QMessageBox)
    assert len(boxes) == 1
    assert len(caplog.records) == 2
    next(button for button in boxes[0].buttons() if button.text() == "Copy report").click()
    assert "ZeroDivisionError" in QApplication.clipboard().text()


def test_only_the_newest_question_is_answered(settle: Settle) -> None:
    owner, gate, answers = QObject(), threading.Event(), []

    def look_up(question: int) -> int:
        gate.wait(10)
        return question

    latest = background.Latest(owner, look_up, answers.append)
    for question in range(10):
        latest.ask(question)
    gate.set()
    settle()
    assert answers == [9]
    assert not latest.waiting


def test_a_look_up_that_was_refused_waits_no_longer(settle: Settle) -> None:
    owner, refused = QObject(), []
    latest = background.Latest(owner, lambda _question: refuse(), lambda _: None, refused.append)
    latest.ask(1)
    settle()
    assert len(refused) == 1
    assert not latest.waiting


def test_long_work_counts_and_is_cancelled_at_its_next_safe_place(qtbot: QtBot, settle: Settle) -> None:
    owner, answers, started = QWidget(), [], threading.Event()
    qtbot.addWidget(owner)

    def work(report: Report, cancelled: IsCancelled) -> int:
        done = 0
        while not cancelled() and done < 1_000_000:
            done += 1
            report(done, 1_000_000)
            started.set()
            QThread.usleep(200)
        return done

    dialog = show_progress(owner, say("Claims"), work, answers.append)
    assert started.wait(10)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    settle()
    assert 0 < answers[0] < 1_000_000


def test_a_bug_in_long_work_closes_its_dialog_too(qtbot: QtBot, settle: Settle) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = show_progress(owner, say("Claims"), lambda _report, _cancelled: 1 // 0, lambda _: None)
    with qtbot.waitSignal(dialog.destroyed):
        settle()
