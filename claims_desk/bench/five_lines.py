"""Claims of the demo as they are measured: five lines each, and many patients who bear the same names."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from claims_desk.demo.calendar import QUARTER_END
from claims_desk.demo.tariffs import Tariff
from claims_desk.demo.world import World

LINES: Final = 5
_LIMITS: Final = ("sex", "age_min", "age_max", "max_per_year", "min_interval_days", "extra", "excluded", "active_to")
Row = dict[str, str]


def write_members(source: Path, target: Path, copies: int) -> Path:
    """The members of a file, then all of them again under new numbers and names; as often as `copies`."""
    heading, *people = _cells(source)
    number, *names = (heading.index(name) for name in ("person_no", "name_lo", "name_en"))
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(heading)
        for copy in range(copies):
            for person in people:
                row = list(person)
                if copy:
                    row[number] += f"-{copy}"
                    for name in names:
                        row[name] += f" {copy}"
                writer.writerow(row)
    return target


def give_all_five_lines(world: World) -> None:
    """Rewrite the world's claims and lines: five to a claim, its total grown or shrunk with them, no bundles."""
    files, tariff = dict(world.files), Tariff()
    claims, levels = _rows(files["claims"]), {row["code"]: row["level"] for row in _rows(files["facilities"])}
    by_form: dict[tuple[str, str], list[Row]] = {}
    for line in _rows(files["claim_lines"]):
        by_form.setdefault((line["facility_code"], line["form_no"]), []).append(line)
    for claim in claims:
        claim["submission"] = ""
        lines = by_form.setdefault((claim["facility_code"], claim["form_no"]), [])
        before = sum(map(_amount, lines))
        del lines[LINES:]
        lines += _more(claim, lines, tariff, levels)
        after = sum(map(_amount, lines))
        if claim["claimed_total"]:
            claim["claimed_total"] = str(int(claim["claimed_total"]) - before + after if before else after)
    _write(files["claims"], claims)
    _write(files["claim_lines"], [line for lines in by_form.values() for line in lines])


def _more(claim: Row, lines: Sequence[Row], tariff: Tariff, levels: Mapping[str, str]) -> list[Row]:
    """As many lines as are missing, of items that anybody may have on such a visit, at the tariff."""
    more: list[Row] = []
    given, level = {line["item_code"] for line in lines}, levels.get(claim["facility_code"], "HC")
    day = date.fromisoformat(claim["visit_from"]) if claim["visit_from"] else QUARTER_END
    for code, item in tariff.items.items():
        price = tariff.price(code, claim["scheme"], level, day) if claim["scheme"] in tariff.schemes else None
        fits = claim["care_type"] in (item["care_types"] or claim["care_type"]).split(";")
        paired = any(code in pair for pair in tariff.pairs)
        if len(lines) + len(more) < LINES and code not in given and price and fits and not paired and _is_plain(item):
            form = {"form_no": claim["form_no"], "facility_code": claim["facility_code"]}
            number = str(len(lines) + len(more) + 1)
            more.append(
                form
                | {"line_no": number, "item_code": code, "quantity": "1", "unit_price": str(price)}
                | {"service_date": claim["visit_from"]}
            )
    return more


def _is_plain(item: Row) -> bool:
    return not any(item[name] for name in _LIMITS)


def _amount(line: Row) -> int:
    return int(line["quantity"]) * int(line["unit_price"]) if line["quantity"].lstrip("-").isdigit() else 0


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
