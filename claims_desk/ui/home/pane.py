"""Home: tiles that open their lists, and how the work has gone."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from claims_desk.domain.codes import Role
from claims_desk.domain.messages import Message, say
from claims_desk.queries.home import Amount, Progress, Waiting, progress, waiting
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.ui.desk import Desk, Place
from claims_desk.ui.home.charts import Bar, RankChart, WeekChart
from claims_desk.ui.pane import Pane
from claims_desk.ui.theme import Tone
from claims_desk.ui.widgets import Card, FlowLayout, PageHeader, Tile, Words

TILE_WIDTH = 196
OLD_DAYS = 14
BARS = 7
_CLERKS = frozenset({Role.CLERK, Role.SUPERVISOR, Role.AUDITOR})
_DECIDERS = frozenset({Role.SUPERVISOR, Role.AUDITOR})
_MONEY = frozenset({Role.ACCOUNTANT, Role.AUDITOR})

TILES: tuple[tuple[str, Message, Place, frozenset[Role]], ...] = (
    ("open_bundles", say("Bundles not closed"), Place("receive", "open"), _CLERKS),
    ("forms_to_key", say("Forms to key"), Place("key"), _CLERKS),
    ("to_verify", say("Forms to key again"), Place("verify", "again"), frozenset({Role.CLERK})),
    ("differences", say("Differences to settle"), Place("verify", "differences"), frozenset({Role.SUPERVISOR})),
    ("pended", say("Pended claims"), Place("review", "pended"), _CLERKS),
    ("accepted", say("Accepted, not in a batch"), Place("batches", "accepted"), _DECIDERS),
    ("to_approve", say("Batches to approve"), Place("batches", "proposed"), _DECIDERS),
    ("to_certify", say("Vouchers to certify"), Place("payments", "prepared"), _MONEY),
    ("to_post", say("Vouchers to post"), Place("payments", "certified"), _MONEY),
    ("to_send", say("Vouchers to send"), Place("payments", "posted"), _MONEY),
    ("proposed", say("Members proposed"), Place("registers", "proposals"), frozenset({Role.ADMINISTRATOR})),
)


class HomePane(Pane):
    """What waits for this user, each a tile that opens its list, and how the office's work has gone."""

    key = "home"
    title = say("Home")
    number = 1
    about = say(
        "What waits, each tile the way to its list: Tab goes from tile to tile, Enter opens. Below, how the weeks went."
    )
    concerns = frozenset({"submissions", "claims", "batches", "vouchers", "payment_files", "registers"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.header = PageHeader(say("Good day, {name}", name=desk.actor.name))
        self.tiles: dict[str, Tile] = {}
        self.weeks = WeekChart()
        self.rules = RankChart(say("Pended by rule"))
        self.paid = RankChart(say("Kip by scheme and level"))
        self.days = Words("", "muted")
        self.body.addWidget(self.header)
        self.body.addWidget(self._tiles())
        self.body.addLayout(self._charts())
        self.body.addStretch()

    def refresh(self) -> None:
        """Count again."""
        today = self.desk.today()
        self.desk.read(self, self._show_waiting, waiting, self.desk.actor.user_id, today)
        self.desk.read(self, self._show_progress, progress, today)

    def _tiles(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=10, row_gap=10, columns_of=TILE_WIDTH)
        for key, words, place, roles in TILES:
            if self.desk.actor.may(*roles):
                tile = Tile(words, lambda place=place: self.desk.go(place))  # type: ignore[misc]
                self.tiles[key] = tile
                flow.add(tile)
        return row

    def _charts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(10)
        by_week, by_rule, by_scheme = (
            Card(say("Claims by week")),
            Card(say("Pended by rule")),
            Card(say("Kip by scheme and level")),
        )
        by_week.add(self.weeks)
        by_week.add(self.days)
        by_rule.add(self.rules)
        by_scheme.add(self.paid)
        for card in (by_week, by_rule, by_scheme):
            card.body.addStretch()
        grid.addWidget(by_week, 0, 0, 1, 2)
        grid.addWidget(by_rule, 1, 0)
        grid.addWidget(by_scheme, 1, 1)
        return grid

    def _show_waiting(self, counts: Waiting) -> None:
        for key, tile in self.tiles.items():
            tile.show_count(getattr(counts, key))
        pended = self.tiles.get("pended")
        if pended is not None and counts.oldest_pended is not None:
            age = (self.desk.today() - counts.oldest_pended).days
            tone = Tone.WARN if age >= OLD_DAYS else None
            pended.show_count(counts.pended, say("oldest: {days} days", days=age), tone)
        if self.desk.actor.may(Role.CLERK):
            self.header.say_detail(_own_words(counts))

    def _show_progress(self, gone: Progress) -> None:
        self.weeks.show_weeks(gone.weeks)
        self.rules.show_bars([Bar(_rule_words(code), count) for code, count in gone.pended_by_rule])
        self.paid.show_bars(_largest(gone.paid))
        self.days.say(_days_words(gone))


def _own_words(counts: Waiting) -> Message:
    said = say("You keyed {count:kip} forms today.", count=counts.keyed_today)
    if counts.keys_an_hour is not None:
        said = say("{before} {keys:kip} keys an hour.", before=said, keys=counts.keys_an_hour)
    if counts.errors_per_thousand is not None:
        errors = counts.errors_per_thousand
        said = say("{before} {errors:kip} errors per 1,000 fields, to last night.", before=said, errors=errors)
    return said


def _rule_words(code: str) -> Message:
    title = next((rule.title for rule in CATALOGUE if rule.code == code), say("rule"))
    return say("{code} {title}", code=code, title=title)


def _largest(paid: tuple[Amount, ...]) -> list[Bar]:
    rows = sorted(paid, key=lambda row: row.kip, reverse=True)
    bars = [Bar(say("{scheme} {level}", scheme=row.scheme, level=row.level), row.kip) for row in rows[:BARS]]
    rest = sum(row.kip for row in rows[BARS:])
    return [*bars, Bar(say("all others"), rest)] if rest else bars


def _days_words(gone: Progress) -> Message | str:
    if gone.days_median is None:
        return ""
    return say(
        "From receipt to payment: half within {median} days, nine in ten within {most} days.",
        median=gone.days_median,
        most=gone.days_90,
    )
