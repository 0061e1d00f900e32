"""Every command that a tutorial or a guide shows is run, and prints what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.consoles import read_blocks, run_page, same

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(
    str(path.relative_to(DOCS))
    for folder in ("tutoriels", "guides")
    for path in (DOCS / folder).rglob("*.md")
    if any(bloc.commandes for bloc in read_blocks(path.read_text(encoding="utf-8")))
)


@pytest.mark.parametrize("page", PAGES)
def test_page_runs(page: str, tmp_path: Path) -> None:
    faults = run_page((DOCS / page).read_text(encoding="utf-8"), tmp_path)
    assert not faults, f"docs/{page}\n\n" + "\n\n".join(faults)


def test_files_commands_and_outputs(tmp_path: Path) -> None:
    page = '```yaml title="a.yaml"\nun: 1\ndeux: 2\n```\n\nProse.\n\n'
    page += "```console\n$ cat a.yaml\nun: …\n…\n$ ls\na.yaml\n```\n"
    assert run_page(page, tmp_path) == []


@pytest.mark.parametrize(
    "page",
    [
        "```console\n$ cat absent\n```\n",
        "<!-- code: 10 -->\n```console\n$ ls\n```\n",
        "```console\n$ ls\nautre\n```\n",
        "```console\n$ rm -r x\n```\n",
    ],
)
def test_a_wrong_page_is_seen(page: str, tmp_path: Path) -> None:
    assert len(run_page(page, tmp_path)) == 1


def test_announced_codes_and_skipped_blocks(tmp_path: Path) -> None:
    page = "<!-- code: 1 -->\n```console\n$ cat absent\n```\n\n"
    page += "<!-- sans exécution : long -->\n```console\n$ rm x\n```\n"
    assert run_page(page, tmp_path) == []


def test_a_block_is_not_skipped_without_a_reason() -> None:
    with pytest.raises(ValueError, match="pourquoi"):
        read_blocks("<!-- sans exécution -->\n```console\n$ rm x\n```\n")


def test_a_command_may_go_on_the_next_line() -> None:
    bloc = read_blocks("```console\n$ palier a \\\n> --au b\nsortie\n```\n")[0]
    assert [(c.texte, c.attendu) for c in bloc.commandes] == [("palier a --au b", ["sortie"])]


@pytest.mark.parametrize(
    ("attendu", "sortie", "egal"),
    [
        (["a"], "a\n", True),
        (["a"], "b\n", False),
        (["a", "…", "d"], "a\nb\nc\nd\n", True),
        (["a", "…", "d"], "a\nb\nc\n", False),
        (["total … points"], "total 35 points\n", True),
        (["total … points"], "total\n", False),
        ([], "n'importe\n", True),
    ],
)
def test_outputs_compare(attendu: list[str], sortie: str, egal: bool) -> None:
    assert same(attendu, sortie) is egal
