"""The keying desk measured: the real window on the bench's database, inpatient forms keyed with real key events."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median
from time import perf_counter

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims_desk.bench import bare
from claims_desk.bench.bare_judgement import reading_times
from claims_desk.bench.measures import Measured
from claims_desk.bench.scans import measure_pages
from claims_desk.bench.stage import Stage
from claims_desk.bench.typist import ENTER, F9, Typist, focus, rest, wait_until
from claims_desk.demo.pictures import SIZE, no_size_hints
from claims_desk.domain.codes import CareType
from claims_desk.domain.facts import Claim
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import ClaimLine, Coverage
from claims_desk.queries.claim_facts import load_claims
from claims_desk.services.submissions import BundleForm, receive_submission
from claims_desk.ui import background, theme
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.ending import take_down
from claims_desk.ui.frame import Frame
from claims_desk.ui.garbage import GarbageRounds
from claims_desk.ui.key.form_fields import FIELDS, LINE_FIELDS
from claims_desk.ui.key.pane import KeyPane
from claims_desk.ui.settings import Settings
from claims_desk.ui.widgets import CodeEdit, Edit

FORMS = 12
NOBODY = "bench"
PARTS_OF_NAMES = ("ແກ້ວ", "keo", "ວົງ", "phom", "ສີ", "bou")


@dataclass(slots=True)
class Keyed:
    """What keying took: keys and letters of the last form with its lines, and seconds of everything timed."""

    lines: int = 0
    keys: int = 0
    letters: int = 0
    paints: list[float] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    lists: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)

    @property
    def beyond_text(self) -> int:
        """Keys that are no letter of the form's text."""
        return self.keys - self.letters


def key_forms(stage: Stage) -> tuple[Keyed, list[Measured]]:
    """Key inpatient forms in the real window on the stage's database, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.dress(app)
    papers = stage.db.read(inpatient_papers)
    rounds = GarbageRounds(app)
    with no_size_hints():
        with _open_key(stage, papers[0].facility_code) as pane:
            keyed = _Keying(pane).key_all(papers)
            pages = [*measure_pages(stage, pane)]
        rounds.end()
        return keyed, [*_measures(stage, keyed, papers), *pages]


def inpatient_papers(session: Session) -> list[Claim]:
    """Inpatient claims of known members to key again: those with most lines."""
    lines = select(func.count()).where(ClaimLine.claim_id == ClaimRow.id).scalar_subquery()
    known = select(Coverage.id).where(Coverage.member_no == ClaimRow.member_no).exists()
    query = select(ClaimRow.id).where(ClaimRow.care_type == CareType.IPD, known).order_by(lines.desc(), ClaimRow.id)
    return load_claims(session, session.execute(query.limit(FORMS)).scalars().all())


@contextmanager
def _open_key(stage: Stage, facility: str) -> Iterator[KeyPane]:
    """The window of the stage's clerk with an open bundle before him."""
    clerk = replace(stage.clerk, name=NOBODY)  # whose drafts are nobody's on this PC
    desk = Desk(stage.db, clerk, Settings(), "bench")
    today = desk.today()
    bundle = BundleForm(
        facility_code=facility, month=today.replace(day=1), received_on=today, forms=FORMS, kip=1, form_numbers=1
    )
    submission_id = receive_submission(stage.db, stage.clerk, bundle)
    frame = Frame(desk)
    try:
        frame.resize(*SIZE)
        frame.show()
        frame.activateWindow()
        frame.stack.open(Place("key", "bundle", submission_id))
        wait_until(lambda: not background.busy())
        pane = frame.stack.current()
        assert isinstance(pane, KeyPane)
        pane.keying.new_form()
        wait_until(lambda: not background.busy())
        yield pane
    finally:
        take_down(frame, desk)


