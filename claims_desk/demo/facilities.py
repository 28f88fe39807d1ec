"""Facilities of the province: real places, invented institutions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims_desk.demo.calendar import TARIFF_START
from claims_desk.demo.people import PROVINCE
from claims_desk.demo.tables import Cell, shipped
from claims_desk.domain.geography import districts, districts_of, provinces, villages
from claims_desk.domain.messages import Name

CLOSED_VILLAGE: Final = "1008015"
CLOSING_DAY: Final = date(2026, 6, 30)
_BANKS: Final = ("BCEL", "LDB", "APB")
_SCHEMES: Final = ("SASS", "SSO", "MIL", "CBHI", "HEF", "MNCH", "NHI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A facility of the demo; `weight` is its share of the claims."""

    code: str
    name: Name
    level: str
    district: str
    weight: int
    catchment: int = 0
    closed_on: date | None = None

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes it has contracts for: half of the health centres treat neither soldiers nor employees."""
        small = self.level == "HC" and int(self.code) % 2 == 0
        return tuple(scheme for scheme in _SCHEMES if not (small and scheme in ("SSO", "MIL")))


def all_sites() -> list[Site]:
    """Health centres, a hospital a district, the provincial hospital and a central one."""
    return [*_health_centres(), *_district_hospitals(), _provincial(), _central()]


def facility_row(site: Site) -> Mapping[str, Cell]:
    """The row of `facilities`; the account is invented."""
    bank = _BANKS[int(site.code) % len(_BANKS)]
    account = f"0{site.code}{int(site.code) * 7919 % 10**9:09}"
    account_name = site.name.roman.split(" (")[0].upper()
    return {
        "code": site.code, "name_lo": site.name.lao, "name_en": site.name.roman, "level": site.level,
        "province_code": site.district[:2], "district_code": site.district, "active_from": TARIFF_START,
        "active_to": site.closed_on, "bank_code": bank, "bank_account": account,
        "bank_account_name": account_name, "catchment": site.catchment or None,
    }  # fmt: skip


def contract_rows(sites: list[Site]) -> Iterator[tuple[Cell, ...]]:
    """The rows of `contracts`."""
    for site in sites:
        for scheme in site.schemes:
            yield site.code, scheme, TARIFF_START, None


def _marked(lao: str, roman: str) -> Name:
    return Name(f"{lao} (ຕົວຢ່າງ)", f"{roman} (example)")


def _health_centres() -> Iterator[Site]:
    rows = shipped("health_centres")
    homes = [villages()[row["village_code"]] for row in rows]
    numbers: dict[str, int] = {}
    for row, village in zip(rows, homes, strict=True):
        district = village.district_code
        numbers[district] = numbers.get(district, 0) + 1
        centres = sum(home.district_code == district for home in homes)
        yield Site(
            code=f"{district}{numbers[district]:02}",
            name=_marked(f"ສຸກສາລາ {village.name.lao}", f"{row['name_en']} Health Centre"),
            level="HC",
            district=district,
            weight=2,
            catchment=districts()[district].population // (centres + 1),
            closed_on=CLOSING_DAY if village.code == CLOSED_VILLAGE else None,
        )


def _district_hospitals() -> Iterator[Site]:
    for district in districts_of(PROVINCE):
        yield Site(
            code=f"{district.code}80",
            name=_marked(f"ໂຮງໝໍເມືອງ{district.name.lao}", f"{district.name.roman} District Hospital"),
            level="DH",
            district=district.code,
            weight=14,
            catchment=district.population,
        )


def _provincial() -> Site:
    name = _marked("ໂຮງໝໍແຂວງວຽງຈັນ", "Vientiane Provincial Hospital")
    catchment = provinces()[PROVINCE].population
    return Site(code="100190", name=name, level="PH", district="1001", weight=60, catchment=catchment)


def _central() -> Site:
    name = _marked("ໂຮງໝໍສູນກາງ", "Central Hospital")
    return Site(code="010195", name=name, level="CH", district="0101", weight=20)
