"""Send one signed call: the name is resolved once, its addresses judged, and the one judged is used."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from palier.web.apps.attributions.rules.annonces import all_public

DELAI_S = 10
LU_MAX = 65_536
Resoudre = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Reponse:
    """How a call ended: a status, or the code of what failed."""

    statut: int | None
    cause: str

    @property
    def livree(self) -> bool:
        """Tell whether the other side took it; a redirection is not an answer."""
        return self.statut is not None and 200 <= self.statut < 300


def resolve(hote: str, port: int) -> list[str]:
    """Return the addresses of a host."""
    found = socket.getaddrinfo(hote, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Connexion(http.client.HTTPSConnection):
    """HTTPS to an address already judged; the certificate is that of the name."""

    def __init__(self, hote: str, port: int, adresse: str, contexte: ssl.SSLContext) -> None:
        super().__init__(hote, port, timeout=DELAI_S, context=contexte)
        self._adresse, self._contexte = adresse, contexte

    def connect(self) -> None:
        """Connect to the pinned address, never to what the name has become since."""
        raw = socket.create_connection((self._adresse, self.port), DELAI_S)
        try:
            self.sock = self._contexte.wrap_socket(raw, server_hostname=self.host)
        except OSError:
            raw.close()
            raise


def send(
    url: str,
    corps: bytes,
    entetes: dict[str, str],
    *,
    resoudre: Resoudre = resolve,
    publiques: Callable[[Sequence[str]], bool] = all_public,
    contexte: ssl.SSLContext | None = None,
    port: int = 443,
) -> Reponse:
    """Post a body; no redirection is followed, no answer is kept.

    Parameters
    ----------
    resoudre, publiques, contexte, port
        The network, for tests.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        addresses = resoudre(host, port)
    except OSError:
        return Reponse(None, "nom_inconnu")
    if not publiques(addresses):
        return Reponse(None, "adresse_interdite")
    link = _Connexion(host, port, addresses[0], contexte or ssl.create_default_context())
    try:
        link.request("POST", path, corps, {"Content-Type": "application/json", **entetes})
        answer = link.getresponse()
        answer.read(LU_MAX)
    except ssl.SSLError:
        return Reponse(None, "certificat")
    except TimeoutError:
        return Reponse(None, "trop_long")
    except (OSError, http.client.HTTPException):
        return Reponse(None, "injoignable")
    finally:
        link.close()
    return Reponse(answer.status, "" if 200 <= answer.status < 300 else "refus")
