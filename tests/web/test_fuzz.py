"""The whole API under fire: calls drawn from its own document, good and bad, and none breaks it.

1,000 calls in ``make test``, 50,000 in ``make epreuves``; rates are lifted by the setting; the histogram of
statuses is printed; each operation must have answered well at least twenty times.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from palier.web.api import api
from palier.web.apps.attributions.api import outils
from palier.web.apps.journal.queries import verify
from palier.web.apps.offres import tasks
from palier.web.apps.offres.models import Lot, Offre
from palier.web.horloge import maintenant
from palier.web.wsgi import application
from tests.web.attributions import fuzz
from tests.web.attributions.outils import SENT, a
from tests.web.offres.outils import SIREN, bailleur, cle, csv_de, json_de, lieux, ligne
from tests.web.offres.photos import dessin

APPELS = 50_000 if os.environ.get("PALIER_EPREUVES") == "1" else 1_000
MOINS_2XX = 20
SUS, TIRES = 22, 10  # calls of an operation of allocations: those that know, each undone; those drawn
ENTETES = {"authorization", "if-match", "idempotency-key"}
OPTIONS = ["true", "oui", "", "2026-11-24T08:00:00Z"]
FORMATS = {"uuid", "date", "date-time", "binary"}  # a form of its own; a file is bounded by the door (413)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What programs send by accident or on purpose: each once broke some site.
HOSTILES = st.one_of(
    st.none(), st.booleans(), st.text(max_size=30), st.just("x" * 20_000), st.just("\x00"), st.just("\ud800"),
    st.sampled_from([-1, 0, 2**15, 2**31, 2**63, 10**30, 1.5, -0.0, 1e308]),
    st.sampled_from(["2026-02-30", "0000-00-00", "9999-12-31", "1", "é" * 200, "<script>", "=1+1", "' OR 1"]),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)  # fmt: skip
CHAMPS = [*sorted(json_de()), "longitude", "latitude", "photos", "accessibilite", "description", "inconnu"]


@st.composite
def offres(draw: st.DrawFn) -> dict[str, Any]:
    """An offer that may be pushed, or one with a few hostile fields."""
    body = json_de(
        surface_m2=draw(st.integers(55, 80)), loyer_logement_cent=draw(st.integers(41_250, 48_000))
    )
    if draw(st.integers(0, 2)):
        return body
    return body | draw(st.dictionaries(st.sampled_from(CHAMPS), HOSTILES, max_size=4))


@st.composite
def fichiers(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of a lot: good, cut, of another kind, or noise."""
    good = csv_de([ligne(reference_bailleur=f"F{i}") for i in range(draw(st.integers(1, 3)))])
    kinds = st.sampled_from(
        ["lot.csv", "lot.csv", "lot.json", "lot.xlsx", "lot.parquet", "lot.exe", "\u202e.csv"]
    )
    content = st.one_of(st.just(good), st.just(good[:97]), st.binary(max_size=200))
    return draw(kinds), draw(content)


@st.composite
def images(draw: st.DrawFn) -> dict[str, Any]:
    """What is sent with a picture: good twice in three, else cut, of another kind, noise, badly told."""
    good = dessin(500, 400, draw(st.sampled_from(["JPEG", "PNG", "WEBP"])), draw(st.integers(0, 5)))
    if draw(st.integers(0, 2)):
        form: dict[str, Any] = {"fichier": SimpleUploadedFile("a.jpg", good), "texte": "Séjour"}
        return form | draw(st.sampled_from([{}, {"ordre": "1"}, {"ordre": "12"}]))
    other = st.sampled_from([b"<svg/>", b"", good[:200], good + b"x", good[:-40]])
    name = draw(st.sampled_from(["a.jpg", "a.svg", "\u202e.png"]))
    form = {"fichier": SimpleUploadedFile(name, draw(st.one_of(other, st.binary(max_size=200))))}
    form["texte"] = draw(st.sampled_from(["Cuisine", "", "IMG_1.jpg", "x" * 900, "<b>"]))
    return form | draw(st.dictionaries(st.just("ordre"), st.sampled_from(["0", "x", ""]), max_size=1))


