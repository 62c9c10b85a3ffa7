"""What a call to the emulator can end with instead of a result."""

from typing import Any, Literal

NOT_IMPLEMENTED = 400
"""Code of the answer to a known method without behaviour: a client must not try it again."""


class ApiError(Exception):
    """A refusal in Telegram's own envelope: `ok: false`, a code, a description, maybe parameters."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """Return the JSON-shaped body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class TransportFault(Exception):  # noqa: N818 - a fault on command, no error of ours
    """The caller gets no Bot API answer: nothing at all, or a body that is not one.

    kind `timeout`: no answer within the caller's patience; `disconnect`: the connection is cut;
    `body`: the caller gets `status` and `body` as they are (an HTML page of a proxy, for example).
    """

    def __init__(
        self,
        kind: Literal["timeout", "disconnect", "body"],
        *,
        status: int = 502,
        body: str = "",
        content_type: str = "text/html",
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status
        self.body = body
        self.content_type = content_type


def bad_request(description: str, parameters: dict[str, Any] | None = None) -> ApiError:
    """Build a 400 answer; Telegram prefixes its description with `Bad Request: `."""
    return ApiError(400, f"Bad Request: {description}", parameters)


def forbidden(description: str) -> ApiError:
    """Build a 403 answer; Telegram prefixes its description with `Forbidden: `."""
    return ApiError(403, f"Forbidden: {description}")
