"""Scenes of the family T."""

from __future__ import annotations

from datetime import date

from claims_desk.domain import registers as tables
from claims_desk.domain.facts import CaseRate, ItemPair
from tests.rules.world import (
    BIRTH,
    CAPITATED,
    START,
    STAY,
    VISIT,
    VISIT_PAID_BY_ITEM,
    Scene,
    item,
    line,
    of_member,
    says,
    silent,
    with_claim,
    with_lines,
    with_registers,
)

OPD = VISIT_PAID_BY_ITEM
ONCE = tables.item_pairs([ItemPair(first_item="OPC", second_item="OPC", valid_from=START)])
NEXT = date(2026, 3, 11)
CIVIL_STAY = with_claim(OPD, care_type="IPD", visit_to=date(2026, 3, 12))
MAN = of_member(with_claim(OPD, sex="M"), sex="M")


def speaks(code: str, story: str, *lines_and_told: object, border: bool = False) -> Scene:
    """The outpatient claim with these lines: the rule speaks of the lines whose numbers follow."""
    given = [entry for entry in lines_and_told if not isinstance(entry, int)]
    told = [entry for entry in lines_and_told if isinstance(entry, int)]
    return says(code, story, with_lines(OPD, *given), *told, border=border)  # type: ignore[arg-type]


def _rates_from(day: date) -> tables.DatedTable[CaseRate]:
    """A rate of the group of the clean stay from a day on."""
    return tables.case_rates([CaseRate(case_group="MED", scheme="NHI", level="DH", valid_from=day, amount=450_000)])


