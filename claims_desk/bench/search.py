"""Members found as they are typed: every kind of input, beside a scan of the folded names for the same text."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from claims_desk.bench import bare
from claims_desk.bench.many_members import write_members
from claims_desk.demo import staff
from claims_desk.domain.lao import fold
from claims_desk.domain.messages import Message, say
from claims_desk.models.database import Database
from claims_desk.queries.members import find_members
from claims_desk.services.imports import import_table
from claims_desk.services.office import set_up_office
from claims_desk.services.schema import Standing, standing
from claims_desk.services.users import sign_in

if TYPE_CHECKING:
    from claims_desk.bench.measures import Measured

REPEATS: Final = 5
TYPED: Final[tuple[tuple[Message, Sequence[str]], ...]] = (
    (say("number"), ("10-00123", "P1000500", "1003-0041", "0205551", "໐໒໐໕໕໕", "K", "99999999")),
    (
        say("part of a name"),
        (
            *("k", "ສ", "ka", "ສີ", "sy", "keo", "ແກ້ວ", "vongs", "ມະນີ", "samone", "khamsay", "phommachanh"),
            *("ບຸນມີແກ້ວມະນີ", "ວົງພະຈັນ"),
        ),
    ),
    (
        say("several words"),
        (
            *("somsack vongsa", "vongsa somsack", "ສົມສັກ ວົງສາ", "s v", "k s", "ka vo", "so ma vo", "somsack ka"),
            *("keomany vongsa", "າ ວ"),
        ),
    ),
    (
        say("misspelt"),
        (
            *("khamxai", "khmasay", "wongpacharn", "vonphachanh", "somsak wongsa", "bunmi xaiavong", "anee vong"),
            *("ແກວມະນີ", "phommacan sisawad"),
        ),
    ),
    (
        say("day or year of birth"),
        ("12/3/1985", "1985", "7/1985", "keo 1985", "ສົມສັກ 1985", "k 1931", "vongsa 12/3/1985"),
    ),
    (
        say("village"),
        (
            *("phonsavang", "ບ້ານໂພນສະຫວ່າງ", "bounmy phonsavang", "ບຸນມີ ໂພນສະຫວ່າງ", "noy ban nongping"),
            "khamsai ban vangvieng",
        ),
    ),
    (say("nobody so called"), ("zzzz", "qwertyuiop", "ກດຟຫ", "somsack qqqq", "mnyvn", "x" * 60)),
)


def measure_search(db: Database) -> Iterator[Measured]:
    """Each kind of input, then all together: the median and the worst of the quickest of some tries each."""
    from claims_desk.bench.measures import Measured

    db.read(find_members, "keo")  # the words of names are read once
    everything: list[float] = []
    scanned: list[float] = []
    for kind, texts in TYPED:
        ours = [_quickest(db, text) for text in texts]
        plain = [_scan(db.path, text) for text in texts] if db.path else [0.0]
        everything += ours
        scanned += plain
        what = say("members found as they are typed: {kind}", kind=kind)
        yield Measured(what, len(texts), median(ours), median(plain), max(ours))
    what = say("members found as they are typed: {kind}", kind=say("all together"))
    yield Measured(what, len(everything), median(everything), median(scanned), max(everything))


def _quickest(db: Database, text: str) -> float:
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        db.read(find_members, text)
        times.append(perf_counter() - started)
    return min(times)


def _scan(path: Path, text: str) -> float:
    connection = sqlite3.connect(path)
    started = perf_counter()
    bare.like_name(connection, fold(text))
    seconds = perf_counter() - started
    connection.close()
    return seconds


def fill_with_members(db: Database, folder: Path, count: int) -> tuple[float, float]:
    """Set an office up and bring so many members and their coverages in; the seconds either took."""
    set_up_office(db, office="1000", administrator=staff.ADMINISTRATOR, password=staff.PASSWORD, demo=True)
    admin = sign_in(db, staff.ADMINISTRATOR, staff.PASSWORD)
    schemes = folder / "schemes.csv"
    columns = "code,name_lo,name_en,payer_order,waiting_days,referral_levels,exempt_categories,fund"
    schemes.write_text(f"{columns}\nNHI,ສຂພ,NHI,90,0,PH;RH;CH,POOR,NHI\n", encoding="utf-8")
    import_table(db, admin, "schemes", schemes)
    seconds = []
    for kind, path in zip(("members", "coverages"), write_members(folder, count), strict=True):
        started = perf_counter()
        import_table(db, admin, kind, path)
        seconds.append(perf_counter() - started)
    return seconds[0], seconds[1]


def main() -> None:
    """Measure search alone, on any database: `python -m claims_desk.bench.search --members 1000000 --db ADDRESS`.

    A database without an office is filled first.
    """
    from claims_desk.bench.table import heading, line
    from claims_desk.commands.console import tell

    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--members", type=int, default=1_000_000)
    asked.add_argument("--db", default="")
    options = asked.parse_args()
    with TemporaryDirectory() as scratch:
        db = Database.open(options.db or str(Path(scratch) / "search.db"))
        if standing(db) is Standing.EMPTY:
            members, coverages = fill_with_members(db, Path(scratch), options.members)
            tell(f"{options.members}: {members:.1f} s + {coverages:.1f} s")
        tell(heading())
        for measured in measure_search(db):
            tell(line(measured))
        db.close()


if __name__ == "__main__":
    main()
