"""What waits on the tray is on disk, whole or as it was before."""

from __future__ import annotations

import pytest

from claims_desk.domain.errors import UserError
from claims_desk.domain.scans import ScanPage
from claims_desk.services.scan_tray import Tray, TrayFile, as_written

FULL = Tray([ScanPage("a" * 64, 3, 90), ScanPage("b" * 64)], 2, {"scan.pdf": [10, 20]})


def test_a_tray_comes_back_as_it_was(tmp_path):
    file = TrayFile(tmp_path / "trays" / "one.json")
    assert file.load() == Tray()
    file.save(as_written(FULL))
    assert file.load() == FULL


def test_a_tray_that_lay_under_the_database_name_alone_is_taken_over_once(tmp_path):
    before = TrayFile(tmp_path / "old.json")
    before.save(as_written(FULL))
    assert TrayFile(tmp_path / "one.json", before.path).load() == FULL
    assert TrayFile(tmp_path / "other.json", before.path).load() == Tray()
    assert TrayFile(tmp_path / "one.json", before.path).load() == FULL


@pytest.mark.parametrize(
    "written",
    [
        *("", "[]", "{}", '{"pages": [[1]], "a_form": 0, "seen": {}}', "\x00", "[" * 100_000),
        *('{"pages": [], "a_form": Infinity, "seen": {}}', '{"pages": [], "a_form": -3, "seen": {}}'),
    ],
)
def test_a_damaged_tray_is_an_empty_one(tmp_path, written):
    path = tmp_path / "one.json"
    path.write_text(written, encoding="utf-8")
    assert TrayFile(path).load() == Tray()


def test_a_disk_that_takes_nothing_is_told_plainly(tmp_path):
    (tmp_path / "trays").write_text("no folder")
    with pytest.raises(UserError):
        TrayFile(tmp_path / "trays" / "one.json").save(as_written(FULL))
