"""A tiny OpenID Connect issuer on this machine, for the tests: discovery, keys, token, user information."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KID = "palier", "secret-du-client", "cle-1"


@dataclass
class Emetteur:
    """What the issuer says of the person who logs in, and what it heard."""

    url: str
    personne: dict[str, Any]
    autre_sub: str = ""  # userinfo that speaks of somebody else
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    cle: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    appels: list[str] = field(default_factory=list)

    def autoriser(self, demande: str) -> str:
        """Play the browser at the issuer: accept, and return where the person is sent back."""
        query = {k: v[0] for k, v in parse_qs(urlsplit(demande).query).items()}
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def jeton(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Exchange a code, once, for signed tokens."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or form.get("client_secret") != SECRET
            or form.get("redirect_uri") != asked["redirect_uri"]
            or proof != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.personne}
        signed = jwt.encode(claims, self.cle, algorithm="RS256", headers={"kid": KID})
        return 200, {"access_token": "acces", "token_type": "Bearer", "id_token": signed, "expires_in": 300}

    def repondre(self, chemin: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer a call."""
        self.appels.append(chemin)
        if chemin == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/autoriser",
                "token_endpoint": f"{self.url}/jeton",
                "userinfo_endpoint": f"{self.url}/personne",
                "jwks_uri": f"{self.url}/cles",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if chemin == "/cles":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.cle.public_key()))
            return 200, {"keys": [public | {"kid": KID, "alg": "RS256", "use": "sig"}]}
        if chemin == "/personne":
            return 200, self.personne | ({"sub": self.autre_sub} if self.autre_sub else {})
        return self.jeton(form) if chemin == "/jeton" else (404, {})


@contextmanager
def ouvrir(**personne: Any) -> Iterator[Emetteur]:
    """Run an issuer that knows one person."""

    class Porte(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            status, body = issuer.repondre(urlsplit(self.path).path, form)
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = _answer  # noqa: N815 - names of http.server

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Porte)
    issuer = Emetteur(f"http://127.0.0.1:{server.server_port}", {"sub": "personne-1", **personne})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
