"""Lists shipped for the demo, and the columns of the files it writes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

Cell = str | int | date | None

# In the order in which the files go in: what is named stands before what names it.
COLUMNS: Final[Mapping[str, str]] = {
    "schemes": "code name_lo name_en payer_order waiting_days referral_levels exempt_categories fund",
    "parameters": "name scheme valid_from valid_to value",
    "facilities": "code name_lo name_en level province_code district_code active_from active_to bank_code"
    " bank_account bank_account_name catchment",
    "contracts": "facility_code scheme valid_from valid_to",
    "diagnoses": "code title_en title_lo sex age_min age_max valid_from valid_to",
    "items": "code kind name_lo name_en care_types sex age_min age_max max_per_day max_per_year min_interval_days"
    " extra excluded active_from active_to",
    "prices": "item_code scheme level valid_from valid_to price",
    "item_pairs": "first_item second_item valid_from valid_to",
    "case_groups": "code name_lo name_en care_type diagnosis_prefixes",
    "case_rates": "case_group scheme level valid_from valid_to amount",
    "payment_methods": "scheme level care_type valid_from valid_to method",
    "copayments": "scheme level care_type valid_from valid_to amount percent",
    "visit_limits": "scheme care_type valid_from valid_to max_per_year",
    "ceilings": "scheme care_type period valid_from valid_to amount",
    "capitation_rates": "scheme level facility_code valid_from valid_to amount_per_year",
    "members": "person_no name_lo name_en sex birth_date death_date family_book_no national_id district_code village"
    " phone",
    "coverages": "scheme member_no person_no valid_from valid_to status option relation",
    "exemptions": "person_no category valid_from valid_to evidence",
    "claims": "form_no facility_code submission scheme member_no patient_name phone sex birth_date care_type"
    " visit_from visit_to case_group diagnosis_main diagnosis_2 diagnosis_3 diagnosis_4 referred_from referral_date"
    " referral_no emergency documents_seen signed exemption_claimed copay_collected claimed_total received_date"
    " outcome",
    "claim_lines": "form_no facility_code line_no item_code service_date quantity unit_price",
}


def shipped(name: str) -> list[dict[str, str]]:
    """The rows of a list in `resources/demo`."""
    text = (files("claims_desk.resources") / "demo" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def columns_of(kind: str) -> Sequence[str]:
    """The columns of a kind of file, in order."""
    return COLUMNS[kind].split()


def write_table(folder: Path, kind: str, rows: Iterable[Sequence[Cell]]) -> Path:
    """Write `<kind>.csv` with the columns of its kind; rows in their order. Dates become yyyy-mm-dd."""
    path = folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns_of(kind))
        writer.writerows(rows)
    return path


def write_dicts(folder: Path, kind: str, rows: Iterable[Mapping[str, Cell]]) -> Path:
    """Write `<kind>.csv` from rows by column name; a column a row does not have stays empty."""
    columns = columns_of(kind)
    return write_table(folder, kind, ([row.get(column, "") for column in columns] for row in rows))
