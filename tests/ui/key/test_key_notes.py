from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from claims_desk.domain.messages import Message, say
from claims_desk.ui.key.notes import NotedRow
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Field, TextEdit

NARROW = (3, 6, 8, 15, 3, 10)  # characters


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=len(NARROW), max_size=len(NARROW)),
    entered=st.integers(0, len(NARROW) - 1),
)
def test_the_words_under_narrow_neighbours_never_meet(qtbot: QtBot, said: list[tuple[int, bool]], entered: int) -> None:
    fields = [Field(say("Name"), TextEdit(), width=width) for width in NARROW]
    row = NotedRow(fields)
    qtbot.addWidget(row)
    row.resize(820, 70)
    row.show()
    fields[entered].edit.setFocus()
    for field, (letters, is_finding) in zip(fields, said, strict=True):
        words = Message("m" * letters) if letters else ""
        if is_finding and words:
            field.set_finding(words, Tone.BAD)
        else:
            field.set_hint(words)
    notes = sorted(row.notes(fields), key=lambda note: note.left)
    assert all(one.left + one.room < other.left for one, other in pairwise(notes))
    assert all(note.left >= 0 and note.left + note.room <= row.width() for note in notes)
