"""What options of the server may be: networks, hosts, addresses and texts that a function reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click

from web.networks import Network, network
from web.rates import without_password


class NetworkType(click.ParamType[Any]):
    """An address, a network, or ``unix``."""

    name = "network"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Network:
        """Raise ``BadParameter`` for what is none."""
        if isinstance(value, Network):
            return value
        try:
            return network(value)
        except ValueError:
            self.fail(
                f"{value}: tulis alamat IP, jaringan, atau unix / write an IP address, a network or"
                " unix: 127.0.0.1, 10.0.0.0/8",
                param,
                ctx,
            )


class HostType(click.ParamType[Any]):
    """The name of a host, or of all below a domain with a dot before it."""

    name = "host"
    _NAME = re.compile(
        r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE
    )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none, such as one with a port."""
        if not self._NAME.fullmatch(value) and not re.fullmatch(
            r"\[[0-9a-f:.]+\]", value, re.IGNORECASE
        ):
            self.fail(
                f"{value}: tulis nama host tanpa porta / write a host's name without a port:"
                " arsip.example.com, .example.com, [::1]",
                param,
                ctx,
            )
        return str(value).lower()


class ReadType(click.ParamType[Any]):
    """Text that a function reads, which raises ValueError for what is none."""

    def __init__(self, name: str, read: Callable[[str], str], wanted: str) -> None:
        self.name = name
        self._read = read
        self._wanted = wanted

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none."""
        try:
            return self._read(value)
        except ValueError:
            self.fail(f"{without_password(value)}: {self._wanted}", param, ctx)


class BaseUrlType(click.ParamType[Any]):
    """The address under which readers reach the server, a path included."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none."""
        try:
            parts = urlsplit(value)
            valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            valid = False
        if not valid or parts.query or parts.fragment or parts.username or re.search(r"\s", value):
            self.fail(
                f"{value}: tulis URL http atau https / write an http or https URL:"
                " https://example.com/arsip",
                param,
                ctx,
            )
        return str(value).rstrip("/")
