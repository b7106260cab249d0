"""What `manage.py check`, and with it most commands, says of the search engine's settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from search.engines import EngineUnavailableError, get_engine


@register("search")
def check_engine(**kwargs: Any) -> list[CheckMessage]:
    """Refuse settings that name no usable engine; no node is asked."""
    try:
        get_engine()
    except EngineUnavailableError as error:
        return [Error(str(error), id="search.E001")]
    return []
