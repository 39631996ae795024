"""What a request was where it came in: what trusted proxies say, and nobody else.

A proxy that the operator names says by ``X-Forwarded-For``, ``-Proto``, ``-Host``, ``-Port`` and
``-Prefix``, or by ``Forwarded`` (RFC 7239) where it sends none of these, whom it speaks for.
Proxies may stand in a row: ``X-Forwarded-For`` is read from its end, as far as each address is a
trusted one; the first that is not is the client. Of the other headers the value counts that the
outermost of those trusted proxies gave. Whatever is malformed is passed over; a host is checked
as one that a client sends.

It stands before the application, which thereby knows nothing of proxies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.http import parse_options_header

from index.light_dataclass import dataclass
from web.hosts import host_name
from web.settings import ServerSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SENT_HOST = "warta.host"
"""In the environment: the host under which a reader asked, empty for none; not checked."""

_MOST_HOPS = 32
_LONGEST_QUOTED = 2_000
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+)+", re.ASCII)
_FORWARDED = re.compile(r"HTTP_(X_)?FORWARDED(_\w+)?")
_MOUNTED = frozenset({"HTTP_SCRIPT_NAME", "HTTP_PATH_INFO"})


@dataclass(frozen=True, slots=True)
class Hop:
    """What one proxy says of the request that it got; None for what it does not say."""

    client: str | None = None
    scheme: str | None = None
    host: str | None = None
    port: str | None = None
    prefix: str | None = None


_NOTHING = Hop()


class AtTheDoor:
    """A WSGI application whose requests are as the reader sent them, whoever passed them on.

    ``base_url`` of the settings comes before what proxies say of scheme, host and prefix.
    """

    def __init__(self, app: WSGIApplication, settings: ServerSettings) -> None:
        self._app = app
        self._trusted = settings.trusted_proxies
        self._base = urlsplit(settings.base_url) if settings.base_url else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        peer = str(environ.get("REMOTE_ADDR", ""))
        hop = self._believed(environ, peer)
        for name in [name for name in environ if "FORWARDED" in name or name in _MOUNTED]:
            if name in _MOUNTED or _FORWARDED.fullmatch(name):
                del environ[name]
        host = hop.host or _authority(environ)
        if hop.port and host:
            host = f"{_without_port(host)}:{hop.port}"
        environ[SENT_HOST] = host
        if hop.client is not None:
            environ["REMOTE_ADDR"] = hop.client
            environ.pop("REMOTE_PORT", None)
        if hop.scheme is not None:
            environ["wsgi.url_scheme"] = hop.scheme
        if hop.prefix is not None:
            environ["SCRIPT_NAME"] = hop.prefix
        if self._base is not None:
            environ["wsgi.url_scheme"] = self._base.scheme
            host = self._base.netloc
            _mount(environ, self._base.path.rstrip("/"))
        if host_name(host) is None:
            # The application refuses it, and its answer must not be made with it.
            environ.pop("HTTP_HOST", None)
        else:
            environ["HTTP_HOST"] = host
        if not peer:
            # Through a Unix socket gunicorn makes these of the header.
            environ["SERVER_NAME"], environ["SERVER_PORT"] = "localhost", "80"
        return self._app(environ, start_response)

    def _believed(self, environ: WSGIEnvironment, peer: str) -> Hop:
        """What is known of the request beyond what it is itself."""
        if not self._trusts(peer):
            return _NOTHING
        hops = _x_forwarded(environ) or _forwarded(environ)
        believed = _NOTHING
        for hop in hops:
            believed = Hop(
                hop.client or believed.client,
                hop.scheme or believed.scheme,
                hop.host or believed.host,
                hop.port or believed.port,
                hop.prefix or believed.prefix,
            )
            if hop.client is None or not self._trusts(hop.client):
                break
        return believed

    def _trusts(self, peer: str) -> bool:
        return any(peer in network for network in self._trusted)


def _authority(environ: WSGIEnvironment) -> str:
    """The host of the request: of its target where that is a whole URL, else of its header.

    Empty where there is none; where the two differ, both, which is none either.
    """
    host = str(environ.get("HTTP_HOST", ""))
    target = str(environ.get("RAW_URI", ""))
    if target.startswith("/") or "://" not in target.partition("?")[0]:
        return host
    authority = re.split(r"[/?#]", target.partition("://")[2], maxsplit=1)[0]
    return host if authority.lower() == host.lower() else f"{authority} {host}"


def _mount(environ: WSGIEnvironment, prefix: str) -> None:
    """Serve below a path; a proxy may have cut it off the request's path, or not."""
    path = str(environ.get("PATH_INFO", ""))
    environ["SCRIPT_NAME"] = prefix
    if path == prefix or path.startswith(f"{prefix}/"):
        environ["PATH_INFO"] = path.removeprefix(prefix)


def _without_port(host: str) -> str:
    return re.sub(r":[0-9]*\Z", "", host)


def _x_forwarded(environ: WSGIEnvironment) -> list[Hop]:
    """What the headers say, the nearest proxy first; empty where there are none."""
    names = ("FOR", "PROTO", "HOST", "PORT", "PREFIX")
    lists = [_values(environ, f"HTTP_X_FORWARDED_{name}") for name in names]
    count = max(map(len, lists))
    # A proxy that gives no value of its own stands behind one that did.
    clients, *others = lists
    columns = [clients + [""] * (count - len(clients))]
    columns += [values + values[-1:] * (count - len(values)) for values in others]
    columns = [values or [""] * count for values in columns]
    return [
        Hop(_address(client), _scheme(proto), host or None, _port(port), _prefix(prefix))
        for client, proto, host, port, prefix in zip(*columns, strict=True)
    ]


def _forwarded(environ: WSGIEnvironment) -> list[Hop]:
    """What the header of RFC 7239 says, the nearest proxy first."""
    hops = []
    for element in _values(environ, "HTTP_FORWARDED", quoted=True):
        _, pairs = parse_options_header(f"_;{element}")
        hops.append(
            Hop(_address(pairs.get("for", "")), _scheme(pairs.get("proto", "")), pairs.get("host"))
        )
    return hops


def _values(environ: WSGIEnvironment, name: str, *, quoted: bool = False) -> list[str]:
    """The members of a header's list, the last first; so many as may be proxies."""
    given = str(environ.get(name, ""))
    if not given:
        return []
    if quoted and len(given) <= _LONGEST_QUOTED:
        # Keeps the quotes of what is quoted inside a member.
        found = [one.strip() for one in re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+', given)]
    else:
        # From the end, where the nearest proxies write, however much a client wrote before.
        found = [one.strip() for one in given.rsplit(",", _MOST_HOPS)]
    return found[: -_MOST_HOPS - 1 : -1]


def _address(given: str) -> str | None:
    """The IP address of a client, with or without a port; None for what is none."""
    text = given.strip()
    if found := re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::\d{1,5})?|([0-9.]+):\d{1,5}", text):
        text = found[1] or found[2]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def _scheme(given: str) -> str | None:
    return scheme if (scheme := given.lower()) in {"http", "https"} else None


def _port(given: str) -> str | None:
    return given if _PORT.fullmatch(given) and int(given) < 1 << 16 else None


def _prefix(given: str) -> str | None:
    return cut if _PREFIX.fullmatch(cut := given.rstrip("/")) else None
