"""Writes the demo's world: every register and a quarter's claims, as files for the ordinary import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from claims_desk.demo import faults_of_care, faults_of_form, faults_of_history, faults_of_member, faults_unseen
from claims_desk.demo.claims import Folder, Quarter, all_forms
from claims_desk.demo.covers import Cover, Registrar, exemption_rows
from claims_desk.demo.diagnoses import diagnosis_rows
from claims_desk.demo.facilities import all_sites, contract_rows, facility_row
from claims_desk.demo.faults import Expected, spoil_claims, workshop
from claims_desk.demo.forms import Fields
from claims_desk.demo.names import open_name_book
from claims_desk.demo.patients import Patients
from claims_desk.demo.people import PROVINCE, Person, Settlers
from claims_desk.demo.reasons import all_reasons
from claims_desk.demo.tables import COLUMNS, Cell, shipped, write_dicts, write_table
from claims_desk.demo.tariffs import Tariff, dated_rows, item_rows, method_rows, price_rows, rate_rows
from claims_desk.demo.writing import Scribe

FAULT_MODULES: Final = (faults_of_form, faults_of_member, faults_of_care, faults_of_history, faults_unseen)
_NOTE: Final = """\
An invented world for trying out Claims Desk. No person, account, contract or claim here is real.
EVERY AMOUNT, LIMIT AND DATE OF THE TARIFF IS AN EXAMPLE; only NHI's co-payments are published ones (WHO 2019, 2022).

ໂລກສົມມຸດສຳລັບທົດລອງໃຊ້ Claims Desk. ບຸກຄົນ, ບັນຊີ, ສັນຍາ ແລະ ຄຳຮ້ອງໃນນີ້ບໍ່ແມ່ນຂອງແທ້.
ທຸກລາຄາ, ເພດານ ແລະ ວັນທີແມ່ນຕົວຢ່າງ.
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A facility's paper of one month as counted by hand at receipt; `number` stands in until the office gives one.

    `kip_total` in kip; `form_number_sum` is the sum of the form numbers read as whole numbers.
    """

    number: str
    facility_code: str
    month: date
    received_on: date
    forms_counted: int
    kip_total: int
    form_number_sum: int
    form_nos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What was written: files in the order of import, bundles, and the claims made wrong."""

    folder: Path
    files: list[tuple[str, Path]]
    bundles: list[Bundle]
    expected: list[Expected]


def write_world(folder: Path, *, members: int = 50_000, claims: int = 3_000, seed: int = 1) -> World:
    """Write the world into `folder` (made if need be); the same seed gives the same files, byte for byte."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(_NOTE, encoding="utf-8")
    rng, tariff = Random(seed), Tariff()
    people, covers = _settle(rng, members)
    sites = all_sites()
    patients = Patients(rng, tariff, covers)
    quarter = Quarter(rng, sites, Scribe(rng, tariff), patients)
    folders = quarter.folders(claims, all_reasons())
    expected = spoil_claims(workshop(quarter, folders), claims // 10)
    written = {
        **_tariff_files(folder, tariff),
        "facilities": write_dicts(folder, "facilities", map(facility_row, sites)),
        "contracts": write_table(folder, "contracts", contract_rows(sites)),
        **_member_files(folder, people, covers),
        "claims": write_table(folder, "claims", (form.row() for form in all_forms(folders))),
        "claim_lines": write_table(folder, "claim_lines", _all_lines(folders)),
    }
    return World(folder, [(kind, written[kind]) for kind in COLUMNS], list(_counted(folders)), expected)


def renumber_submissions(world: World, numbers: Mapping[str, str]) -> Path:
    """Write the office's numbers over the stand-ins in the file of claims; `numbers` maps stand-in to number."""
    path = dict(world.files)["claims"]
    text = path.read_text(encoding="utf-8")
    for stand_in, number in numbers.items():
        text = text.replace(f",{stand_in},", f",{number},")
    path.write_text(text, encoding="utf-8")
    return path


def _settle(rng: Random, members: int) -> tuple[list[Person], list[Cover]]:
    """People and their covers; one in fifteen hundred is registered twice."""
    settlers, registrar = Settlers(rng, open_name_book(rng)), Registrar(rng)
    people: list[Person] = []
    covers: list[Cover] = []
    doubles = max(3, members // 1500)
    for home in settlers.households(members - doubles):
        people += home.people
        covers += registrar.enrol(home)
    return people + (twice := list(_doubles(rng, settlers, covers, doubles))), covers + [
        registrar.plain(person, "double") for person in twice
    ]


def _doubles(rng: Random, settlers: Settlers, covers: Sequence[Cover], count: int) -> Iterator[Person]:
    adults = [x for x in covers if x.scheme == "NHI" and not x.trait and 20 <= x.person.age() < 60]
    for cover in rng.sample([x for x in adults if x.person.district.startswith(PROVINCE)], count):
        cover.trait = "doubled"
        yield settlers.double_of(cover.person)


def _tariff_files(folder: Path, tariff: Tariff) -> dict[str, Path]:
    dated = ("parameters", "item_pairs", "copayments", "visit_limits", "ceilings", "capitation_rates")
    return {
        "schemes": write_dicts(folder, "schemes", shipped("schemes")),
        "diagnoses": write_dicts(folder, "diagnoses", diagnosis_rows()),
        "items": write_dicts(folder, "items", item_rows(tariff)),
        "case_groups": write_dicts(folder, "case_groups", tariff.groups.values()),
        "prices": write_table(folder, "prices", price_rows(tariff)),
        "case_rates": write_table(folder, "case_rates", rate_rows(tariff)),
        "payment_methods": write_table(folder, "payment_methods", method_rows(tariff)),
        **{kind: write_dicts(folder, kind, dated_rows(kind)) for kind in dated},
    }


def _member_files(folder: Path, people: list[Person], covers: list[Cover]) -> dict[str, Path]:
    return {
        "members": write_table(folder, "members", map(_member_row, people)),
        "coverages": write_table(folder, "coverages", map(_cover_row, covers)),
        "exemptions": write_table(folder, "exemptions", exemption_rows(people)),
    }


def _member_row(person: Person) -> tuple[Cell, ...]:
    return (
        person.person_no, person.lao, person.roman, person.sex, person.born, person.died, person.book,
        person.national_id, person.district, person.village, person.phone,
    )  # fmt: skip


def _cover_row(cover: Cover) -> tuple[Cell, ...]:
    return (
        cover.scheme, cover.member_no, cover.person.person_no, cover.valid_from, cover.valid_to, cover.status,
        cover.option, cover.relation,
    )  # fmt: skip


def _all_lines(folders: Iterable[Folder]) -> Iterator[tuple[Cell, ...]]:
    for form in all_forms(list(folders)):
        yield from form.line_rows()


def _counted(folders: Sequence[Folder]) -> Iterator[Bundle]:
    """Every folder as counted at the door: by the forms that lie in it, another facility's among them."""
    lying: dict[str, list[Fields]] = defaultdict(list)
    for form in all_forms(folders):
        lying[form.paper.submission].append(form.paper)
    for folder in folders:
        papers = lying[folder.number]
        yield Bundle(
            number=folder.number,
            facility_code=folder.site.code,
            month=folder.month,
            received_on=folder.received,
            forms_counted=len(papers),
            kip_total=sum(paper.claimed_total or 0 for paper in papers),
            form_number_sum=sum(int(paper.form_no) for paper in papers),
            form_nos=tuple(paper.form_no for paper in papers),
        )
