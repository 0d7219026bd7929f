"""Calls to the Bot API over connections of aiohttp, behind python-telegram-bot's own seam.

aiohttp keeps the connections, with TLS and proxies, and reads what comes back. Its session is left out: cookies,
redirects, retries and a writer of its own for each call took longer than the call, and Telegram needs none of them.
No published package offers this: that of python-telegram-bot's contributors is not released.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import orjson
from aiohttp import ClientError, ClientRequest, ClientTimeout, EofStream, FormData, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Given: TypeAlias = float | DefaultValue[float] | DefaultValue[None] | None
READ: Final = 5.0
WRITE_FILE: Final = 20.0
CONNECT: Final = 5.0
POOL: Final = 5.0
"""Seconds: of python-telegram-bot, but for the last one. A call that waits for a free connection was not made yet.

Writing takes time with a file only: what else is said fits in what the machine keeps for a connection.
"""
FINAL: Final = 200
"""A status below it announces an answer, and is none."""
KNOWN: Final = 64
"""Addresses that are remembered; there are as few as there are methods."""
_HEADERS: Final = {"User-Agent": BaseRequest.USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a call may take, in seconds; None is without end."""

    connecting: float | None
    """Making a connection."""
    connected: float | None
    """Having one: made, or free again."""
    talking: float | None
    """From the first byte out to the last byte in."""


class AiohttpRequest(BaseRequest):
    """One pool of connections. Errors name the kind of trouble and never the address, which holds the token.

    Args:
        connections: How many calls can be under way; the next ones wait for a free connection.
        proxy: The address of a proxy, if calls go through one.
    """

    __slots__ = ("_address", "_connections", "_connector", "_head", "_proxy")

    def __init__(self, *, connections: int, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = URL(proxy) if proxy else None
        self._connector: TCPConnector | None = None
        self._address = lru_cache(maxsize=KNOWN)(self._addressed)
        self._head = lru_cache(maxsize=KNOWN)(_head)

    @property
    def read_timeout(self) -> float:
        """Seconds that the other side may be silent."""
        return READ

    async def initialize(self) -> None:
        """Be ready for calls in the running event loop."""
        if self._connector is None:
            self._connector = TCPConnector(limit=self._connections, ttl_dns_cache=60)

    async def shutdown(self) -> None:
        """Close all connections."""
        connector, self._connector = self._connector, None
        self._address.cache_clear()
        self._head.cache_clear()
        if connector is not None:
            await connector.close()

    async def do_request(  # noqa: PLR0917 - as python-telegram-bot calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Given = BaseRequest.DEFAULT_NONE,
        write_timeout: Given = BaseRequest.DEFAULT_NONE,
        connect_timeout: Given = BaseRequest.DEFAULT_NONE,
        pool_timeout: Given = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; status and body. Raises TimedOut, and NetworkError for every other trouble on the way."""
        files = request_data is not None and request_data.contains_files
        limits = _limits(
            read=_or(read_timeout, READ),
            write=_or(write_timeout, WRITE_FILE) if files else 0.0,
            connect=_or(connect_timeout, CONNECT),
            pool=_or(pool_timeout, POOL),
        )
        kind, content = b"application/json", b""
        if request_data is not None and files:
            kind, content = await _form(request_data)
        elif request_data is not None:
            content = request_data.json_payload
        try:
            return await self._call(self._address(method, url), kind, content, limits)
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, HttpProcessingError, EofStream, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read what came back; python-telegram-bot reads what is not quite JSON or UTF-8, or tells what is wrong."""
        try:
            answer: dict[str, Any] = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)
        return answer

    async def _call(self, to: ClientRequest, kind: bytes, content: bytes, limits: Limits) -> tuple[int, bytes]:
        if self._connector is None:
            raise RuntimeError("initialize first")
        connection, protocol, transport = await self._connect(self._connector, to, limits)
        try:
            async with asyncio.timeout(limits.talking):
                protocol.set_response_params(read_until_eof=True)
                about = b"Content-Type: %b\r\nContent-Length: %d\r\n\r\n" % (kind, len(content))
                transport.write(self._head(to) + about + content)
                message, body = await protocol.read()
                while message.code < FINAL:
                    message, body = await protocol.read()
                answer = message.code, await body.read()
        except BaseException:
            connection.close()
            raise
        connection.release()
        return answer

    @staticmethod
    async def _connect(
        connector: TCPConnector, to: ClientRequest, limits: Limits
    ) -> tuple[Connection, ResponseHandler, asyncio.Transport]:
        """A connection on which nothing was said that nobody asked for: it would be taken for the answer."""
        waiting = ClientTimeout(connect=limits.connected, sock_connect=limits.connecting)
        while True:
            connection = await connector.connect(to, [], waiting)
            protocol, transport = connection.protocol, connection.transport
            if protocol is not None and transport is not None and not protocol.should_close:
                return connection, protocol, transport
            connection.close()

    def _addressed(self, method: str, url: str) -> ClientRequest:
        """Where a call goes, as aiohttp finds a connection for it."""
        to = ClientRequest(
            method,
            URL(url, encoded=True),
            headers=_HEADERS,
            loop=asyncio.get_running_loop(),
            proxy=self._proxy,
        )
        to.headers.popall("Content-Length", None)
        return to


def _head(to: ClientRequest) -> bytes:
    """The lines that are the same at every call, once it has a connection.

    A proxy that is not asked for a tunnel gets the whole address.
    """
    target = str(to.url) if to.proxy and not to.is_ssl() else to.url.raw_path_qs
    lines = (
        f"{to.method} {target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in to.headers.items()),
    )
    return "".join(f"{line}\r\n" for line in lines).encode()


def _or(given: Given, default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given


@lru_cache(maxsize=64)
def _limits(*, read: float | None, write: float | None, connect: float | None, pool: float | None) -> Limits:
    """Each part of a call has an end, unless who called wants none."""
    return Limits(connecting=connect, connected=_sum(connect, pool), talking=_sum(write, read))


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


async def _form(request_data: RequestData) -> tuple[bytes, bytes]:
    """What kind of form it is, and the form with its files."""
    form = FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    written = form()
    return written.content_type.encode(), await written.as_bytes()


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), if any.

    Asked once: aiohttp would read files and environment in another thread at every call.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
