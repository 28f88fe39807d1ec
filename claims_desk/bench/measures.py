"""What is measured, each beside its bare counterpart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from sqlalchemy import select

from claims_desk.bench import bare
from claims_desk.bench.bare_judgement import reading_times
from claims_desk.bench.judged import FIRST, counted_statements, judge_alone
from claims_desk.bench.opening import measure_opening
from claims_desk.bench.search import measure_search
from claims_desk.bench.stage import MEMBERS, Stage, fill
from claims_desk.documents.voucher import voucher_pdf
from claims_desk.domain.facts import Claim
from claims_desk.domain.messages import Message, Name, say
from claims_desk.domain.papers import PaidClaim, Payee, VoucherPaper
from claims_desk.models import Claim as ClaimRow
from claims_desk.queries.claim_facts import load_claims
from claims_desk.queries.facts import load_registers
from claims_desk.rules.engine import judge
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import preview

SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of ours and of bare code for `count` things.

    The worst single one in seconds where each was timed; SQL statements a thing where they were counted; the most
    memory held where a process did nothing else.
    """

    what: Message
    count: int
    ours: float
    bare: float
    worst: float | None = None
    statements: float | None = None
    megabytes: int | None = None

    @property
    def ratio(self) -> float:
        """How many times as long as bare code."""
        return self.ours / self.bare if self.bare else 0.0


def measure_all(stage: Stage) -> Iterator[Measured]:
    """Measure everything in the order of a working day; the database is filled on the way.

    On a server, only what is judged.
    """
    if stage.db.is_sqlite:
        yield _members(stage)
    else:
        import_table(stage.db, stage.admin, MEMBERS, stage.members_file)
    fill(stage)
    yield from _judgement(stage)
    yield from _one_claim(stage)
    yield from measure_search(stage.db)
    yield from measure_opening(stage.db, stage.clerk)
    if stage.db.is_sqlite:
        yield _voucher()


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def _members(stage: Stage) -> Measured:
    source = stage.members_file
    plain = _seconds(lambda: bare.insert_members(source, source.with_suffix(".bare.db")))
    started = perf_counter()
    report = import_table(stage.db, stage.admin, MEMBERS, source)
    return Measured(say("members imported"), report.added, perf_counter() - started, plain)


def _judgement(stage: Stage) -> Iterator[Measured]:
    """All claims, and the first ten thousand of them: what one claim costs must not grow."""
    run = judge_alone(stage.db, stage.clerk, stage.folder)
    for claims in (FIRST, run.claims) if run.claims > FIRST else (run.claims,):
        ours, plain = run.until(claims)
        each = run.statements / run.claims
        yield Measured(say("claims adjudicated"), claims, ours, plain, statements=each, megabytes=run.megabytes)


def _one_claim(stage: Stage) -> Iterator[Measured]:
    """One claim under the fingers: facts loaded and judged; then the rules alone."""
    registers = stage.db.read(load_registers)
    claims = _some_claims(stage)
    forms = [replace(claim, id=0) for claim in claims]
    with counted_statements(stage.db) as said:
        times = [_seconds(lambda form=form: preview(stage.db, form, registers)) for form in forms]  # type: ignore[misc]
    plain = reading_times(stage.db, [claim.id for claim in claims])
    each = said.total() / len(forms)
    yield Measured(say("claim judged while it is typed"), 1, median(times), median(plain), max(times), each)
    cases = [preview(stage.db, form, registers).case for form in forms]
    rules = [_seconds(lambda case=case: judge(case)) for case in map(replace, cases)]  # type: ignore[misc]
    yield Measured(say("claim through all rules, facts at hand"), 1, median(rules), median(plain), max(rules))


def _some_claims(stage: Stage) -> list[Claim]:
    """Claims from all over the table, so that no part of it is at hand from the run before."""
    ids = stage.db.read(lambda session: list(session.execute(select(ClaimRow.id).order_by(ClaimRow.id)).scalars()))
    return stage.db.read(load_claims, ids[:: max(1, len(ids) // SAMPLE)])


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
