"""Hold the program's texts and their Lao translations against each other.

    python scripts/check_texts.py

Fails for a text said without a Lao translation, for a translation nothing says any more, and for a `say()` or
`tr()` whose first argument is not a literal, because nobody could find that text to translate it. The docstring of
a function under `@rule` is said too: it is the rule's page in the manual.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from compile_texts import TextFault, read_texts

PACKAGE: Final = Path(__file__).resolve().parents[1] / "claims_desk"
SPEAKERS: Final = frozenset({"say", "tr"})
PAGE_MAKER: Final = "rule"
_EXAMPLE = re.compile(r"\n\s*(?=(?:Passes|Fails): )")


def said_in(source: str, place: str) -> Iterator[tuple[str | None, str]]:
    """Each text said in a module as (template, `file:line`); the template is None where it is no literal."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
            where = f"{place}:{node.lineno}"
            if not node.args:
                yield None, where
            else:
                yield from ((template, where) for template in _literals(node.args[0]))
        elif isinstance(node, ast.FunctionDef) and any(map(_makes_a_page, node.decorator_list)):
            parts = _EXAMPLE.split(ast.get_docstring(node) or "")
            yield from ((" ".join(part.split()), f"{place}:{node.lineno}") for part in parts)


def _makes_a_page(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == PAGE_MAKER


def _literals(node: ast.expr) -> list[str | None]:
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else [None]


def texts_said(package: Path = PACKAGE) -> list[tuple[str | None, str]]:
    """Every text the package says, with its place, files in order."""
    found: list[tuple[str | None, str]] = []
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package.parent).as_posix()
        found += said_in(path.read_text(encoding="utf-8"), place)
    return found


def faults(said: list[tuple[str | None, str]], translated: dict[str, str]) -> list[str]:
    """One sentence a fault. `translated` maps each template that has a translation to the place it stands."""
    bad = [f"{place}: the text is not a literal" for template, place in said if template is None]
    missing: dict[str, str] = {}
    for template, place in said:
        if template and template not in translated:
            missing.setdefault(template, place)
    bad += [f"{place}: no Lao translation for {template!r}" for template, place in missing.items()]
    used = {template for template, _ in said}
    bad += [f"{place}: nothing says {template!r}" for template, place in translated.items() if template not in used]
    return bad


def main() -> int:
    """Print every fault; 0 where there is none."""
    try:
        translated = {template: entry.place for template, entry in read_texts().items()}
    except TextFault as fault:
        print(*fault.faults, sep="\n", file=sys.stderr)
        return 1
    found = faults(texts_said(), translated)
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
