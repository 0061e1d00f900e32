"""Public names exist, are sorted, and each has a docstring."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tools.reference.python import packages

PACKAGES = packages()


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names(package: str) -> None:
    module = importlib.import_module(package)
    names = PACKAGES[package]
    assert len(names) == len(set(names)), f"{package}.__all__ répète un nom"
    assert (module.__doc__ or "").strip(), f"{package} n'a pas de docstring"
    for name in names:
        thing = getattr(module, name)
        if inspect.isroutine(thing) or inspect.isclass(thing) or inspect.ismodule(thing):
            own = inspect.getdoc(thing) or ""
            generated = own.startswith(f"{name}(")  # what dataclass writes when nobody did
            assert bool(own) > generated, f"{package}.{name} n'a pas de docstring"


def test_some_packages_declare_names() -> None:
    assert "palier.tables" in PACKAGES
