"""What a quarter's claims would have cost in another world: judged twice and compared, nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import heappush, heappushpop
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from claims_desk.domain.codes import Decision, Level
from claims_desk.domain.facts import EarlierClaim, Line
from claims_desk.domain.judgement import Case, Judgement, PricedLine
from claims_desk.domain.quarters import Quarter
from claims_desk.domain.registers import Registers
from claims_desk.models.database import Database
from claims_desk.queries.earlier import as_judged
from claims_desk.queries.facts import load_cases, load_claims
from claims_desk.queries.quarter_claims import claims_of_quarter
from claims_desk.rules.engine import judge
from claims_desk.services.decisions import STATE_OF

CHUNK = 1000
MOST_CHANGED = 50
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Thing = TypeVar("Thing", bound=Hashable)
_LEVELS = ["", *Level]


@dataclass(slots=True)
class Sums:
    """Claims by decision, and kip of those accepted or pended: a pended claim counts with its provisional amounts."""

    accepted: int = 0
    pended: int = 0
    denied: int = 0
    allowed: int = 0
    copay: int = 0
    payable: int = 0

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return self.accepted + self.pended + self.denied

    def add(self, said: Judgement) -> None:
        """Count one judgement."""
        self.accepted += said.decision is Decision.ACCEPT
        self.pended += said.decision is Decision.PEND
        self.denied += said.decision is Decision.DENY
        self.allowed += said.allowed
        self.copay += _owed(said)
        self.payable += said.payable

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def _owed(said: Judgement) -> int:
    """The patient's part in kip; of a denied claim, of which nothing is paid, none."""
    return 0 if said.decision is Decision.DENY else said.copay_due


@dataclass(frozen=True, slots=True)
class Compared:
    """The claims of a scheme and level, as things stand and as they would be."""

    scheme: str
    level: str
    now: Sums = field(default_factory=Sums)
    then: Sums = field(default_factory=Sums)

    @property
    def difference(self) -> int:
        """Kip payable more, below 0 less."""
        return self.then.payable - self.now.payable


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim that would be judged otherwise; amounts in kip."""

    claim_id: int
    form_no: str
    facility_code: str
    scheme: str
    decision_now: Decision
    decision_then: Decision
    payable_now: int
    payable_then: int
    copay_now: int
    copay_then: int

    @property
    def difference(self) -> int:
        """Kip payable more, below 0 less."""
        return self.payable_then - self.payable_now

    @property
    def weight(self) -> tuple[int, bool, int, int]:
        """How much is changed: by kip payable, then by decision, then by co-payment; of the like the earlier claim."""
        turned = self.decision_now is not self.decision_then
        return abs(self.difference), turned, abs(self.copay_then - self.copay_now), -self.claim_id


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The comparison: by scheme and level in their order, the claims changed most, and how many are changed at all.

    `tried_from` is the quarter's first day where the change begins after the quarter and was tried from then on.
    """

    quarter: Quarter
    lines: tuple[Compared, ...]
    most_changed: tuple[ChangedClaim, ...]
    changed: int
    tried_from: date | None = None

    @property
    def total(self) -> Compared:
        """All lines together."""
        whole = Compared("", "")
        for line in self.lines:
            whole = Compared("", "", whole.now.plus(line.now), whole.then.plus(line.then))
        return whole


@dataclass(frozen=True, slots=True)
class World:
    """Other registers, and how a case of ours is seen there."""

    registers: Registers
    seen: Callable[[Case], Case] = lambda case: case


