"""What a quarter would have cost with one scheme's claims and coverage under another; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from claims_desk.domain.facts import Claim, Contract, Coverage, EarlierClaim
from claims_desk.domain.judgement import Case
from claims_desk.domain.quarters import Quarter
from claims_desk.domain.registers import Registers
from claims_desk.domain.timelines import Stretch
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_registers
from claims_desk.services.scheme_switch import SchemeSwitch, contracts_after
from claims_desk.services.trial_registers import trial_registers
from claims_desk.services.what_if import Cancelled, Progress, WhatIf, World, compare_worlds


def what_if_switched(
    db: Database,
    switch: SchemeSwitch,
    quarter: Quarter,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WhatIf | None:
    """The quarter's claims as they stand, and with the source's from the day on claimed under the target.

    They stand under their own scheme in both worlds. A day after the quarter is tried as its first day. None when
    cancelled.
    """
    late = switch.day > quarter.last
    tried = replace(switch, day=quarter.first) if late else switch
    standing, other = db.read(_worlds, tried)
    found = compare_worlds(db, quarter, standing, World(other, _Mover(tried).seen), progress, cancelled)
    return replace(found, tried_from=quarter.first if late else None) if found else None


def _worlds(session: Session, switch: SchemeSwitch) -> tuple[Registers, Registers]:
    standing = load_registers(session)
    if not switch.copy_contracts:
        return standing, standing
    rows = {
        (facility, switch.target): [
            {"facility_code": facility, "scheme": switch.target, "valid_from": one.valid_from, "valid_to": one.valid_to}
            for one in [*_stretches(standing.contracts.all(facility, switch.target)), *copies]
        ]
        for facility, copies in contracts_after(session, switch).items()
    }
    return standing, trial_registers(session, standing, "contracts", rows)


def _stretches(rows: Iterable[Contract]) -> Iterator[Stretch[None]]:
    return (Stretch(row.valid_from, row.valid_to, None) for row in rows)


@dataclass(frozen=True, slots=True)
class _Mover:
    """Sees a case as it would be once the scheme is moved, by the ways `queries.scheme_moves` knows."""

    switch: SchemeSwitch

    def seen(self, case: Case) -> Case:
        """The case with claim, coverages and earlier claims under the target from the day on."""
        claim = self._claim(case)
        persons = tuple(self._moved(case.person_coverages))
        number = (claim.scheme, claim.member_no)
        return replace(
            case,
            claim=claim,
            coverages=tuple(row for row in persons if (row.scheme, row.member_no) == number),
            person_coverages=persons,
            earlier=tuple(self._earlier(case, row) for row in case.earlier),
        )

    def _goes(self, scheme: str, visit_from: date | None) -> bool:
        return scheme == self.switch.source and visit_from is not None and visit_from >= self.switch.day

    def _claim(self, case: Case) -> Claim:
        claim = case.claim
        if not self._goes(claim.scheme, claim.visit_from):
            return claim
        person = case.member.person_no if case.member else ""
        number = self._own_number(case, person, claim.visit_from) or claim.member_no
        return replace(claim, scheme=self.switch.target, member_no=number)

    def _earlier(self, case: Case, row: EarlierClaim) -> EarlierClaim:
        if not self._goes(row.scheme, row.visit_from):
            return row
        number = self._own_number(case, row.person_no, row.visit_from) or row.member_no
        return replace(row, scheme=self.switch.target, member_no=number)

    def _own_number(self, case: Case, person: str, day: date | None) -> str:
        """The number a person had in the target anyway; empty where he goes over with the number he has."""
        own = _of(case.person_coverages, person, self.switch.target)
        return next((row.member_no for row in own if day and row.holds(day)), "")

    def _moved(self, rows: tuple[Coverage, ...]) -> Iterator[Coverage]:
        switch = self.switch
        for row in rows:
            if row.scheme != switch.source or (row.valid_to is not None and row.valid_to < switch.day):
                yield row
                continue
            if row.valid_from < switch.day:
                yield replace(row, valid_to=switch.day - timedelta(days=1))
            own = list(_of(rows, row.person_no, switch.target))
            begins = max(row.valid_from, switch.day)
            if not any(each.holds(begins) for each in own):
                yield replace(row, scheme=switch.target, valid_from=begins, valid_to=_end(row, own, begins))


def _of(rows: Iterable[Coverage], person: str, scheme: str) -> Iterator[Coverage]:
    return (row for row in rows if row.person_no == person and row.scheme == scheme)


def _end(row: Coverage, own: Iterable[Coverage], begins: date) -> date | None:
    later = [each.valid_from - timedelta(days=1) for each in own if each.valid_from > begins]
    return min([*later, *([row.valid_to] if row.valid_to else [])], default=None)