class Semis:
    """What the database holds, and the calls that should succeed."""

    def __init__(self) -> None:
        lieux()
        self.owner = bailleur()
        self.entete = f"Bearer {cle(self.owner)}"
        from tests.web.offres.test_lots import envoie

        now = maintenant()
        rows = [ligne(reference_bailleur=f"L{i}", adresse=f"{i + 1} rue de la Douane") for i in range(30)]
        self.lots = [str(envoie(self.owner, rows, maintenant=now).pk)]
        self.photos = ["0" * 64, hashlib.sha256(dessin(500, 400, "PNG", 0)).hexdigest()]
        self.offres = [str(pk) for pk in Offre.objects.values_list("pk", flat=True)]
        self.attributions = fuzz.Etats()

    def known(self, draw: st.DrawFn) -> dict[str, str]:
        """Path parameters that name something."""
        return {
            "siren": SIREN,
            "reference": f"L{draw(st.integers(0, 29))}",
            "identifiant": draw(st.sampled_from(self.offres)),
            "lot_id": draw(st.sampled_from(self.lots)),
            "empreinte": draw(st.sampled_from(self.photos)),
        }

    def case(self, operation: Any) -> st.SearchStrategy[Case]:
        """Half of the calls name what exists, the other half are drawn from the document, good or bad."""
        good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

        @st.composite
        def drawn(draw: st.DrawFn) -> Case:
            kind = draw(st.sampled_from(["connu", "connu", "juste", "faux"]))
            case: Case = draw(bad if kind == "faux" else good)
            names = [p.name for p in operation.path_parameters]
            if names and (kind == "connu" or (operation.method == "put" and kind == "juste")):
                given_path = self.known(draw)
                case.path_parameters = {name: given_path[name] for name in names}
            elif "siren" in names and draw(st.booleans()):
                case.path_parameters = {**(case.path_parameters or {}), "siren": SIREN}
            if operation.method == "put" and kind != "faux":
                case.body = draw(offres())
            return case

        return drawn()


def _headers(draw: st.DrawFn, semis: Semis) -> dict[str, str]:
    """The key seven times in eight, and at times a header of versions or of idempotence."""
    found = {"Accept-Encoding": "identity"}  # the client of the fuzzer does not open gzip
    found |= {"Authorization": semis.entete} if draw(st.integers(0, 7)) else {}
    for name, values in (("If-Match", ['"1"', "x", "9" * 40]), ("Idempotency-Key", ["a", "b" * 90])):
        if draw(st.integers(0, 9)) == 0:
            found[name] = draw(st.sampled_from(values))
    return found


def _send_file(draw: st.DrawFn, headers: dict[str, str]) -> int:
    """Send a file as a landlord's program does; return the status."""
    name, content = draw(fichiers())
    form: dict[str, Any] = {"fichier": SimpleUploadedFile(name, content)}
    options = st.sampled_from(["complet", "bonnes_lignes", "essai", "fichier_du"])
    form |= draw(st.dictionaries(options, st.sampled_from(OPTIONS), max_size=2))
    client = Client(raise_request_exception=False)
    answer = client.post(f"/api/v1/bailleurs/{SIREN}/lots", form, headers=headers)
    assert answer.status_code < 500, (name, content, form)
    return int(answer.status_code)


def _send_picture(draw: st.DrawFn, headers: dict[str, str]) -> int:
    """Send a picture of one of the thirty offers as a landlord's program does; return the status."""
    form = draw(images())
    path = f"/api/v1/bailleurs/{SIREN}/offres/L{draw(st.integers(0, 29))}/photos"
    answer = Client(raise_request_exception=False).post(path, form, headers=headers)
    assert answer.status_code < 500, form
    return int(answer.status_code)


@pytest.fixture
def semis(base_reelle: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Semis:
    settings.LIMITES_DE_DEBIT = False
    monkeypatch.setattr(outils, "aujourdhui", lambda: SENT)
    monkeypatch.setattr(outils, "maintenant", lambda: a(SENT))
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "depots"},
        }
    }
    return Semis()


def _fire(operation: Any, semis: Semis, appels: int, seen: Counter[tuple[str, int]]) -> None:
    """Call one operation so many times."""
    cases = semis.case(operation)

    @settings(
        max_examples=appels,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(data=st.data())
    def fire(data: st.DataObject) -> None:
        headers = _headers(data.draw, semis)
        if operation.method == "post" and data.draw(st.integers(0, 3)):
            send = _send_picture if operation.path.endswith("/photos") else _send_file
            seen[operation.label, send(data.draw, headers)] += 1
            return
        case = data.draw(cases)
        case.headers = {k: v for k, v in (case.headers or {}).items() if k.lower() not in ENTETES}
        answer = case.call(headers=headers)
        seen[operation.label, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    fire()


@functools.cache
def _components() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()["components"], default=str))
    return found


def _as_known(operation: Any, states: fuzz.Etats, idempotent: bool) -> int:
    """Call as a program that knows, and undo: the world stays in its states; return the status."""
    path = operation.path.format(**states.path_of(operation.path))
    body = states.body_of(operation.path) if operation.method == "post" else None
    headers = {"Authorization": states.entete} | ({"Idempotency-Key": "a"} if idempotent else {})
    with transaction.atomic():
        answer = Client(raise_request_exception=False).generic(
            operation.method.upper(), path, "" if body is None else json.dumps(body), "application/json",
            headers=headers,
        )  # fmt: skip
        transaction.set_rollback(True)
    answered = operation.definition.raw["responses"].get(str(answer.status_code))
    assert answered is not None, (operation.label, answer.status_code)
    schema = next(iter(answered["content"].values()))["schema"]
    jsonschema.validate(answer.json(), schema | {"components": _components()})
    return int(answer.status_code)


