"""What is measured, each beside its bare counterpart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from sqlalchemy import select

from claims_desk.bench import bare
from claims_desk.bench.search import measure_search
from claims_desk.bench.stage import Stage, fill
from claims_desk.documents.voucher import voucher_pdf
from claims_desk.domain.facts import Claim
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.papers import PaidClaim, Payee, VoucherPaper
from claims_desk.models import Claim as ClaimRow
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.facts import load_registers
from claims_desk.queries.members import find_members
from claims_desk.rules.engine import judge
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate, preview

SAMPLE = 200
PARTS_OF_NAMES = ("ແກ້ວ", "keo", "ວົງ", "phom", "ສີ", "bou")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of ours and of bare code for `count` things; the worst single one in seconds where each was timed."""

    what: Message
    count: int
    ours: float
    bare: float
    worst: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as long as bare code."""
        return self.ours / self.bare if self.bare else 0.0


def measure_all(stage: Stage) -> Iterator[Measured]:
    """Measure everything in the order of a working day; the database is filled on the way."""
    yield _members(stage)
    fill(stage)
    yield _judgement(stage)
    yield from _one_claim(stage)
    yield _search(stage)
    yield from measure_search(stage.db)
    yield _voucher()


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _members(stage: Stage) -> Measured:
    source = stage.members_file
    plain = _seconds(lambda: bare.insert_members(source, source.with_suffix(".bare.db")))
    started = perf_counter()
    report = import_table(stage.db, stage.admin, "members", source)
    return Measured(say("members imported"), report.added, perf_counter() - started, plain)


def _judgement(stage: Stage) -> Measured:
    started = perf_counter()
    report = adjudicate(stage.db, stage.clerk)
    ours = perf_counter() - started
    plain = _seconds(lambda: bare.copy_judgement(stage.path))
    return Measured(say("claims adjudicated"), report.judged, ours, plain)


def _one_claim(stage: Stage) -> Iterator[Measured]:
    """One claim under the fingers: facts loaded and judged; then the rules alone."""
    registers = stage.db.read(load_registers)
    forms = [replace(claim, id=0) for claim in _some_claims(stage)]
    times = [_seconds(lambda form=form: preview(stage.db, form, registers)) for form in forms]  # type: ignore[misc]
    connection = sqlite3.connect(stage.path)
    ids = [claim.id for claim in _some_claims(stage)]
    plain = [_seconds(lambda key=key: bare.read_claim(connection, key)) for key in ids]  # type: ignore[misc]
    connection.close()
    yield Measured(say("claim judged while it is typed"), 1, median(times), median(plain), max(times))
    cases = [preview(stage.db, form, registers).case for form in forms]
    rules = [_seconds(lambda case=case: judge(case)) for case in cases]  # type: ignore[misc]
    yield Measured(say("claim through all rules, facts at hand"), 1, median(rules), median(plain), max(rules))


def _some_claims(stage: Stage) -> list[Claim]:
    query = select(ClaimRow.id).order_by(ClaimRow.id.desc()).limit(SAMPLE)
    return stage.db.read(lambda session: load_claims(session, list(session.execute(query).scalars())))


def _search(stage: Stage) -> Measured:
    connection = sqlite3.connect(stage.path)
    plain = [_seconds(lambda text=text: bare.like_name(connection, fold(text))) for text in PARTS_OF_NAMES]  # type: ignore[misc]
    connection.close()
    ours = [_seconds(lambda text=text: stage.db.read(find_members, text)) for text in PARTS_OF_NAMES]  # type: ignore[misc]
    return Measured(say("member found by part of a name"), 1, median(ours), median(plain), max(ours))


def _voucher() -> Measured:
    row = PaidClaim(
        form_no="000412",
        patient_name="ນາງ ບົວຈັນ ແກ້ວມະນີ",
        scheme="NHI",
        care_type="IPD",
        visit_from=None,
        visit_to=None,
        claimed=165_000,
        allowed=550_000,
        copay_due=30_000,
        payable=520_000,
    )
    payee = Payee(code="DH1", name=Name("ໂຮງໝໍເມືອງວັງວຽງ", "Vang Vieng District Hospital"), level="DH")
    office = Name("ວຽງຈັນ", "Vientiane Province")
    paper = VoucherPaper(office=office, payee=payee, period="9/2026", amount=40 * row.payable, claims=(row,) * 40)
    voucher_pdf(paper)  # the fonts are read once
    return Measured(
        say("voucher of 40 claims printed"),
        1,
        _seconds(lambda: voucher_pdf(paper)),
        _seconds(lambda: bare.plain_voucher(paper)),
    )
