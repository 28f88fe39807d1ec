"""What goes wrong for a reason a user can mend."""

from __future__ import annotations

from claims_desk.domain.messages import Message


class UserError(Exception):
    """A deed that was refused: one clear sentence, and what to do about it.

    Everything else that is raised is a bug.
    """

    def __init__(self, message: Message, advice: Message | None = None) -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def text(self, language: str | None = None) -> str:
        """Sentence and advice on one line, in `language` or the language in use."""
        parts = [self.message.text(language)]
        if self.advice is not None:
            parts.append(self.advice.text(language))
        return " ".join(parts)

    def __str__(self) -> str:
        return self.text()


class Stale(UserError):
    """Somebody else changed the record first; the caller still has what he typed."""


class Refused(UserError):
    """The user's role, or his own earlier part in the work, forbids the deed."""
