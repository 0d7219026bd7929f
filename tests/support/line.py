"""The line from a test to a sandbox on this machine: plain HTTP over one connection per thread that is kept open.

A story asks thousands of times what a phone shows. A client that can do all of HTTP took as much of the processor for
each question as the sandbox took for its answer.
"""

from __future__ import annotations

import json
import select
import threading
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

PATIENCE: Final = 200.0
"""Real seconds in which an answer must come; the sandbox itself waits a minute at most."""


class Line:
    """Calls to the sandbox at one address, from any thread.

    Args:
        url: where the sandbox is, such as ``http://127.0.0.1:8080``.
    """

    def __init__(self, url: str) -> None:
        self._door = urlsplit(url)
        self._mine = threading.local()
        self._all: list[HTTPConnection] = []

    def get(self, path: str, query: dict[str, Any] | None = None) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError when nobody is there."""
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        """The same, after sending JSON."""
        return self._ask("POST", path, json.dumps(body).encode())

    def close(self) -> None:
        """Hang up in every thread."""
        for connection in self._all:
            connection.close()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        connection = self._connection()
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
            with connection.getresponse() as answer:
                return answer.status, answer.read()
        except BaseException:
            connection.close()  # half an answer is no beginning of the next one
            raise

    def _connection(self) -> HTTPConnection:
        known: HTTPConnection | None = getattr(self._mine, "connection", None)
        if known is None:
            known = HTTPConnection(str(self._door.hostname), self._door.port, timeout=PATIENCE)
            self._mine.connection = known
            self._all.append(known)
        elif known.sock is not None and select.select([known.sock], [], [], 0)[0]:
            known.close()  # the other side hung up after a silence; the next call opens it again
        return known
