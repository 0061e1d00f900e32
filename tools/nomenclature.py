"""Write the software bill of materials (CycloneDX 1.6) of the site from its two locks.

Python libraries come from ``requirements/site.txt``, those of the pages from ``package-lock.json`` (what the
build puts in the pages, not the tools of the build). Same locks, same bytes: neither date nor address.

Usage: ``python -m tools.nomenclature [SORTIE]`` (standard output by default).
"""

from __future__ import annotations

import base64
import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from palier import __version__

RACINE = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^(?P<nom>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^ {4}# (?:via|  )\s*(?P<nom>[A-Za-z0-9._-]+)\s*$")


def python_components(verrou: str) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Read a lock of uv: each library, with the libraries that ask for it.

    Parameters
    ----------
    verrou : str
        Text of ``requirements/site.txt``.

    Yields
    ------
    tuple of dict and list of str
        Component, names of what depends on it (empty: Palier itself).
    """
    for block in re.split(r"\n(?=\S)", verrou):
        pin = _PIN.match(block)
        if pin is None:
            continue
        name = pin["nom"].lower().replace("_", "-")
        component = {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{pin['version']}",
            "name": name,
            "version": pin["version"],
            "purl": f"pkg:pypi/{name}@{pin['version']}",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in sorted(_HASH.findall(block))],
        }
        if licence := _licence(name):
            component["licenses"] = licence
        asked = [found["nom"].lower() for line in block.splitlines() if (found := _VIA.match(line))]
        yield component, [other for other in asked if other != "palier"]


def _licence(name: str) -> list[dict[str, Any]]:
    """Return the licence that an installed library declares."""
    try:
        found = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return []
    if expression := found.get("license_expression"):
        return [{"expression": expression}]
    marks = [str(text).rpartition(" :: ")[2] for text in found.get("classifier", []) if "License ::" in text]
    text = "; ".join(marks) or str(found.get("license") or "").partition("\n")[0]
    return [{"license": {"name": text}}] if text else []


def page_components(verrou: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Read a lock of npm: what ends in the pages, with the packages that it asks for."""
    for place, row in sorted(verrou["packages"].items()):
        if not place or row.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40', 1)}@{row['version']}"
        algorithm, _, content = str(row["integrity"]).partition("-")
        component = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": row["version"],
            "purl": purl,
            "hashes": [
                {
                    "alg": algorithm.upper().replace("SHA", "SHA-"),
                    "content": base64.b64decode(content).hex(),
                }
            ],
        }
        if licence := row.get("license"):
            component["licenses"] = [{"expression": licence}]
        yield component, sorted({**row.get("dependencies", {}), **row.get("peerDependencies", {})})


def build(python: str, pages: dict[str, Any]) -> dict[str, Any]:
    """Return the bill of materials of the site.

    Parameters
    ----------
    python : str
        Text of the lock of Python.
    pages : dict
        Lock of npm.
    """
    root = f"pkg:pypi/palier@{__version__}"
    components: list[dict[str, Any]] = []
    needs: dict[str, set[str]] = {root: set()}
    names: dict[str, str] = {}
    read = list(python_components(python))
    for component, _ in read:
        names[component["name"]] = component["bom-ref"]
    for component, asked in read:
        components.append(component)
        needs.setdefault(component["bom-ref"], set())
        for other in [names[name] for name in asked if name in names] or [root]:
            needs.setdefault(other, set()).add(component["bom-ref"])
    shown = list(page_components(pages))
    refs = {component["name"]: component["bom-ref"] for component, _ in shown}
    for component, asked in shown:
        components.append(component)
        needs[component["bom-ref"]] = {refs[name] for name in asked if name in refs}
    needs[root] |= {refs[name] for name in pages["packages"][""]["dependencies"]}
    body = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "palier",
                "version": __version__,
                "licenses": [{"expression": "EUPL-1.2"}],
            }
        },
        "components": sorted(components, key=lambda c: str(c["bom-ref"])),
        "dependencies": [{"ref": ref, "dependsOn": sorted(asked)} for ref, asked in sorted(needs.items())],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(body, sort_keys=True))
    head = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return head | body


def main() -> None:
    """Write the bill of materials."""
    python = (RACINE / "requirements/site.txt").read_text(encoding="utf-8")
    pages = json.loads((RACINE / "package-lock.json").read_text(encoding="utf-8"))
    text = json.dumps(build(python, pages), ensure_ascii=False, indent=1) + "\n"
    if len(sys.argv) > 1:
        target = Path(sys.argv[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
