"""The one way in which the sandbox refuses: a code and Telegram's own sentence."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal as the Bot API words it.

    Args:
        code: HTTP status and `error_code`, e.g. 400.
        description: the full `description`, prefix ("Bad Request: ") included.
        retry_after: seconds to wait, for 429.
        migrate_to_chat_id: the new chat, for a group that became a supergroup.
    """

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to_chat_id: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def body(self) -> dict[str, object]:
        """The JSON body Telegram would answer with."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        parameters = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        known = {name: value for name, value in parameters.items() if value is not None}
        if known:
            body["parameters"] = known
        return body


def bad_request(reason: str) -> ApiError:
    """A 400 with Telegram's prefix in front of the reason."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """A 403 with Telegram's prefix in front of the reason."""
    return ApiError(403, f"Forbidden: {reason}")
