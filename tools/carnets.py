"""MkDocs hook: run each notebook of ``docs`` and turn it into a page.

A notebook is prose and code that must work today: it is executed at each build, and
a cell that fails stops the build. ``PALIER_SANS_CARNETS=1`` shows notebooks without
running them (the quick check of ``make test``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def _convert(path: Path, run: bool) -> tuple[str, dict[str, bytes]]:
    """Return the page and its images."""
    import nbformat
    from nbconvert import MarkdownExporter
    from nbconvert.preprocessors import ExecutePreprocessor

    notebook = nbformat.read(path, as_version=4)
    if run:
        runner = ExecutePreprocessor(timeout=300, kernel_name="python3")
        runner.preprocess(notebook, {"metadata": {"path": str(path.parent)}})
    body, resources = MarkdownExporter().from_notebook_node(notebook)
    return body, dict(resources.get("outputs", {}))


def on_files(files: Files, config: MkDocsConfig, **_: Any) -> Files:
    """Replace each ``.ipynb`` by the page it becomes."""
    run = os.environ.get("PALIER_SANS_CARNETS") != "1"
    for file in [f for f in files if f.src_uri.endswith(".ipynb")]:
        body, images = _convert(Path(cast(str, file.abs_src_path)), run)
        files.remove(file)
        page = file.src_uri.removesuffix(".ipynb") + ".md"
        files.append(File.generated(config, page, content=body))
        folder = page.rsplit("/", 1)[0]
        for name, content in images.items():
            files.append(File.generated(config, f"{folder}/{name}", content=content))
    return files