LINES = [
    speaks("T01", "nobody's code", line(1, "OPC"), line(2, "OPX"), 2, border=True),
    speaks("T01", "no code", line(1, ""), 1),
    silent("T01", "a known code", OPD, border=True),
    silent("T01", "known, though no benefit", with_lines(OPD, line(1, "COSM"))),
    speaks("T02", "ended before", line(1, "OLD"), line(2, "OPC"), 1),
    silent("T02", "its last day", with_lines(OPD, line(1, "OLD", day=date(2026, 1, 31))), border=True),
    says("T02", "the day after its last", with_lines(OPD, line(1, "OLD", day=date(2026, 2, 1))), 1, border=True),
    silent("T02", "in use", OPD),
    speaks("T03", "no benefit", line(1, "OPC"), line(2, "COSM"), 2, border=True),
    silent("T03", "a benefit", OPD, border=True),
    silent("T03", "an unknown item", with_lines(OPD, line(1, "OPX"))),
    speaks("T04", "no price under fee", line(1, "NOPRICE"), 1),
    says("T04", "an extra item without a price", with_lines(STAY, line(1, "RAREX")), 1),
    silent("T04", "the case rate pays for it", with_lines(STAY, line(1, "NOPRICE"))),
    silent("T04", "a price", OPD),
    says("T04", "before the price began", with_lines(OPD, line(1, "OPC", day=date(2024, 12, 31))), 1, border=True),
    silent("T04", "on the day the price began", with_lines(OPD, line(1, "OPC", day=START)), border=True),
    speaks("T05", "one kip above", line(1, "OPC", price=20_001), 1, border=True),
    silent("T05", "the tariff", OPD, border=True),
    silent("T05", "below the tariff", with_lines(OPD, line(1, "OPC", price=1))),
    says("T05", "of a line that the case rate pays for", with_lines(STAY, line(1, "LAB", price=15_001)), 1),
    speaks("T06", "none", line(1, "OPC", 0), 1, border=True),
    silent("T06", "one, the least", with_lines(OPD, line(1, "OPC", 1)), border=True),
    speaks("T06", "a part", line(1, "OPC", "1.5"), 1),
    speaks("T06", "empty", line(1, "OPC", None), 1),
    speaks("T06", "less than none", line(1, "OPC", -1), 1),
    speaks("T06", "no number", line(1, "OPC", "NaN"), 1),
    speaks("T06", "beyond all sense", line(1, "OPC", "1E+99"), 1),
    speaks("T06", "beyond all reckoning", line(1, "OPC", "1E+99999999"), 1),
    speaks("T06", "a price below 0", line(1, "OPC", price=-1_000), 1),
    speaks("T06", "no price given", line(1, "OPC", price=None), 1),
    silent("T06", "given for nothing", with_lines(OPD, line(1, "OPC", price=0))),
    silent("T06", "written with a point", with_lines(OPD, line(1, "OPC", "2.0"))),
    speaks("T07", "later lines are cut", line(1, "LAB", 2), line(2, "LAB", 1), 2, border=True),
    speaks("T07", "by number, not by place", line(2, "LAB", 1), line(1, "LAB", 2), 2),
    silent("T07", "as many as are allowed", with_lines(OPD, line(1, "LAB"), line(2, "LAB")), border=True),
    silent("T07", "on two days", with_lines(CIVIL_STAY, line(1, "LAB", 2), line(2, "LAB", 2, day=NEXT))),
    speaks("T08", "both on one day", line(1, "DRESS"), line(2, "SURG"), 1),
    silent("T08", "on two days", with_lines(CIVIL_STAY, line(1, "SURG"), line(2, "DRESS", day=NEXT))),
    silent("T08", "alone", with_lines(OPD, line(1, "DRESS"))),
    silent(
        "T08", "an item paired with itself, alone", with_registers(with_lines(OPD, line(1, "OPC")), item_pairs=ONCE)
    ),
    says(
        "T08",
        "an item paired with itself, twice",
        with_registers(with_lines(OPD, line(1, "OPC"), line(2, "OPC")), item_pairs=ONCE),
        2,
    ),
    says(
        "T08",
        "the pair's last day",
        with_lines(_august := with_claim(OPD, visit_from=date(2026, 8, 31)), line(1, "SURG"), line(2, "DRESS")),
        2,
        border=True,
    ),
    silent(
        "T08",
        "the day after",
        with_lines(with_claim(_august, visit_from=date(2026, 9, 1)), line(1, "SURG"), line(2, "DRESS")),
        border=True,
    ),
    speaks("T09", "a ward for an outpatient", line(1, "WARD"), 1, border=True),
    silent("T09", "a ward for an inpatient", with_lines(CIVIL_STAY, line(1, "WARD")), border=True),
    silent("T09", "for all care", OPD),
    says("T10", "a man", with_lines(MAN, line(1, "PREG")), 1),
    says("T10", "56 today", with_lines(of_member(OPD, birth_date=date(1970, 3, 10)), line(1, "PREG")), 1, border=True),
    silent(
        "T10", "56 tomorrow", with_lines(of_member(OPD, birth_date=date(1970, 3, 11)), line(1, "PREG")), border=True
    ),
    says("T10", "11 until tomorrow", with_lines(of_member(OPD, birth_date=date(2014, 3, 11)), line(1, "PREG")), 1),
    silent(
        "T10",
        "12 on the day of the service",
        with_lines(of_member(CIVIL_STAY, birth_date=date(2014, 3, 11)), line(1, "PREG", day=NEXT)),
    ),
    silent("T10", "for all", OPD),
    says("T11", "no group", with_claim(STAY, case_group="")),
    says("T11", "nobody's group", with_claim(STAY, case_group="NOBODY"), border=True),
    silent("T11", "a group", STAY, border=True),
    silent("T11", "not paid by case", CIVIL_STAY),
    says("T12", "a group without a rate", with_claim(STAY, case_group="NORATE")),
    silent("T12", "a group with a rate", STAY),
    says("T12", "a rate from tomorrow", with_registers(STAY, case_rates=_rates_from(NEXT)), border=True),
    silent("T12", "a rate from today", with_registers(STAY, case_rates=_rates_from(VISIT)), border=True),
    silent("T12", "an unknown group", with_claim(STAY, case_group="NOBODY")),
    silent("T12", "the first day of the rate", with_claim(STAY, visit_from=date(2025, 1, 1))),
    says("T13", "a consultation", with_lines(CAPITATED, line(1, "OPC")), border=True),
    silent("T13", "an extra item", with_lines(CAPITATED, line(1, "SURG")), border=True),
    silent("T13", "no lines", CAPITATED),
    silent("T13", "paid by case", with_lines(BIRTH, line(1, "OPC"))),
    says("T14", "no lines", with_lines(OPD)),
    says("T14", "only what is no benefit", with_lines(OPD, line(1, "COSM"))),
    says("T14", "only what costs nothing", with_lines(OPD, line(1, "OPC", price=0)), border=True),
    silent("T14", "one kip", with_lines(OPD, line(1, "OPC", price=1)), border=True),
    silent("T14", "one of two is paid", with_lines(OPD, line(1, "OPC"), line(2, "COSM"))),
    silent("T14", "an unknown item is asked about first", with_lines(OPD, line(1, "OPX"))),
    silent("T14", "paid by case", STAY),
]

NOTHING_A_DAY = with_registers(OPD, items=OPD.registers.items | {"LAB": item("LAB", max_per_day=0)})
LINES.append(says("T07", "none is allowed", with_lines(NOTHING_A_DAY, line(1, "LAB"), line(2, "OPC")), 1))
