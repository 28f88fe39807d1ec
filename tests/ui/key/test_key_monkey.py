"""A monkey at the Key pane: whatever is pressed, nothing breaks, the keyboard stands somewhere, and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from platformdirs import user_data_path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import func, select

from claims_desk.domain.facts import Claim
from claims_desk.models import Claim as ClaimRow
from claims_desk.queries.claim_opened import claim_opened
from claims_desk.services.claims import key_claim
from claims_desk.services.drafts import Draft, DraftBox
from claims_desk.ui import errors, theme
from claims_desk.ui.desk import Place
from claims_desk.ui.speech import switch_language
from tests.small_office import form
from tests.ui.conftest import type_keys
from tests.ui.key.conftest import Clerk

K = Qt.Key
CONTROL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)
WORDS = (
    *("nhi", "n-1", "n-2", "opd", "ipd", "f", "m", "y", "n", "1", "i f", "cons", "para", "15000", "2,5", "-3"),
    *("10/3/2026", "29/2/2026", "0/0", "31/2", "t", "+1", "1/1/2569", "1234567890123", "000001", "A-7b"),
    *("ນ້ອຍ", "໑໕໐໐໐", "໑0/໓", "\u200bກ\u200b", "\u202eabc", "\U0001f600\u200d\U0001f600", "  ", "x" * 210),
)
MOVES = (K.Key_Return, K.Key_Tab, K.Key_Backtab, K.Key_Up, K.Key_Down, K.Key_Left, K.Key_Right, K.Key_Backspace)
KEYS = (K.Key_F2, K.Key_F3, K.Key_F6, K.Key_F7, K.Key_F8, K.Key_Delete, K.Key_Home, K.Key_End, K.Key_Escape, K.Key_F4)
CONTROLS = (K.Key_Z, K.Key_Y, K.Key_D, K.Key_N, K.Key_B, K.Key_A, K.Key_V, K.Key_X, K.Key_Delete)
RUNS = [
    pytest.param(1, 150, id="short"),
    *(pytest.param(seed, 1_500, id=f"long-{seed}", marks=pytest.mark.soak) for seed in range(2, 32)),
]


class Monkey:
    """Presses what chance says, and remembers what was saved."""

    def __init__(self, clerk: Clerk, seed: int) -> None:
        self.clerk, self.chance = clerk, random.Random(seed)
        self.bundle = clerk.receive("HC1", forms=900)
        clerk.open("bundle", self.bundle)
        self.saved: dict[int, Claim] = {}
        self.saved_new: list[int] = []
        self.others = 0
        self.trail: list[str] = []
        work = clerk.pane.keying.work
        work.saved.disconnect(clerk.pane.keying.handing_in._on_saved)
        work.saved.connect(self._note)
        work.saved.connect(clerk.pane.keying.handing_in._on_saved)

    def act(self) -> None:
        """One word, move or key; the answers to it are waited for, or not."""
        kind = self.chance.choices(("word", "move", "key", "control", "save", "other"), (40, 40, 8, 8, 6, 2))[0]
        if kind == "word":
            word = self.chance.choice(WORDS)
            self.trail.append(word)
            type_keys(QApplication.focusWidget() or self.clerk.pane, word)
        elif kind == "save":
            self._press(K.Key_F9)
        elif kind == "other":
            self._meddle()
        elif kind == "control":
            self._press(self.chance.choice(CONTROLS), CONTROL)
        else:
            key = self.chance.choice(MOVES if kind == "move" else KEYS)
            self._press(key, SHIFT if key == K.Key_Backtab else NONE)
        if self.chance.random() < 0.3:
            self.clerk.settle()

    def _meddle(self) -> None:
        """What comes from elsewhere: another language, larger text, a claim opened to be corrected, a colleague."""
        what = self.chance.choice(("language", "size", "claim", "colleague"))
        self.trail.append(f"({what})")
        if what == "language":
            switch_language(self.chance.choice(("lo", "en")))
        elif what == "size":
            dress(self.chance.choice(list(theme.TEXT_SIZES)))
        elif what == "colleague":
            self.others += 1
            key_claim(self.clerk.db, self.clerk.people.kham, form(f"K{self.others}"), self.bundle)
            self.clerk.desk.changed.emit(frozenset({"claims", "submissions"}))
        elif ids := self.ids():
            self.clerk.pane.show_place(Place("key", "claim", self.chance.choice(ids)))

    def ids(self) -> list[int]:
        """The claims kept."""
        with self.clerk.db.session() as session:
            return list(session.execute(select(ClaimRow.id).order_by(ClaimRow.id)).scalars())

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.trail.append(f"{modifier.name}+{key.name}")
        QTest.keyClick(QApplication.focusWidget() or self.clerk.pane, key, modifier)

    def _note(self, claim: Claim) -> None:
        """Comes before the next form is on the table; a new claim is the last of the clerk's."""
        kept = self.clerk.pane.keying.work.handed_in.claim_id
        with self.clerk.db.session() as session:
            mine = ClaimRow.keyed_by == self.clerk.people.noy.user_id
            newest = session.scalar(select(func.max(ClaimRow.id)).where(mine))
        assert newest is not None
        self.saved[kept or newest] = claim
        if kept is None:
            self.saved_new.append(newest)

    def look(self) -> None:
        """Everything that must hold once all answers are there."""
        trail = " ".join(self.trail[-25:])
        assert not errors._shown, trail
        if QApplication.activeWindow() is None:  # no window manager gives the keyboard back when a dialog closes
            self.clerk.pane.activateWindow()
            QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None, trail
        assert focus.isVisible(), f"{trail} at {focus}"
        assert focus.isEnabled(), f"{trail} at {focus}"
        if QApplication.activeModalWidget() is None:
            self.look_at_drafts()
        with self.clerk.db.session() as session:
            keyed = session.scalar(select(func.count()).select_from(ClaimRow))
        assert keyed == len(self.saved_new) + self.others, trail

    def look_at_drafts(self) -> None:
        """On disk is the form as it was last left; beside it a draft a claim, and what an opened claim put aside."""
        keying = self.clerk.pane.keying
        keying.drafts.keep_now()
        self.clerk.settle()
        box = DraftBox(Path(user_data_path("claims-desk", appauthor=False)) / "drafts")
        on_disk = box.drafts("noy", self.clerk.db.identity)
        draft = keying._draft()
        trail = " ".join(self.trail[-40:])
        claims = [each.claim_id for each in on_disk if each.claim_id is not None]
        assert len(claims) == len(set(claims)), trail
        assert len(on_disk) - len(claims) <= 1 + self.trail.count("(claim)"), trail
        mine = [plain(each) for each in on_disk if each.key == keying.work.on_table.key]
        assert mine == ([plain(draft)] if draft else []), trail

    def look_at_saved(self) -> None:
        """What was kept is what stood on the forms."""
        fields = self.clerk.pane.sheet.form.fields
        for key, stood in self.saved.items():
            row = self.clerk.db.read(claim_opened, key).claim
            assert {name: getattr(row, name) for name in fields} == {name: getattr(stood, name) for name in fields}
            assert row.lines == stood.lines


def plain(draft: Draft) -> dict[str, object]:
    typed = dict(draft.typed)
    typed.pop("visited")
    return typed


@pytest.mark.parametrize(("seed", "keys"), RUNS)
def test_a_monkey_breaks_nothing_and_loses_nothing(clerk: Clerk, seed: int, keys: int) -> None:
    errors._shown.clear()
    clerk.sit_down()
    QApplication.clipboard().setText("ຂໍ້ຄວາມ\nx\t" + "9" * 100_000)
    monkey = Monkey(clerk, seed)
    for _ in range(keys):
        monkey.act()
        if monkey.chance.random() < 0.1:
            clerk.settle()
            monkey.look()
    clerk.settle()
    close_dialogs()
    monkey.look()
    monkey.look_at_saved()
    dress()


def dress(text_size: str = "normal") -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.dress(app, text_size)


def close_dialogs() -> None:
    while (dialog := QApplication.activeModalWidget()) is not None:
        assert isinstance(dialog, QWidget)
        dialog.close()
