"""Why patients come: visits and case groups with the patients and items that go with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from claims_desk.demo.tables import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An item as it is usually given; `per_day` means as many as days of the stay."""

    item: str
    least: int
    most: int
    per_day: bool = False

    def quantity(self, rng: Random, stay: int) -> int:
        """How many a patient gets who stays `stay` days."""
        return stay if self.per_day else rng.randint(self.least, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A kind of visit or stay; ages in completed years, stays in nights."""

    care_type: str
    diagnoses: tuple[str, ...]
    weight: int
    sex: str
    age_min: int
    age_max: int
    uses: tuple[Use, ...]
    group: str = ""
    stay_min: int = 0
    stay_max: int = 0

    def suits(self, sex: str, age: int) -> bool:
        """Whether such a patient may come for it."""
        return self.sex in ("", sex) and self.age_min <= age <= self.age_max


def all_reasons() -> Sequence[Reason]:
    """Every reason, visits first."""
    ward = {row["case_group"]: _uses(row["items"]) for row in shipped("ward_items")}
    visits = [_visit(row) for row in shipped("visits")]
    return [*visits, *(_stay(row, ward.get(row["code"], ward["*"])) for row in shipped("case_groups"))]


def _visit(row: Mapping[str, str]) -> Reason:
    return Reason(
        care_type=row["care_type"],
        diagnoses=(row["diagnosis"],),
        weight=int(row["weight"]),
        sex=row["sex"],
        age_min=int(row["age_min"]),
        age_max=int(row["age_max"]),
        uses=_uses(row["items"]),
    )


def _stay(row: Mapping[str, str], uses: tuple[Use, ...]) -> Reason:
    return Reason(
        care_type=row["care_type"],
        diagnoses=tuple(row["usual_diagnoses"].split(";")),
        weight=int(row["weight"]),
        sex=row["sex"],
        age_min=int(row["age_min"]),
        age_max=int(row["age_max"]),
        uses=uses,
        group=row["code"],
        stay_min=int(row["stay_min"]),
        stay_max=int(row["stay_max"]),
    )


def _uses(text: str) -> tuple[Use, ...]:
    return tuple(_use(*part.split(":")) for part in text.split(";"))


def _use(item: str, count: str) -> Use:
    if count == "d":
        return Use(item=item, least=1, most=1, per_day=True)
    least, _, most = count.partition("-")
    return Use(item=item, least=int(least), most=int(most or least))
