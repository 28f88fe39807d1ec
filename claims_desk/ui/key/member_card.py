"""Who the form is for: the register's word on the member, beside what the paper says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from claims_desk.domain.codes import CoverageStatus
from claims_desk.domain.dates import completed_years
from claims_desk.domain.facts import Coverage, Exemption, Member
from claims_desk.domain.geography import districts
from claims_desk.domain.judgement import Case
from claims_desk.domain.messages import Message, say
from claims_desk.domain.terms import CLAIM_STATES, EXEMPTIONS, SEXES
from claims_desk.queries.member_card import LastClaim, LimitUsed, MemberCard
from claims_desk.ui.tones import claim_tone
from claims_desk.ui.widgets import Button, Card, Rule, Tone, Words
from claims_desk.ui.widgets.cover_strip import CoverStrip, Span

LAST_SHOWN = 4


class MemberPanel(Card):
    """Names in both scripts, age, sex, village; covers and exemptions on a strip; limits; the last claims."""

    def __init__(self, propose: Callable[[], object]) -> None:
        super().__init__(say("Member"))
        self.propose_button = Button(say("Propose a member"), "F4", propose, "link")
        self.propose_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._baby = Words("", "", wraps=True)
        self._second = Words("", "", wraps=True)
        self._person = Words("", "muted", wraps=True)
        self._strip = CoverStrip()
        self._limits = Words("", "muted", wraps=True)
        self._rule = Rule()
        self._claims = [Words("", "note", wraps=False) for _ in range(LAST_SHOWN)]
        self._shown: tuple[object, ...] = ()
        self.body.setSpacing(4)
        for part in (self._baby, self._second, self._person, self._strip, self._limits, self._rule, *self._claims):
            self.add(part)
        self.add(self.propose_button)
        self.show_card(None, None)

    def show_card(self, card: MemberCard | None, case: Case | None) -> None:
        """Show a card as of the case's day; without one, say why there is none."""
        newborn = _newborn(case)
        key = (card, case.day, case.coverage, newborn) if card and case else (_why_none(case),)
        if key == self._shown:
            return
        self._shown = key
        for part in (self._second, self._strip, self._limits, self._rule):
            part.setVisible(card is not None)
        self._baby.setVisible(newborn is not None)
        self.propose_button.setVisible(_is_unknown(case))
        if card is None:
            self.title.say(say("Member"))
            self._person.say(_why_none(case))
            self._show_claims(())
            return
        if newborn is not None:
            self._baby.say(newborn, Tone.INFO)
        day = case.day if case else None
        self.title.say(card.member.name.text("lo") or card.member.name.text("en"))
        self._second.say(card.member.name.roman)
        self._person.say(_person(card.member, day), Tone.BAD if card.member.death_date else None)
        self._strip.show_spans(_spans(card, case), day)
        self._limits.say(_limits(card.limits))
        self._limits.setVisible(bool(card.limits))
        self._rule.setVisible(bool(card.last_claims))
        self._show_claims(card.last_claims)

    def _show_claims(self, claims: Sequence[LastClaim]) -> None:
        for number, label in enumerate(self._claims):
            label.setVisible(number < len(claims))
            if number < len(claims):
                label.say(_last(claims[number]), claim_tone(claims[number].state))


def _is_unknown(case: Case | None) -> bool:
    if case is None or case.coverages or case.proposed:
        return False
    return bool(case.claim.member_no and case.claim.scheme)


def _newborn(case: Case | None) -> Message | None:
    """Whose newborn the patient is, how old, and what of it counts as whose; None where the patient is the member."""
    if case is None or not case.baby or case.member is None or case.day is None or case.born is None:
        return None
    return say(
        "Read as a newborn of {mother}, born {born}: day {days} of {limit} on her number. Cover and the exemption of a"
        " poor household are hers; age, sex, limits used and claims are the child's own.",
        mother=case.member.name,
        born=case.born,
        days=(case.day - case.born).days,
        limit=case.number("newborn_days", 30),
    )


def _why_none(case: Case | None) -> Message:
    if case is None or not case.claim.member_no:
        return say("The member stands here once the number is typed.")
    if not case.claim.scheme:
        return say("Type the scheme too: a number counts under its scheme.")
    if case.coverages:
        return say("Several persons have this number: sex and birth date tell which one.")
    values = {"scheme": case.claim.scheme, "number": case.claim.member_no}
    if case.proposed:
        return say("Proposed: {number} under {scheme} waits for the administrator. Key on.", **values)
    return say("Nobody has the number {number} under {scheme}. Key on: the claim will wait.", **values)


def _person(member: Member, day: date | None) -> Message:
    sex = SEXES.get(member.sex, member.sex)
    place = districts().get(member.district_code)
    values: dict[str, Any] = {
        "sex": sex,
        "born": member.birth_date,
        "village": member.village,
        "code": member.district_code,
    }
    values["district"] = place.name if place else ""
    if member.death_date:
        return say("{sex} · died {died} · {village}, {code} {district}", died=member.death_date, **values)
    if day is None:
        return say("{sex} · born {born} · {village}, {code} {district}", **values)
    age = completed_years(member.birth_date, day)
    return say("{sex} · {age} years, born {born} · {village}, {code} {district}", age=age, **values)


def _spans(card: MemberCard, case: Case | None) -> list[Span]:
    day = case.day if case else None
    newest = sorted(card.coverages, key=lambda row: row.valid_from, reverse=True)
    spans = [_cover(row, day, case is not None and row == case.coverage) for row in newest[:4]]
    return spans + [_exemption(row, day) for row in card.exemptions[:3]]


def _cover(row: Coverage, day: date | None, is_used: bool) -> Span:
    name = f"{row.scheme} {row.option}".strip()
    if row.status == CoverageStatus.SUSPENDED:
        return Span(name, row.valid_from, row.valid_to, say("suspended"), Tone.WARN)
    if day is None or not row.holds(day):
        word = say("not on this day") if day else say("cover")
        return Span(name, row.valid_from, row.valid_to, word, Tone.NEUTRAL)
    word = say("✓ in force, this one") if is_used else say("✓ in force too")
    return Span(name, row.valid_from, row.valid_to, word, Tone.GOOD)


def _exemption(row: Exemption, day: date | None) -> Span:
    holds = day is not None and row.holds(day)
    word = say("✓ no co-payment") if holds else say("not on this day")
    name = EXEMPTIONS.get(row.category, row.category)
    return Span(name, row.valid_from, row.valid_to, word, Tone.GOOD if holds else Tone.NEUTRAL)


def _limits(limits: Sequence[LimitUsed]) -> Message | str:
    said: Message | str = ""
    for limit in limits[:4]:
        values = {"what": limit.what, "used": limit.used, "limit": limit.limit, "left": limit.left}
        if limit.is_kip:
            one = say("{what}: {used:kip} of {limit:kip} kip used, {left:kip} left", **values)
        else:
            one = say("{what}: {used} of {limit} used, {left} left", **values)
        said = one if not said else say("{before}\n{step}", before=said, step=one)
    return said


def _last(claim: LastClaim) -> Message:
    values = {"day": claim.visit_from or "–", "care": claim.care_type, "facility": claim.facility_code}
    return say("{day}  {care}  {facility}: {state}", state=CLAIM_STATES[claim.state], **values)
