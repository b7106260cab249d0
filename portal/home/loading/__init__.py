"""Makes the files of `portal/home/content/` into pages and snippets, each once."""

from portal.home.loading.site import load_content

__all__ = ["load_content"]
