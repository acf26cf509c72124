"""What a reader of docs/ may rely on: every setting, every permission, one number each."""

import re
from collections import Counter

from django.conf import settings

from config.management.commands.write_permissions import assembled

DOCS = settings.ROOT / "docs"
READ = re.compile(
    r"env\.(?:text|flag|number|choice|words|directory|secret|keys|database)"
    r"\(\s*\"(?P<name>\w+)\""
)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)(?P<target>[^)#\s]+)")


def test_every_setting_is_in_the_operations_page():
    operations = (DOCS / "operations.md").read_text(encoding="utf-8")
    sources = [
        (settings.ROOT / "config" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "environment.py")
    ]
    names = {found["name"] for source in sources for found in READ.finditer(source)}
    names |= set(re.findall(r'number\("(\w+)"', sources[1]))

    assert len(names) > 15
    assert sorted(name for name in names if f"`{name}`" not in operations) == []


def test_permissions_page_is_what_the_apps_declare():
    page = (DOCS / "permissions.md").read_text(encoding="utf-8")

    assert page == assembled(), "run: ./run manage write_permissions"


def test_decision_has_its_own_number_and_the_four_parts():
    files = sorted((DOCS / "decisions").glob("*.md"))
    numbers = Counter(path.name[:4] for path in files)

    assert [number for number, count in numbers.items() if count > 1] == []
    assert {f"{number:04}" for number in range(1, 9)} <= set(numbers)
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]} ", text), path.name
        for part in ("Date: ", "Status: ", "## Context", "## Decision"):
            assert part in text, f"{path.name}: {part}"
        assert "## Consequences" in text, path.name


def test_link_between_documents_leads_somewhere():
    pages = [settings.ROOT / "README.md", *DOCS.rglob("*.md")]

    broken = [
        f"{page.relative_to(settings.ROOT)}: {found['target']}"
        for page in pages
        if page.exists()
        for found in LINK.finditer(page.read_text(encoding="utf-8"))
        if not (page.parent / found["target"]).exists()
    ]

    assert broken == []
