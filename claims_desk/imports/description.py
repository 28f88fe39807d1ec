"""The declarations of all kinds as users read them in `docs/files.md`."""

from __future__ import annotations

from collections.abc import Iterator

from claims_desk.imports.columns import CODE_LENGTH, TEXT_LENGTH, Column, Type
from claims_desk.imports.kinds import KINDS, Kind


def describe_kinds() -> str:
    """Markdown: a heading and a table of columns for every kind, in the order in which to import them."""
    return "\n".join(line for kind in KINDS for line in _lines(kind))


def _lines(kind: Kind) -> Iterator[str]:
    yield f"### {kind.name}"
    yield ""
    yield _known_by(kind)
    yield ""
    yield "| column | must be filled | holds |"
    yield "|---|---|---|"
    for column in kind.columns:
        yield f"| {column.name} | {'yes' if column.required else ''} | {_holds(column)} |"
    yield ""


def _known_by(kind: Kind) -> str:
    if not kind.key:
        return "A row is evidence: known again only where every column is the same, and never changed by an import."
    known = f"A row is known by {', '.join(kind.key)}"
    return f"{known} and its days; days of one key must not overlap." if kind.dated else f"{known}."


def _holds(column: Column) -> str:
    if column.type is Type.ONE_OF:
        return "one of " + " ".join(column.allowed)
    if column.type is Type.LIST:
        return "list with `;`" + (" of " + " ".join(column.allowed) if column.allowed else "")
    if column.type is Type.KIP and column.least is None:
        return "kip, also below 0"
    usual = {Type.TEXT: TEXT_LENGTH, Type.CODE: CODE_LENGTH}.get(column.type)
    return (
        f"{column.type}, up to {column.longest} characters" if usual not in (None, column.longest) else str(column.type)
    )
