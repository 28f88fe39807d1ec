"""Papers put on a disk: whole, or not there."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.domain.months import Months
from claims_desk.models import Facility
from claims_desk.services.printing import print_letters, write_paper
from tests.payable import open_treasury

LIMITED = """
import resource, signal, sys
from pathlib import Path
from claims_desk.domain.errors import UserError
from claims_desk.services.printing import write_paper
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))
try:
    write_paper(Path(sys.argv[1]), "voucher.pdf", b"new" * 3_000)
except UserError as refusal:
    sys.exit(str(refusal))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of Unix")
def test_a_full_disk_leaves_the_paper_that_was_there(tmp_path):
    write_paper(tmp_path, "voucher.pdf", b"old")
    said = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, check=False, text=True)
    assert (said.returncode, "could not be written" in said.stderr) == (1, True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file()] == [
        ("voucher.pdf", b"old")
    ]


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="could not be written"):
        write_paper(tmp_path / "file", "voucher.pdf", b"x")


def print_of(db, tmp_path, codes, **more):
    told = {"on": date(2026, 5, 20), "language": "lo", "signed_by": "dao"}
    return print_letters(db, codes, Months.of(date(2026, 3, 1)), tmp_path / "letters", **told, **more)


def test_the_letters_of_many_facilities_go_into_one_folder(db, tmp_path):
    open_treasury(db)
    steps = []
    paths = print_of(db, tmp_path, ["HC1", "HC2", "DH1"], progress=lambda *step: steps.append(step))
    assert [path.name for path in paths] == [f"letter-{code}-2026-03-lo.pdf" for code in ("HC1", "HC2", "DH1")]
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)
    assert steps == [(0, 3), (1, 3), (2, 3)]


def test_letters_that_are_cancelled_leave_whole_ones_only(db, tmp_path):
    open_treasury(db)
    asked = iter([False, True])
    (path,) = print_of(db, tmp_path, ["HC1", "HC2", "DH1"], cancelled=lambda: next(asked))
    assert [each.name for each in (tmp_path / "letters").iterdir()] == [path.name]


def test_a_code_that_is_no_file_name_is_one_on_paper_only(db, tmp_path):
    open_treasury(db)
    with db.session() as session:
        session.add(
            Facility(
                code="HC/2:x", name_lo="ນ້ຳ", name_en="Nam", level="HC", province_code="10", district_code="1003",
                bank_code="", bank_account="", bank_account_name="",
            )
        )  # fmt: skip
        session.commit()
    (path,) = print_of(db, tmp_path, ["HC/2:x"])
    assert path.name == "letter-HC-2-x-2026-03-lo.pdf"
