"""Papers put on a disk: whole, or not there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.services.printing import write_paper

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
