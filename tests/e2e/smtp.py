"""A mail server of a few lines for the tests: it accepts, and notes what it has acknowledged, and when."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass
class Boite:
    """What was acknowledged: identifier of each message, recipient, instant (monotonic)."""

    port: int = 0
    acquittes: list[tuple[str, str, float]] = field(default_factory=list)
    verrou: threading.Lock = field(default_factory=threading.Lock)

    def times(self) -> dict[str, list[float]]:
        """Instants of acknowledgement, by message."""
        found: dict[str, list[float]] = {}
        with self.verrou:
            for name, _to, instant in self.acquittes:
                found.setdefault(name, []).append(instant)
        return found


class _Dialogue(socketserver.StreamRequestHandler):
    """One client: enough of RFC 5321 for Django."""

    timeout = 30

    def handle(self) -> None:
        try:
            self._talk()
        except OSError:  # the client was killed
            return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _talk(self) -> None:
        self._say("220 essai")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                return self._say("221 fin")
            if verb == b"RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
            if verb == b"DATA":
                self._say("354 suite")
                if not self._take(to):
                    return None
            self._say("250 ok")
        return None

    def _take(self, to: str) -> bool:
        """Read a message to its end; note it as acknowledged just before saying so."""
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        if not line:
            return False
        time.sleep(0.01)  # a real server writes to its disk
        found = _ID.search(b"".join(lines))
        server = self.server
        assert isinstance(server, _Serveur)
        with server.boite.verrou:
            name = found[1].decode() if found else ""
            server.boite.acquittes.append((name, to, time.monotonic()))
        return True


class _Serveur(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    boite: Boite


@contextmanager
def mail_server() -> Iterator[Boite]:
    """Listen on a free port of this machine."""
    with _Serveur(("127.0.0.1", 0), _Dialogue) as server:
        server.boite = Boite(int(server.server_address[1]))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.boite
        server.shutdown()