class _Keying:
    """Keys papers, every second one without waiting for any answer, as a fast clerk does."""

    def __init__(self, pane: KeyPane) -> None:
        self.pane, self.hand, self.keyed = pane, Typist(), Keyed()
        self._judgements = 0
        pane.keying.judge.judged.connect(self._count)

    def _count(self, _judged: object) -> None:
        self._judgements += 1

    def key_all(self, papers: list[Claim]) -> Keyed:
        """Key every paper, then look members up by parts of their names."""
        for number, paper in enumerate(papers):
            self.hand.keys = self.hand.letters = 0
            self._key_form(replace(paper, form_no=f"{number + 1:06d}"), waits=number % 2 == 1)
        self.keyed.keys, self.keyed.letters, self.keyed.lines = self.hand.keys, self.hand.letters, len(papers[-1].lines)
        self.keyed.paints = self.hand.paints
        for part in PARTS_OF_NAMES:
            self._look_up(part)
        return self.keyed

    def _key_form(self, paper: Claim, waits: bool) -> None:
        for each in FIELDS:
            edit = self.pane.sheet.form.edit(each.name)
            value = getattr(paper, each.name)
            text = "" if value in (None, "", ()) else edit.show_value(value)
            if text and text != edit.text():
                self.hand.type(text)
            if focus() is edit:
                self._go_on(waits)
        self._key_lines(paper, waits)
        self._save()

    def _go_on(self, waits: bool) -> None:
        before, started = self._judgements, perf_counter()
        self.hand.press(ENTER)
        if waits:
            wait_until(lambda: self._judgements > before)
            self.keyed.judged.append(perf_counter() - started)
            wait_until(lambda: not background.busy())
        else:
            rest(0.04)

    def _key_lines(self, paper: Claim, waits: bool) -> None:
        for line in paper.lines:
            for each in LINE_FIELDS:
                edit, value = focus(), getattr(line, each.name)
                assert isinstance(edit, Edit)
                text = edit.show_value(value) if value not in (None, "") else ""
                if text and text != edit.text():
                    self.hand.type(text)
                self.hand.press(ENTER)
                wait_until(lambda: not background.busy()) if waits else rest(0.04)
        self.hand.press(ENTER)

    def _save(self) -> None:
        """F9, until the empty form has the focus."""
        number = self.pane.sheet.form.edit("form_no")
        kept = number.text()
        wait_until(lambda: not background.busy())
        started = perf_counter()
        self.hand.press(F9)
        wait_until(lambda: number.hasFocus() and number.text() != kept)
        self.keyed.saves.append(perf_counter() - started)
        wait_until(lambda: not background.busy())

    def _look_up(self, part: str) -> None:
        edit = self.pane.sheet.form.edit("member_no")
        assert isinstance(edit, CodeEdit)
        edit.setFocus()
        for letter in part[:-1]:
            self.hand.press_letter(letter)
            wait_until(lambda: not background.busy())
        edit.close_list()
        started = perf_counter()
        self.hand.press_letter(part[-1])
        wait_until(lambda: edit.list_is_open or not background.busy())
        self.keyed.lists.append(perf_counter() - started)
        wait_until(lambda: not background.busy())
        edit.set_value(None)


def _measures(stage: Stage, keyed: Keyed, papers: list[Claim]) -> Iterator[Measured]:
    plain = _bare_paints("".join(paper.patient_name for paper in papers))
    yield _measured(say("key pressed until it is painted"), keyed.paints, plain)
    reads = reading_times(stage.db, [paper.id for paper in papers])
    connection = sqlite3.connect(stage.path)
    likes = [_timed(lambda text=fold(part): bare.like_name(connection, text)) for part in PARTS_OF_NAMES]  # type: ignore[misc]
    connection.close()
    yield _measured(say("field left until its findings stand there"), keyed.judged, reads)
    yield _measured(say("list of members under what is typed"), keyed.lists, likes)
    target = stage.path.with_name("keyed.bare.db")
    writes = [_timed(lambda claim=paper: bare.keep_form(target, claim)) for paper in papers]  # type: ignore[misc]
    yield _measured(say("form saved until the next one is there"), keyed.saves, writes)


def _measured(what: Message, ours: list[float], plain: list[float]) -> Measured:
    return Measured(what, 1, median(ours), median(plain), max(ours))


def _timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _bare_paints(text: str) -> list[float]:
    """Seconds from key to paint in a plain line edit alone in a window."""
    window = QWidget()
    edit = QLineEdit(window)
    window.show()
    window.activateWindow()
    edit.setFocus()
    wait_until(edit.hasFocus)
    hand = Typist()
    hand.type(text)
    take_down(window)
    return hand.paints
