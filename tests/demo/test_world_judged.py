"""The demo's claims before the rules: what is left clean is accepted, what is made wrong is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims_desk.demo.world import World, write_world
from claims_desk.domain.actor import Actor
from claims_desk.domain.codes import ClaimState, Decision, Role
from claims_desk.domain.facts import Claim
from claims_desk.domain.judgement import Case, Judgement
from claims_desk.models import Claim as ClaimRow
from claims_desk.models import Submission, User
from claims_desk.models.database import Database
from claims_desk.queries.facts import load_cases, load_claims, load_registers
from claims_desk.rules.engine import judge
from claims_desk.services.imports import import_table
from claims_desk.services.users import change_roles
from tests.conftest import NewDatabase

STATES = {
    Decision.ACCEPT: ClaimState.ACCEPTED,
    Decision.PEND: ClaimState.PENDED,
    Decision.DENY: ClaimState.DENIED,
}


@pytest.fixture
def office(new_sqlite: NewDatabase) -> Iterator[Database]:
    database = Database.open(new_sqlite(True))
    yield database
    database.close()


def test_clean_claims_are_accepted_without_a_word_and_every_wrong_one_is_found(
    office: Database, tmp_path: Path
) -> None:
    world = write_world(tmp_path, members=9_000, claims=1_000, seed=3)
    bring_in(office, world)
    judged = list(judge_all(office))
    expected = {(each.facility_code, each.form_no): each.code for each in world.expected}
    # A form number used twice is wrong on the later form; the earlier one is clean.
    last = {(claim.facility_code, claim.form_no): claim.id for claim, _ in judged}
    for claim, judgement in judged:
        key = (claim.facility_code, claim.form_no)
        codes = {finding.code for finding in judgement.findings}
        wanted = expected.get(key) if last[key] == claim.id else None
        if wanted:
            assert wanted in codes, (key, wanted, codes)
        else:
            assert not codes, (key, judgement.findings)
            assert judgement.decision == Decision.ACCEPT
    assert len(judged) == 1_000


def bring_in(office: Database, world: World) -> None:
    user_id = office.read(lambda session: session.execute(select(User.id)).scalar_one())
    change_roles(office, Actor(user_id, "admin", frozenset({Role.ADMINISTRATOR})), "admin", list(Role))
    actor = Actor(user_id, "admin", frozenset(Role))
    for kind, path in world.files:
        if kind == "claims":
            receive(office, world, user_id)
        report = import_table(office, actor, kind, path)
        assert (report.done, report.problems) == (True, ()), kind


def receive(office: Database, world: World, user_id: int) -> None:
    with office.session() as session:
        session.add_all(
            Submission(
                number=bundle.number,
                facility_code=bundle.facility_code,
                month=bundle.month,
                received_on=bundle.received_on,
                received_by=user_id,
                forms_counted=bundle.forms_counted,
                kip_counted=bundle.kip_total,
                form_numbers_sum=bundle.form_number_sum,
            )
            for bundle in world.bundles
        )
        session.commit()


def judge_all(office: Database) -> Iterator[tuple[Claim, Judgement]]:
    states: dict[int, ClaimState] = {}
    for case in office.read(all_cases):
        earlier = tuple(replace(past, state=states.get(past.id, past.state)) for past in case.earlier)
        judgement = judge(replace(case, earlier=earlier))
        states[case.claim.id] = STATES[judgement.decision]
        yield case.claim, judgement


def all_cases(session: Session) -> list[Case]:
    ids = list(session.execute(select(ClaimRow.id).order_by(ClaimRow.id)).scalars())
    return load_cases(session, load_claims(session, ids), load_registers(session))
