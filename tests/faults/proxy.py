"""What stands between Telegram and several webhook workers: round robin, and on to the next when one does not answer.

Some updates it brings to two workers at the same moment, as happens when the first is slow and Telegram tries again.
"""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Self

import httpx

HEADERS = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
PATIENCE = 30.0
"""Real seconds for a worker that does not answer."""


class Proxy:
    """Answers on a port of its own within the block."""

    def __init__(self, ports: list[int], *, twice: float, chance: random.Random) -> None:
        self._ports = ports
        self._twice = twice
        self._chance = chance
        self._turns = count()
        self._http = httpx.Client(timeout=PATIENCE, trust_env=False)
        self._both = ThreadPoolExecutor(8)
        self.brought_twice = 0
        """Updates that two workers had."""
        proxy = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                known = {name: self.headers[name] for name in HEADERS if self.headers[name]}
                self.send_response(proxy.bring(body, known))
                self.end_headers()

            def log_message(self, *_anything: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/telegram"

    def bring(self, body: bytes, headers: dict[str, str]) -> int:
        """The status of the first worker that answers; 502 when none does."""
        first = next(self._turns)
        order = [self._ports[(first + step) % len(self._ports)] for step in range(len(self._ports))]
        if self._chance.random() < self._twice:
            statuses = list(self._both.map(lambda port: self._ask(port, body, headers), order))
            self.brought_twice += statuses.count(200) > 1
            return 200 if 200 in statuses else 502
        return next((200 for port in order if self._ask(port, body, headers) == 200), 502)

    def _ask(self, port: int, body: bytes, headers: dict[str, str]) -> int:
        try:
            return self._http.post(f"http://127.0.0.1:{port}/telegram", content=body, headers=headers).status_code
        except httpx.HTTPError:
            return 502

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._both.shutdown()
        self._http.close()
