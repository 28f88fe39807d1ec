"""Provinces, districts and villages of Lao PDR by code, as shipped with the program."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from claims_desk.domain.messages import Name

# The list of villages counts the district Mun as 1012; everybody else as 1011. It puts the first villages of Met,
# whose codes begin with 1008, under its neighbour.
_MUN_IN_VILLAGE_LIST: Final = "1012"
_MUN: Final = "1011"
_MET: Final = "1008"
_ZERO_WIDTH: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province; `population` is the projection for 2023."""

    code: str
    name: Name
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district; three names occur twice, so show its code and province with it."""

    code: str
    province_code: str
    name: Name
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A village; most have no Roman name."""

    code: str
    district_code: str
    name: Name


@cache
def provinces() -> Mapping[str, Province]:
    """All provinces by code, in the order of their codes."""
    return {
        row["province_code"]: Province(
            code=row["province_code"],
            name=Name(row["name_lao"], row["name_en"]),
            population=int(row["pop_2023_lsb"]),
        )
        for row in _rows("lao_provinces.csv")
    }


@cache
def districts() -> Mapping[str, District]:
    """All districts by code, in the order of their codes."""
    return {
        row["district_code"]: District(
            code=row["district_code"],
            province_code=row["province_code"],
            name=Name(row["name_lao"], row["name_roman_dhis2"]),
            population=int(row["pop_2023_lsb"]),
        )
        for row in _rows("lao_districts.csv")
    }


@cache
def villages() -> Mapping[str, Village]:
    """All villages by code."""
    return {
        row["village_code"]: Village(
            code=row["village_code"],
            district_code=_district_of(row["village_code"], row["district_code"]),
            name=Name(_clean(row["name_lo"]), _clean(row["name_en"])),
        )
        for row in _rows("lao_villages.csv")
    }


def districts_of(province_code: str) -> list[District]:
    """The districts of a province, in the order of their codes."""
    return [district for district in districts().values() if district.province_code == province_code]


def villages_of(district_code: str) -> list[Village]:
    """The villages of a district, in the order of their codes."""
    return [village for village in villages().values() if village.district_code == district_code]


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    text = (files("claims_desk.resources") / "data" / file_name).read_text(encoding="utf-8-sig")
    yield from csv.DictReader(text.splitlines())


def _district_of(village_code: str, stated: str) -> str:
    if stated == _MUN_IN_VILLAGE_LIST:
        return _MUN
    return _MET if village_code.startswith(_MET) else stated


def _clean(name: str) -> str:
    return name.translate(_ZERO_WIDTH).strip()
