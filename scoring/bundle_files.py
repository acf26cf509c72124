"""The bundles of releases as files, made once: anybody may fetch one, any number of times.

A release never changes and always gives the same bytes, so a file that is there is right.
"""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from scoring.bundle import bundle_of
from scoring.models import Release


def bundle_file(release: Release) -> Path:
    """The path of a release's bundle; raises what :func:`bundle_of` raises."""
    folder = Path(settings.VAR) / "bundles"
    path = folder / f"{release.number}-{release.digest[:16]}.zip"
    if path.exists():
        return path
    content = bundle_of(release)
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    return path
