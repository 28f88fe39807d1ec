"""The form as it was keyed, read only, in the paper's order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from claims_desk.domain.codes import Severity
from claims_desk.domain.dates import format_day
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.terms import EXEMPTIONS, PAPERS, SEXES, care_name
from claims_desk.ui.paper_form import ROWS
from claims_desk.ui.review.opened import Opened
from claims_desk.ui.review.refilled import RefilledCard
from claims_desk.ui.speech import Spoken
from claims_desk.ui.theme import Tone
from claims_desk.ui.tones import FINDING_TONES
from claims_desk.ui.widgets import FlowLayout, Words

LEAST_WIDTH = 40
LONGEST = 330


class FormCard(RefilledCard):
    """Each field with its value; what a finding points at is marked."""

    def __init__(self) -> None:
        super().__init__(say("The form as keyed"))

    def show_claim(self, opened: Opened) -> None:
        """Show a form."""
        marked = _marked(opened)
        self.show_rows([_row(row, opened, marked) for row in ROWS])


def _marked(opened: Opened) -> Mapping[str, tuple[str, Tone]]:
    decision = opened.record.decision
    found = [finding for finding in decision.findings if finding.field and finding.line_no is None] if decision else []
    worst_last = sorted(found, key=lambda finding: finding.severity in (Severity.DENY, Severity.PEND))
    return {finding.field: (finding.code, FINDING_TONES[finding.severity]) for finding in worst_last}


def _row(labels: Mapping[str, Message], opened: Opened, marked: Mapping[str, tuple[str, Tone]]) -> QWidget:
    row = QWidget()
    flow = FlowLayout(row, gap=16, row_gap=4)
    for name, label in labels.items():
        flow.add(_pair(label, value_words(name, opened), marked.get(name)))
    return row


def _pair(caption: Message, said: Spoken | str, mark: tuple[str, Tone] | None) -> QWidget:
    pair = QWidget()
    pair.setMinimumWidth(LEAST_WIDTH)
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    label = Words(caption, "label")
    value = Words(said, wraps=True)
    value.setMinimumWidth(min(value.fontMetrics().horizontalAdvance(value.text()) + 4, LONGEST))
    if mark:
        label.say(say("{label} · {code}", label=caption, code=mark[0]), mark[1])
    column.addWidget(label)
    column.addWidget(value)
    return pair


def value_words(name: str, opened: Opened) -> Spoken | str:
    """A field of the claim as it is read; a dash where it is blank."""
    value: Any = getattr(opened.record.claim, name)
    if value in (None, "", ()):
        return "–"
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int):
        return format_kip(value)
    if name == "documents_seen":
        return _papers(value)
    return _named(name, value, opened)


def _named(name: str, code: str, opened: Opened) -> Spoken | str:
    if name == "care_type":
        return care_name(code)
    words = {"sex": SEXES, "exemption_claimed": EXEMPTIONS}.get(name, {})
    if code in words:
        return words[code]
    known: Mapping[str, Any] = {
        "referred_from": opened.registers.facilities,
        "case_group": opened.registers.case_groups,
    }.get(name, {})
    if name == "diagnosis_main" and code in opened.registers.diagnoses:
        return say("{code} {name}", code=code, name=opened.registers.diagnoses[code].title)
    return say("{code} {name}", code=code, name=known[code].name) if code in known else code


def _papers(codes: tuple[str, ...]) -> Name:
    def words(language: str) -> str:
        return "; ".join(PAPERS[code].text(language) if code in PAPERS else code for code in codes)

    return Name(words("lo"), words("en"))
