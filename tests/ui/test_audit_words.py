"""Every deed and every parameter has words of its own, so that nobody reads `scan.drop` in the audit trail."""

from __future__ import annotations

import re
from pathlib import Path

import claims_desk
from claims_desk.imports.kinds import WHOLE_NUMBERS
from claims_desk.models import Base
from claims_desk.ui.admin.words import DEEDS, RECORDS, written
from claims_desk.ui.registers.words import PARAMETERS

SERVICES = Path(claims_desk.__file__).parent / "services"
DEED = re.compile(r'(?:\.record\(\s*|Note\(\s*|action = )"([a-z_]+\.[a-z_]+)"')


def deeds_recorded():
    return {deed for path in SERVICES.glob("*.py") for deed in DEED.findall(path.read_text(encoding="utf-8"))}


def test_every_deed_that_is_recorded_has_words():
    recorded = deeds_recorded()
    assert {"claim.key", "scan.drop", "return.save", "voucher.prepare_capitation", "backup.restore"} <= recorded
    assert recorded - DEEDS.keys() == set()


def test_every_parameter_that_is_counted_with_has_words():
    assert WHOLE_NUMBERS - PARAMETERS.keys() == set()


def test_records_are_tables():
    assert RECORDS.keys() <= Base.metadata.tables.keys()


def test_kip_of_a_rate_is_grouped():
    assert written("rate", 95000) == "95.000"
