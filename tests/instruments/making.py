"""Makes copies of the packs that ship, so that tests can spoil and mend them; it tests nothing itself."""

import shutil
from pathlib import Path

from backend.instruments import HOME, Item, Mistake, Pack, check, pack

ITEMS = ("personal", "close", "social", "overall")
MISSING = "This is missing."
UNKNOWN = "This key is not known here; correct its spelling or remove it."
NO_WORDS = "Write words in quotation marks, on one line, without spaces before, behind or doubled."
OF_FREEZING = ("was changed after it was frozen", "is not frozen yet", "was frozen and is gone")


def copied(folder: Path, *names: str) -> Path:
    """Copies packs that ship, ORS and SRS unless others are named, with their digests."""
    digests = (HOME / "frozen.toml").read_text(encoding="utf-8").split("\n[")
    kept = [digests[0]]
    for name in sorted(names or ("ors", "srs")):
        shutil.copytree(HOME / "packs" / name, folder / "packs" / name)
        kept += [part for part in digests[1:] if part.startswith(f'{name}."')]
    folder.mkdir(exist_ok=True)
    (folder / "frozen.toml").write_text("\n[".join(kept).rstrip("\n") + "\n", encoding="utf-8")
    return folder


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    return folder


def renewed(folder: Path, old: str, new: str) -> Path:
    """Copies one version of a pack, such as packs/ors/1, as another."""
    shutil.copytree(folder / old, folder / new)
    number = (folder / new).name
    return changed(folder, f"{new}/pack.toml", 'version = "1"', f'version = "{number}"')


def said(mistakes: list[Mistake]) -> list[str]:
    return [str(mistake) for mistake in mistakes]


def said_besides_freezing(folder: Path) -> list[str]:
    return [words for words in said(check(folder)) if not any(of_freezing in words for of_freezing in OF_FREEZING)]


def marks(**others: object) -> dict[str, object]:
    return dict.fromkeys(ITEMS, 5000) | others


def ors() -> Pack:
    found = pack("ors")
    assert found.items == tuple(Item(item, "line") for item in ITEMS)
    return found
