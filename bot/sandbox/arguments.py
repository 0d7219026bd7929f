"""The parameters of one Bot API call, whichever way they were sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came with the call."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Named values and uploaded files.

    Attributes:
        values: from a form every value is a string; from JSON it has its own type.
        files: uploaded files by their field name.
    """

    values: dict[str, object]
    files: dict[str, UploadedFile] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a value was given and is not empty."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """A value as text."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A value as a whole number; what is no number counts as the default, as in Telegram."""
        try:
            return int(self.text(name).strip() or default)
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """A value as yes or no."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def structure(self, name: str, *, called: str) -> object:
        """A value that holds JSON, or None when it is absent.

        Args:
            name: the parameter.
            called: how Telegram names it in its refusal, e.g. "reply keyboard markup".
        """
        if not self.has(name):
            return None
        value = self.values[name]
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called} JSON object") from None

    def chat_id(self, name: str = "chat_id") -> int:
        """The chat the call is about. Raises ApiError for one that is absent or no number."""
        text = self.text(name).strip()
        if not text:
            raise bad_request("chat_id is empty")
        try:
            return int(text)
        except ValueError:
            raise bad_request("chat not found") from None
