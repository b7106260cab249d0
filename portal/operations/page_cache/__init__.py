"""Whole pages, kept for visitors who are not signed in, exactly as long as they are right (docs/decisions/0008-page-cache.md)."""

from portal.operations.page_cache.middleware import PageCacheMiddleware

__all__ = ["PageCacheMiddleware"]
