"""The programme's real partners."""

from __future__ import annotations

from portal.home.loading.files import read
from portal.home.loading.pages import Loader
from portal.people.models import Organisation


def load_organisations(loader: Loader) -> None:
    """Add the organisations of `content/organisations.toml`, once."""
    if "organisations.toml" in loader.loaded:
        return
    for record in read("organisations.toml")["organisations"]:
        Organisation.objects.get_or_create(slug=record["slug"], defaults=record)
    loader.remember("organisations.toml")