def compare_worlds(
    db: Database,
    quarter: Quarter,
    standing: Registers,
    other: World,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WhatIf | None:
    """Judge the quarter's claims under the registers as they stand and in another world; None when cancelled.

    In the order of keying, a thousand at a time. In each world an earlier claim of the quarter counts as it was judged
    there, by the rules alone, whatever a supervisor decided; claims of other quarters count as they are kept.
    """
    ids = db.read(claims_of_quarter, quarter)
    tally = _Tally(other)
    for start in range(0, len(ids), CHUNK):
        if cancelled is not None and cancelled():
            return None
        for case in db.read(_cases, ids[start : start + CHUNK], standing):
            tally.weigh(case)
        if progress is not None:
            progress(min(start + CHUNK, len(ids)), len(ids))
    return tally.outcome(quarter)


def _cases(session: Session, ids: Sequence[int], registers: Registers) -> list[Case]:
    return load_cases(session, load_claims(session, ids), registers)


class _Memory:
    """What was judged of the quarter so far: as little of each claim as a later one can ask about.

    The other world shares with ours what is the same in both, and claims share their lines: a hundred thousand claims
    stay within some tens of megabytes.
    """

    def __init__(self) -> None:
        self.lines: dict[int, tuple[Line, ...]] = {}
        self.now: dict[int, Judgement] = {}
        self.then: dict[int, Judgement] = {}
        self._one: dict[Hashable, Hashable] = {}

    def keep(self, case: Case, now: Judgement, then: Judgement) -> None:
        """Remember one claim in both worlds."""
        key = case.claim.id
        self.lines[key] = self._shared(tuple(self._shared(_bare(line)) for line in case.claim.lines))
        self.now[key] = self._shared(_brief(now))
        self.then[key] = self._shared(_brief(then))

    def carried(self, case: Case, said: dict[int, Judgement]) -> Case:
        """The case, its earlier claims of the quarter as they were judged in one world."""
        if not case.earlier:
            return case
        return replace(case, earlier=tuple(self._as_said(row, said) for row in case.earlier))

    def _shared(self, thing: Thing) -> Thing:
        return cast(Thing, self._one.setdefault(thing, thing))

    def _as_said(self, row: EarlierClaim, said: dict[int, Judgement]) -> EarlierClaim:
        judgement = said.get(row.id)
        if judgement is None:
            return row
        return as_judged(row, self.lines[row.id], STATE_OF[judgement.decision], judgement)


def _bare(line: Line) -> Line:
    return Line(line_no=line.line_no, item_code=line.item_code, service_date=line.service_date)


def _brief(said: Judgement) -> Judgement:
    lines = tuple(PricedLine(line_no=one.line_no, quantity=one.quantity, price=None, allowed=0) for one in said.lines)
    return replace(said, method="", copay_due=0, payable=0, lines=lines, findings=(), explanation=())


class _Tally:
    """Weighs case after case, in the order of keying."""

    def __init__(self, other: World) -> None:
        self._other = other
        self._memory = _Memory()
        self._lines: dict[tuple[str, str], Compared] = {}
        self._most: list[tuple[tuple[int, bool, int, int], ChangedClaim]] = []
        self._changed = 0

    def weigh(self, case: Case) -> None:
        """Judge a case in both worlds and count it."""
        memory, other = self._memory, self._other
        now = judge(memory.carried(case, memory.now))
        there = memory.carried(replace(case, registers=other.registers), memory.then)
        then = judge(other.seen(there))
        memory.keep(case, now, then)
        key = (case.claim.scheme, case.facility.level if case.facility else "")
        line = self._lines.setdefault(key, Compared(*key))
        line.now.add(now)
        line.then.add(then)
        if (now.decision, now.payable, _owed(now)) != (then.decision, then.payable, _owed(then)):
            self._note(case, now, then)

    def _note(self, case: Case, now: Judgement, then: Judgement) -> None:
        self._changed += 1
        claim = case.claim
        found = ChangedClaim(
            claim.id,
            claim.form_no,
            claim.facility_code,
            claim.scheme,
            now.decision,
            then.decision,
            now.payable,
            then.payable,
            _owed(now),
            _owed(then),
        )
        entry = (found.weight, found)
        if len(self._most) < MOST_CHANGED:
            heappush(self._most, entry)
        else:
            heappushpop(self._most, entry)

    def outcome(self, quarter: Quarter) -> WhatIf:
        """All that was counted."""
        most = tuple(found for _, found in sorted(self._most, reverse=True))
        return WhatIf(quarter, tuple(self._lines[key] for key in sorted(self._lines, key=_rank)), most, self._changed)


def _rank(key: tuple[str, str]) -> tuple[str, int]:
    scheme, level = key
    return scheme, _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
