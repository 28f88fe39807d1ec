"""The commands of the contract: what they take, do, print and return."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims_desk.cli import database_first

EXAMPLES = Path(__file__).parents[1] / "examples"
ORDER = (
    *("schemes", "facilities", "contracts", "members", "coverages", "items", "prices", "item_pairs", "case_groups"),
    *("case_rates", "payment_methods", "copayments", "visit_limits", "ceilings", "diagnoses", "parameters"),
)
KEYS = "river stone 44"


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_examples_are_judged_as_they_say(desk, tmp_path):
    db = ("--db", f"sqlite:///{tmp_path}/office.db")
    assert desk(*db, "init", "--office", "1003").code == 0
    assert desk(*db, "user", "add", "noy", "--roles", "clerk;supervisor", CLAIMS_DESK_NEW_PASSWORD=KEYS).code == 0
    for kind in ORDER:
        assert desk("import", kind, EXAMPLES / f"{kind}.csv", *db).code == 0
    for kind in ("claims", "claim_lines"):
        assert desk("import", kind, EXAMPLES / f"{kind}.csv", *db, user="noy", password=KEYS).code == 0
    said = desk(*db, "adjudicate", "--out", tmp_path / "out", user="noy", password=KEYS)
    assert "Adjudicated 12 claims" in said.out
    results = {row["form_no"]: row for row in read(tmp_path / "out" / "results.csv")}
    for wanted in read(EXAMPLES / "expected_results.csv"):
        found = results[wanted["form_no"]]
        for column in ("decision", "allowed", "copay_due", "payable"):
            assert wanted[column] in ("", found[column])
    findings = [tuple(row.values())[:4] for row in read(tmp_path / "out" / "findings.csv")]
    expected = [tuple(row.values())[:4] for row in read(EXAMPLES / "expected_findings.csv")]
    assert set(expected) <= set(findings)
    assert desk(*db, "verify").code == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["verify", "--db", "a.db"], ["--db", "a.db", "verify"]),
        (["--db", "a.db", "verify"], ["--db", "a.db", "verify"]),
        (["user", "--db=a.db", "list"], ["--db=a.db", "user", "list"]),
        (["verify"], ["verify"]),
        (["import", "claims", "--", "--db"], ["import", "claims", "--", "--db"]),
    ],
)
def test_the_database_may_be_named_anywhere(typed, meant):
    assert database_first(typed) == meant


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("import", "patients", "x.csv"),
        ("import", "claims"),
        ("user", "add", "noy", "--roles", "boss"),
        ("user", "add", "noy"),
        ("init", "--unknown"),
        ("backup",),
        ("verify", "--db"),
    ],
)
@pytest.mark.usefixtures("office")
def test_wrong_usage_is_2(desk, words):
    said = desk(*words)
    assert said.code == 2
    assert said.err


def test_a_second_init_changes_nothing_and_another_office_is_refused(desk, office):
    assert "up to date" in desk("init", "--office", "1003").out
    assert "up to date" in desk("init").out
    refused = desk("init", "--office", "1004")
    assert (refused.code, "belongs to office 1003" in refused.err) == (1, True)


def test_a_new_database_needs_an_office_that_exists(desk, tmp_path):
    assert desk("init", "--db", tmp_path / "new.db").code == 1
    assert desk("init", "--office", "9999", "--db", tmp_path / "new.db").code == 1
    assert desk("init", "--office", "1003", "--db", tmp_path / "new.db", password="short").code == 1
    assert desk("init", "--office", "1000", "--db", tmp_path / "new.db").code == 0


@pytest.mark.usefixtures("office")
def test_users_are_added_listed_disabled_and_change_their_password(desk):
    desk("user", "add", "noy", "--roles", "clerk; supervisor", CLAIMS_DESK_NEW_PASSWORD=KEYS)
    assert "noy\tclerk;supervisor\tactive" in desk("user", "list").out
    assert desk("user", "passwd", user="noy", password=KEYS, CLAIMS_DESK_NEW_PASSWORD="other stone 55").code == 0
    assert desk("user", "list", user="noy", password="other stone 55").code == 1
    assert desk("user", "roles", "noy", "--roles", "auditor").code == 0
    assert desk("user", "list", user="noy", password="other stone 55").code == 0
    assert desk("user", "disable", "noy").code == 0
    assert "noy\tauditor\tdisabled" in desk("user", "list").out
    assert desk("user", "enable", "noy").code == 0


@pytest.fixture
def bad_file(tmp_path):
    path = tmp_path / "members.csv"
    path.write_text("person_no,sex,birth_date,colour\nP1,F,1980-01-12,red\nP2,F,2569-01-12,red\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("office")
def test_every_bad_row_is_told_with_row_column_value_and_reason(desk, bad_file):
    said = desk("import", "members", bad_file)
    assert said.code == 1
    assert "row 3, birth_date “2569-01-12”: 2569 is a year of the Buddhist era: write 2026." in said.err
    assert "left aside: colour" in said.err
    assert "Nothing of members.csv went in: 1 rows are bad." in said.err


@pytest.mark.usefixtures("office")
def test_partial_and_dry_run_answer_with_counts(desk, bad_file):
    dry = desk("import", "members", bad_file, "--dry-run")
    assert (dry.code, "added 1, changed 0, unchanged 0, rejected 1" in dry.out) == (0, True)
    done = desk("import", "members", bad_file, "--partial")
    assert (done.code, "added 1, changed 0, unchanged 0, rejected 1" in done.out) == (0, True)
    assert "members-rejected.csv" in done.out
    assert "unchanged 1" in desk("import", "members", bad_file, "--partial").out


@pytest.mark.usefixtures("office")
def test_backup_and_restore_from_the_command_line(desk, tmp_path):
    assert desk("backup", tmp_path / "b.db").code == 0
    said = desk("restore", tmp_path / "b.db")
    assert said.code == 0
    assert "kept" in said.out


def test_a_lost_database_is_restored_by_the_administrator_of_the_backup(desk, tmp_path, office):
    desk("backup", tmp_path / "b.db")
    new = tmp_path / "new-pc.db"
    assert desk("restore", tmp_path / "b.db", "--db", new, password="not the password").code == 1
    assert not new.exists()
    assert desk("restore", tmp_path / "b.db", "--db", new).code == 0
    assert desk("verify", "--db", new).code == 0


def run(*words, **environment):
    """The program in a process of its own, with nobody to ask."""
    return subprocess.run(
        [sys.executable, "-m", "claims_desk", *map(str, words)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )


def test_lao_on_a_console_that_cannot_show_it_is_no_accident(tmp_path):
    said = run("verify", "--db", tmp_path / "x.db", CLAIMS_DESK_LANGUAGE="lo", PYTHONIOENCODING="cp437")
    assert said.returncode == 1
    assert "x.db" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_lao_system_is_answered_in_lao(tmp_path):
    said = run("verify", "--db", tmp_path / "x.db", LC_ALL="lo_LA.UTF-8", PYTHONIOENCODING="utf-8")
    assert "ບໍ່ມີຖານຂໍ້ມູນ" in said.stderr


def test_without_anybody_to_ask_the_variable_is_named(office):
    said = run("verify", CLAIMS_DESK_DB=office)
    assert said.returncode == 1
    assert "CLAIMS_DESK_USER" in said.stderr


def test_help_and_version_need_no_database_and_no_window_library():
    code = "import sys; from claims_desk.__main__ import main; main(['--version']); print(sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert said.stdout.startswith("claims-desk ")
    assert "PySide6" not in said.stdout
    assert "'reportlab'" not in said.stdout


@pytest.mark.usefixtures("office")
def test_a_trial_of_a_file_with_a_bad_row_says_that_an_import_would_refuse_it(desk, tmp_path):
    rows = tmp_path / "schemes.csv"
    rows.write_text("code,name_en,payer_order\nONE,One,1\nTWO,Two,second\n")
    assert "would refuse the file" in desk("import", "schemes", rows, "--dry-run").out
    assert "would be: added 1" in desk("import", "schemes", rows, "--dry-run", "--partial").out
