"""The columns of the list of returns and of its form."""

from __future__ import annotations

from collections.abc import Mapping

from claims_desk.domain.codes import AgeBand, Pays, Section, Sex
from claims_desk.domain.columns import Align, Column, Format
from claims_desk.domain.dates import format_month
from claims_desk.domain.messages import Message, say
from claims_desk.domain.monthly_return import Who
from claims_desk.domain.terms import level_name
from claims_desk.queries.monthly_returns import ReturnRow, Standing
from claims_desk.ui.theme import Tone

STANDINGS: Mapping[Standing, Message] = {
    Standing.MISSING: say("Missing"),
    Standing.OPEN: say("Open"),
    Standing.CLOSED: say("Closed"),
}
TONES: Mapping[Standing, Tone] = {
    Standing.MISSING: Tone.BAD,
    Standing.OPEN: Tone.WARN,
    Standing.CLOSED: Tone.GOOD,
}
SECTIONS: Mapping[Section, Message] = {Section.OPD: say("Outpatients"), Section.IPD: say("Inpatients")}
PERSONS: Mapping[tuple[Sex, AgeBand], Message] = {
    (Sex.F, AgeBand.UNDER5): say("F < 5"),
    (Sex.M, AgeBand.UNDER5): say("M < 5"),
    (Sex.F, AgeBand.FROM5): say("F 5 +"),
    (Sex.M, AgeBand.FROM5): say("M 5 +"),
}
PAYS: Mapping[Pays, Message] = {Pays.FREE: say("free"), Pays.PAYING: say("paying")}


def who_words(who: Who) -> str:
    """Whom a column counts, in two lines: sex and age, then who pays."""
    return f"{PERSONS[who.sex, who.age].text()}\n{PAYS[who.pays].text()}"


RETURNS: tuple[Column[ReturnRow], ...] = (
    Column("month", say("Month"), lambda row: format_month(row.month), align=Align.RIGHT, width=8),
    Column("code", say("Code"), lambda row: row.facility_code, width=8),
    Column("facility", say("Facility"), lambda row: row.facility, width=34),
    Column("level", say("Level"), lambda row: level_name(row.level), width=16),
    Column("standing", say("Status"), lambda row: STANDINGS[row.standing], width=12),
    Column("answered", say("Places filled"), lambda row: row.answered, Format.COUNT, width=8),
    Column("patients", say("Patients"), lambda row: row.patients, Format.KIP, width=9),
    Column("entered_by", say("Keyed by"), lambda row: row.entered_by, width=10),
    Column("closed_by", say("Closed by"), lambda row: row.closed_by, width=10),
)
