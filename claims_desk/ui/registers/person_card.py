"""One person of the register, beside the list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from claims_desk.domain.codes import CoverageStatus
from claims_desk.domain.dates import completed_years
from claims_desk.domain.messages import Message, say
from claims_desk.domain.money import format_kip
from claims_desk.domain.terms import CLAIM_STATES, EXEMPTIONS, SEXES, care_name
from claims_desk.queries.persons import CoverSpan, ExemptSpan, Person, PersonClaim, Relative
from claims_desk.ui import theme
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.registers.columns import district_name
from claims_desk.ui.speech import bind_text
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Button, Card, Rule, Words
from claims_desk.ui.widgets.cover_strip import CoverStrip, Span

WIDTH = 372


class PersonCard(Card):
    """Names, age, village, covers and exemptions on a time line, household and last claims of a person."""

    closed = Signal()
    relative_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(say("Member"))
        self.desk = desk
        self.person: Person | None = None
        self.setFixedWidth(WIDTH)
        self.head.addWidget(Button(say("Close"), "Esc", self.closed.emit, "link"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        bind_text(self._scroll.setAccessibleName, say("Member"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add(self._scroll, 1)

    def show_person(self, found: Person | None) -> None:
        """Show a person; nothing where the register has none any more."""
        self.person = found
        self.setVisible(found is not None)
        if found is None:
            return
        self.title.say(found.name.lao or found.name.roman)
        page = QWidget()
        page.setObjectName("person")
        page.setStyleSheet(f"QWidget#person {{ background: {theme.CARD}; }}")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for part in self._parts(found):
            column.addWidget(part)
        column.addStretch()
        self._scroll.setWidget(page)

    def take_focus(self) -> None:
        """Read on by the arrow keys."""
        self._scroll.setFocus()

    def _parts(self, found: Person) -> list[QWidget]:
        today = self.desk.today()
        parts: list[QWidget] = []
        if found.name.lao and found.name.roman:
            parts.append(Words(found.name.roman))
        parts += [_who(found, today), _facts(found), _heading(say("Cover"))]
        parts.append(_strip(found, today) if found.coverages else Words(say("No cover in the register."), "muted"))
        parts.append(_heading(say("Household")))
        if found.household:
            parts += [self._relative(each, today) for each in found.household]
        else:
            parts.append(Words(say("Nobody else of this family book is registered."), "muted", wraps=True))
        parts.append(_heading(say("Last claims")))
        parts += [self._claim(each) for each in found.claims] or [Words(say("No claim yet."), "muted")]
        return parts

    def _relative(self, each: Relative, today: date) -> QWidget:
        sex = SEXES.get(each.sex, Message(each.sex))
        if each.death_date is not None:
            words = say("{name} · {sex}, died {died}", name=each.name, sex=sex, died=each.death_date)
        else:
            age = completed_years(each.birth_date, today)
            words = say("{name} · {sex}, age {age}", name=each.name, sex=sex, age=age)
        return _left(Button(words, "", lambda: self.relative_asked.emit(each.person_no), "link"))

    def _claim(self, claim: PersonClaim) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 2)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        when = say("{day} · {care}", day=claim.visit_from or "–", care=care_name(claim.care_type))
        grid.addWidget(_left(Button(when, "", lambda: self._open(claim), "link")), 0, 0)
        grid.addWidget(Words(CLAIM_STATES[claim.state], "note"), 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Words(claim.facility, "muted"), 1, 0)
        if claim.payable is not None:
            grid.addWidget(Words(format_kip(claim.payable), "muted"), 1, 1, Qt.AlignmentFlag.AlignRight)
        return box

    def _open(self, claim: PersonClaim) -> None:
        self.desk.go(Place("review", "claim", claim.id, claim.form_no))


def _left(button: Button) -> Button:
    button.setStyleSheet("text-align: left; min-height: 22px; padding: 0;")
    return button


def _heading(words: Message) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 6, 0, 0)
    column.setSpacing(4)
    column.addWidget(Rule())
    column.addWidget(Words(words, "label"))
    return box


def _who(found: Person, today: date) -> Words:
    sex = SEXES.get(found.sex, Message(found.sex))
    values = {"sex": sex, "born": found.birth_date}
    if found.death_date is not None:
        words = say("{sex}, born {born} · died {died}", died=found.death_date, **values)
        label = Words("", wraps=True)
        label.say(words, Tone.BAD)
        return label
    return Words(say("{sex}, age {age} · born {born}", age=completed_years(found.birth_date, today), **values))


def _facts(found: Person) -> QWidget:
    district = district_name(found.district_code)
    village = say("{village}, {code} {district}", village=found.village, code=found.district_code, district=district)
    rows = (
        (say("Village"), village),
        (say("Person number"), found.person_no),
        (say("Family book"), found.family_book_no),
        (say("Identity card"), found.national_id),
        (say("Telephone"), found.phone),
    )
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(12)
    grid.setColumnStretch(1, 1)
    for number, (label, value) in enumerate((label, value) for label, value in rows if value):
        caption = Words(label, "label")
        caption.setContentsMargins(0, 1, 0, 0)
        grid.addWidget(caption, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Words(value, wraps=True), number, 1)
    return box


def _strip(found: Person, today: date) -> CoverStrip:
    strip = CoverStrip()
    spans = [_cover(each, today) for each in found.coverages] + [_exemption(each, today) for each in found.exemptions]
    strip.show_spans(spans, today)
    return strip


def _cover(row: CoverSpan, today: date) -> Span:
    name = f"{row.scheme} {row.member_no}"
    word, tone = _standing(row.valid_from, row.valid_to, today)
    if row.status == CoverageStatus.SUSPENDED:
        word, tone = say("suspended"), Tone.WARN
    return Span(name, row.valid_from, row.valid_to, word, tone)


def _exemption(row: ExemptSpan, today: date) -> Span:
    word, tone = _standing(row.valid_from, row.valid_to, today)
    return Span(EXEMPTIONS.get(row.category, row.category), row.valid_from, row.valid_to, word, tone)


def _standing(first: date, last: date | None, today: date) -> tuple[Message, Tone]:
    if first > today:
        return say("to come"), Tone.NEUTRAL
    if last is not None and last < today:
        return say("ended"), Tone.NEUTRAL
    return say("✓ in force"), Tone.GOOD
