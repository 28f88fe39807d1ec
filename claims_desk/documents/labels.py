"""How a label stands in two languages."""

from __future__ import annotations

from collections.abc import Sequence

from claims_desk.domain.messages import Message


def both(message: Message, languages: Sequence[str], between: str = " · ") -> str:
    """The message in every language of the paper, once where they say the same."""
    return between.join(dict.fromkeys(message.text(language) for language in languages))
