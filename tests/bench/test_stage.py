"""What is measured is what the bench says: claims of five lines, two to a patient, of members who have their cover."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from claims_desk.bench import stage
from claims_desk.bench.stage import MEMBERS, fill, set_stage
from claims_desk.services.imports import import_table
from claims_desk.services.judgement import adjudicate


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_crowd_is_made_of_the_demos_few(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "_VILLAGE", 2_000)
    server = request.getfixturevalue("new_postgres")(False) if engine == "postgres" else ""
    made = set_stage(tmp_path, members=6_000, claims=300, server=server)
    assert import_table(made.db, made.admin, MEMBERS, made.members_file).added == 6_000
    fill(made)
    with made.db.session() as session:
        forms = session.execute(text("SELECT id, member_no, visit_from FROM claims ORDER BY id")).all()
        lines = Counter(session.execute(text("SELECT claim_id FROM claim_lines")).scalars())
        covers = session.execute(text("SELECT count(*), count(DISTINCT id), count(DISTINCT member_no) FROM coverages"))
        covered, ids, numbers = covers.one()
    first, again, others = forms[:100], forms[100:200], forms[200:]
    assert len(forms) == 300
    assert sum(lines[form.id] == 5 for form in forms) > 290
    assert [form.member_no for form in first] == [form.member_no for form in again]
    assert not {form.member_no for form in first if form.member_no} & {form.member_no for form in others}
    assert covered == ids
    assert numbers > 4_000
    report = adjudicate(made.db, made.clerk)
    assert report.judged == 300
    assert report.accepted > 200
    made.db.close()