def _fire_attributions(operation: Any, semis: Semis, seen: Counter[tuple[str, int]]) -> None:
    """Call one operation of allocations as a program that knows, then as ones that do not."""
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    states = semis.attributions
    for number in range(max(SUS, APPELS // 100)):
        seen[operation.label, _as_known(operation, states, number % 2 == 0)] += 1

    @settings(
        max_examples=max(TIRES, APPELS // 100),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(data=st.data())
    def fire(data: st.DataObject) -> None:
        case = data.draw(bad if data.draw(st.booleans()) else good)
        case.headers = {k: v for k, v in (case.headers or {}).items() if k.lower() not in ENTETES}
        headers = {"Accept-Encoding": "identity", "Authorization": states.entete}
        if data.draw(st.booleans()):
            headers |= {"Idempotency-Key": data.draw(st.sampled_from(["b" * 90, "b", "c"]))}
            headers |= {"Authorization": data.draw(st.sampled_from([states.entete, "Bearer x", "x"]))}
        answer = case.call(headers=headers)
        seen[operation.label, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    fire()


def _print(seen: Counter[tuple[str, int]]) -> None:
    statuses = sorted({status for _, status in seen})
    print(f"\nStatuts de {sum(seen.values())} appels")
    print(f"{'':52}" + "".join(f"{status:>7}" for status in statuses))
    for label in sorted({label for label, _ in seen}):
        print(f"{label:72}" + "".join(f"{seen[label, status] or '.':>7}" for status in statuses))


def test_aucun_appel_ne_casse_l_api(semis: Semis, capsys: pytest.CaptureFixture[str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    others = sum(not found.path.startswith(fuzz.RACINE) for found in operations)
    seen: Counter[tuple[str, int]] = Counter()
    broken = []
    for operation in operations:
        try:
            if operation.path.startswith(fuzz.RACINE):
                _fire_attributions(operation, semis, seen)
            else:
                _fire(operation, semis, -(-APPELS // others), seen)
        except (Exception, BaseExceptionGroup) as error:  # every operation is tried before the test fails
            broken.append(f"{operation.label}\n{error}")
    with capsys.disabled():
        _print(seen)
    assert not broken, "\n\n".join(broken)
    assert sum(seen.values()) >= APPELS
    good = {label: sum(n for (name, status), n in seen.items() if name == label and status < 300)
            for label in {name for name, _ in seen}}  # fmt: skip
    assert {label: n for label, n in good.items() if n < MOINS_2XX} == {}
    _treat_all()
    assert verify().rompue is None


def _treat_all() -> None:
    """Every file that was taken is read by the worker without a fault of ours."""
    for lot in Lot.objects.filter(etat="recu").order_by("-pk")[: APPELS // 10]:
        tasks.traiter_lot(lot_id=str(lot.pk), acteur="essai")
    states = set(Lot.objects.values_list("etat", flat=True))
    assert states >= {"applique", "refuse"}


# --- Bounds -----------------------------------------------------------------------------------------------

_ENDLESS = re.compile(r"(?<!\\)[*+]|\{\d+,\}")


def _is_short(schema: dict[str, Any]) -> bool:
    """Tell whether a text has a length, a form of its own, or a pattern that ends."""
    if "maxLength" in schema or schema.get("format") in FORMATS:
        return True
    return "pattern" in schema and not _ENDLESS.search(re.sub(r"\[[^\]]*\]", "c", schema["pattern"]))


def _unbounded(schema: dict[str, Any], components: dict[str, Any], where: str) -> Iterator[str]:
    """Yield the parts of a schema that no bound holds."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema or "const" in schema:
        return
    for name in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(name, []):
            yield from _unbounded(part, components, where)
    kind = schema.get("type")
    if kind in {"integer", "number"} and not ({"minimum", "maximum"} <= set(schema)):
        yield f"{where} : nombre sans bornes"
    if kind == "string" and not _is_short(schema):
        yield f"{where} : texte sans longueur"
    if kind == "array":
        if "maxItems" not in schema:
            yield f"{where} : liste sans fin"
        yield from _unbounded(schema.get("items", {}), components, f"{where}[]")
    for name, part in schema.get("properties", {}).items():
        yield from _unbounded(part, components, f"{where}.{name}")


def test_chaque_parametre_est_borne() -> None:
    """Query, path, header and form; the offer itself is bounded by its table (``columns.yaml``)."""
    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    components = document["components"]["schemas"]
    found: list[str] = []
    count = 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", []):
                count += 1
                where = f"{method} {path} {parameter['name']}"
                found += _unbounded(parameter["schema"], components, where)
            form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data")
            if form:
                found += _unbounded(form["schema"], components, f"{method} {path}")
    assert found == []
    assert count > 30


def test_le_controle_des_bornes_voit_ce_qui_n_en_a_pas() -> None:
    wrong = [
        {"type": "integer", "minimum": 1},
        {"type": "string"},
        {"type": "string", "pattern": "^a+$"},
        {"type": "array", "items": {"type": "boolean"}},
        {"type": "object", "properties": {"x": {"type": "string"}}},
        {"anyOf": [{"type": "number"}, {"type": "null"}]},
    ]
    assert [len(list(_unbounded(schema, {}, "x"))) for schema in wrong] == [1] * len(wrong)
    assert not list(_unbounded({"type": "string", "pattern": r"^[a-z+*]{1,9}$"}, {}, "x"))
