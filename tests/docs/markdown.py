"""What stands in our documents, as values."""

import re
from pathlib import Path

DOCUMENTS = [
    Path("README.md"),
    *sorted(Path("docs").glob("*.md")),
    Path("docker/README.md"),
    Path("tests/README.md"),
    *sorted(Path("data").rglob("*.md")),
    *sorted(Path("models").rglob("*.md")),
]


def read(path: str | Path) -> str:
    return Path(path).read_text("utf-8")


def section(path: str | Path, title: str) -> str:
    """Return what stands below the heading `title`, up to the next one of its level."""
    level, text = re.split(rf"^(#+) {re.escape(title)}$", read(path), maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^#{{1,{len(level)}}} ", text, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> dict[str, list[str]]:
    """Return the rows of all tables in `text` by their first cell, without its backticks."""
    lines = (line for line in text.splitlines() if line.startswith("| ") and not line.startswith("|---"))
    cells = ([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines)
    return {first.strip("`"): rest for first, *rest in cells}


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings."""
    headings = re.findall(r"^#+ (.*)$", _without_code(read(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(path: Path) -> list[str]:
    """Return where the links and pictures lead to."""
    return re.findall(r"\]\(([^)\s]+)\)", _without_code(read(path)))


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
