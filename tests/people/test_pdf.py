"""The gateway to PDFs: what it may read, and which characters have glyphs."""

import pytest

from people import pdf


@pytest.mark.parametrize("name", ["𠮷", "䶮", "㛃", "喆", "犇", "頔", "堃", "𨭎", "·"])
def test_rare_characters_of_real_names_have_glyphs(name):
    assert pdf.missing_characters(name) == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file://elsewhere/etc/passwd",
        "http://127.0.0.1:9/",
        "https://example.org/",
        "ftp://example.org/",
        "data:nothing",
    ],
)
def test_fetcher_refuses_what_is_not_ours(url):
    with pytest.raises(ValueError, match="may not read|not a data address"):
        pdf.fetch(url)


def test_fetcher_refuses_a_path_that_climbs_out_of_the_static_directory():
    inside = (pdf.static_directory() / "css").as_uri()

    with pytest.raises(ValueError, match="may not read"):
        pdf.fetch(f"{inside}/../../manage.py")
    with pytest.raises(ValueError, match="may not read"):
        pdf.fetch(f"{inside}/%2e%2e/%2e%2e/manage.py")
