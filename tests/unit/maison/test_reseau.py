"""The test session has no network: the guard of ``tests/conftest.py`` can say no."""

from __future__ import annotations

import socket

import pytest


def test_an_outside_address_is_refused() -> None:
    with socket.socket() as door, pytest.raises(AssertionError, match="pas de réseau"):
        door.connect(("192.0.2.1", 80))


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as door:
        door.connect(server.getsockname())
