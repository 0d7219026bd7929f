"""Calls to the Bot API through aiohttp, behind python-telegram-bot's own seam: a third of the work of its httpx.

No published package offers this: that of python-telegram-bot's contributors is not released.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Given: TypeAlias = float | DefaultValue[float] | DefaultValue[None] | None
READ: Final = 5.0
WRITE: Final = 5.0
WRITE_FILE: Final = 20.0
CONNECT: Final = 5.0
POOL: Final = 5.0
"""Seconds: of python-telegram-bot, but for the last one. A call that waits for a free connection was not made yet."""
_JSON: Final = {"Content-Type": "application/json", "User-Agent": BaseRequest.USER_AGENT}
_FORM: Final = {"User-Agent": BaseRequest.USER_AGENT}


class AiohttpRequest(BaseRequest):
    """One pool of connections. Errors name the kind of trouble and never the address, which holds the token.

    Args:
        connections: How many calls can be under way; the next ones wait for a free connection.
        proxy: The address of a proxy, if calls go through one.
    """

    __slots__ = ("_connections", "_proxy", "_session")

    def __init__(self, *, connections: int, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that the other side may be silent."""
        return READ

    async def initialize(self) -> None:
        """Be ready for calls in the running event loop."""
        if self._session is None:
            connector = TCPConnector(limit=self._connections, ttl_dns_cache=60)
            self._session = ClientSession(connector=connector, proxy=self._proxy, cookie_jar=DummyCookieJar())

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

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
        if self._session is None:
            raise RuntimeError("initialize first")
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_or(read_timeout, READ),
            write=_or(write_timeout, WRITE_FILE if files else WRITE),
            connect=_or(connect_timeout, CONNECT),
            pool=_or(pool_timeout, POOL),
        )
        body = _form(request_data) if files and request_data else request_data.json_payload if request_data else None
        headers = _FORM if files or body is None else _JSON
        try:
            async with self._session.request(method, _read(url), data=body, headers=headers, timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from None


def _or(given: Given, default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given


@lru_cache(maxsize=256)
def _read(url: str) -> URL:
    """The address; there are as few as there are methods."""
    return URL(url, encoded=True)


@lru_cache(maxsize=64)
def _timeout(*, read: float | None, write: float | None, connect: float | None, pool: float | None) -> ClientTimeout:
    """The whole call has a limit, for writing has none of its own; ``connect`` counts waiting for the pool too."""
    waits = None if connect is None or pool is None else connect + pool
    total = None if waits is None or read is None or write is None else waits + write + read
    return ClientTimeout(total=total, connect=waits, sock_connect=connect, sock_read=read)


def _form(request_data: RequestData) -> FormData:
    form = FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for this address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), if any.

    Asked once: aiohttp would read files and environment in another thread at every call.
    """
    parts = urlsplit(url)
    if proxy_bypass(parts.netloc):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
