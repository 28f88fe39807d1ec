"""The manual of the rules, in English and Lao, out of the catalogue: `python -m claims_desk.rules.manual`.

Lao comes from the compiled catalogue: run `scripts/compile_texts.py` first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from claims_desk.domain.codes import Severity
from claims_desk.domain.messages import ENGLISH, LAO, Message, say
from claims_desk.rules.catalogue import CATALOGUE
from claims_desk.rules.rule import Rule

MANUAL: Final = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

_FAMILIES: Final[Mapping[str, Message]] = {
    "A": say("The form"),
    "M": say("The member"),
    "F": say("The health facility"),
    "R": say("The referral"),
    "D": say("The diagnoses"),
    "T": say("Items and tariff"),
    "L": say("Limits"),
    "P": say("What the patient paid"),
    "X": say("The same care twice"),
}
_EFFECTS: Final[Mapping[Severity, Message]] = {
    Severity.DENY: say("Not payable on the facts."),
    Severity.PEND: say("Stops until somebody corrects it or lets it pass."),
    Severity.ADJUST: say("Cuts an amount and goes on."),
    Severity.WARN: say("Tells, stops nothing."),
}
_ON_LINE: Final = say("Of a line: only this line falls away, the claim goes on.")
_OPENING: Final = say(
    "What is asked of every claim. The codes are stable: they stand on letters to health facilities. All rules are "
    "asked, none hides another; a rule whose facts are missing stays silent, because another one has said so."
)
_NOTE: Final = "<!-- Written by `python -m claims_desk.rules.manual` from the rules themselves. Do not edit here. -->"


def manual() -> str:
    """The whole manual as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from ("# The rules / ກົດຕັດສິນຄຳຮ້ອງ", "", _NOTE, "", *_both(_OPENING))
    yield from ("| | English | ລາວ |", "|---|---|---|")
    for severity, effect in _EFFECTS.items():
        yield f"| {severity.value} | {effect.text(ENGLISH)} | {effect.text(LAO)} |"
    yield ""
    family = ""
    for rule in CATALOGUE:
        if rule.code[0] != family:
            family = rule.code[0]
            heading = _FAMILIES[family]
            yield from (f"## {family} · {heading.text(ENGLISH)} / {heading.text(LAO)}", "")
        yield from _page(rule)


def _page(rule: Rule) -> Iterator[str]:
    yield from (f"### {rule.code} · {rule.title.text(ENGLISH)} / {rule.title.text(LAO)}", "")
    yield from (f"`{rule.severity.value}` · {rule.on} · {_days(rule)}{rule.source}", "")
    denies_a_line = rule.on == "line" and rule.severity is Severity.DENY
    for language in (ENGLISH, LAO):
        what = [rule.page.what, *([_ON_LINE] if denies_a_line else [])]
        yield from (" ".join(text.text(language) for text in what), "")
        yield f"- {rule.page.passes.text(language)}"
        yield f"- {rule.page.fails.text(language)}"
        yield from (f"- **{rule.fix.text(language)}**", "")


def _days(rule: Rule) -> str:
    """The days the rule holds, where they are bounded."""
    since = f"since {rule.since:%Y-%m-%d} · " if rule.since else ""
    return since + (f"until {rule.until:%Y-%m-%d} · " if rule.until else "")


def _both(text: Message) -> tuple[str, ...]:
    return (text.text(ENGLISH), "", text.text(LAO), "")


def main() -> None:
    """Write the manual to `docs/rules.md`."""
    MANUAL.write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    main()
