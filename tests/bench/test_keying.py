"""The bench keys in the real window: what it keys is kept, and a form takes few keys beyond its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from claims_desk.bench import keying, scans, stage, typist
from claims_desk.bench.keying import key_forms
from claims_desk.bench.stage import MEMBERS, fill, set_stage
from claims_desk.services.imports import import_table


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stage.Stage:
    monkeypatch.setattr(stage, "_VILLAGE", 2_000)
    monkeypatch.setattr(keying, "FORMS", 2)
    monkeypatch.setattr(scans, "LOOKED_AT", 1)
    monkeypatch.setattr(scans, "PAGES", 3)
    monkeypatch.setattr(scans, "_ROUND", 0.0)
    monkeypatch.setattr(typist, "BETWEEN_KEYS", 0.0)
    made = set_stage(tmp_path, members=2_000, claims=200)
    import_table(made.db, made.admin, MEMBERS, made.members_file)
    fill(made)
    return made


def test_forms_are_keyed_as_they_stand_on_paper_with_at_most_sixty_keys_beyond_the_text(office: stage.Stage) -> None:
    papers = office.db.read(keying.inpatient_papers)
    keyed, measures = key_forms(office)
    with office.db.session() as session:
        query = "SELECT member_no, patient_name, claimed_total FROM claims WHERE submission_id IS NOT NULL ORDER BY id"
        kept = session.execute(text(query)).all()
    assert [tuple(row) for row in kept] == [
        (paper.member_no, paper.patient_name, paper.claimed_total) for paper in papers
    ]
    assert keyed.lines == 5
    assert keyed.keys > keyed.letters > 100
    assert keyed.beyond_text <= 60
    assert len(keyed.saves) == 2
    assert [measured.ours > 0 for measured in measures] == [True] * 6
