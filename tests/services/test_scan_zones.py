"""Where the fields stand on the paper is set once, by those who may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims_desk.domain.errors import Refused, UserError
from claims_desk.domain.scans import Zone
from claims_desk.models import AuditEntry
from claims_desk.queries.scans import scan_zones
from claims_desk.services.scan_zones import set_zones
from claims_desk.services.sign_in import sign_in
from tests.scan_looks import count
from tests.small_office import open_small_office

PASSWORD = "Vang Vieng 2026"


@pytest.fixture
def people(db):
    return open_small_office(db)


@pytest.fixture
def admin(db):
    return sign_in(db, "admin", PASSWORD)


def zone(field, left=100, top=200, form_type="", **changes):
    return replace(Zone(form_type, field, 1, left, top, 3000, 400), **changes)


def test_zones_are_set_moved_and_taken_away_with_an_entry_each(db, people):
    entries = count(db, AuditEntry)
    set_zones(db, people.seng, "", [zone("form_no"), zone("member_no", 5000)])
    set_zones(db, people.seng, "", [zone("form_no"), zone("member_no", 6000)])
    set_zones(db, people.seng, "IPD", [zone("form_no", 1, form_type="IPD")])
    set_zones(db, people.seng, "", [zone("member_no", 6000)])
    set_zones(db, people.seng, "", [zone("member_no", 6000)])
    assert count(db, AuditEntry) == entries + 5
    found = db.read(scan_zones)
    assert set(found) == {("", "member_no"), ("IPD", "form_no")}
    assert found["", "member_no"] == zone("member_no", 6000)


@pytest.mark.parametrize(
    ("changes", "form_type"),
    [
        ({"left": 7001}, ""),
        ({"top": -1}, ""),
        ({"height": 3}, ""),
        ({"page_no": 0}, ""),
        ({"form_type": "XRAY"}, "XRAY"),
        ({"form_type": "IPD"}, "OPD"),
    ],
)
def test_a_zone_outside_the_page_or_of_no_form_is_refused(db, people, changes, form_type):
    with pytest.raises(UserError):
        set_zones(db, people.seng, form_type, [zone("form_no", **changes)])
    assert db.read(scan_zones) == {}


def test_who_keys_sets_no_zones(db, people, admin):
    with pytest.raises(Refused):
        set_zones(db, people.noy, "", [zone("form_no")])
    set_zones(db, admin, "", [zone("form_no")])
    assert set(db.read(scan_zones)) == {("", "form_no")}
