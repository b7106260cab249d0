"""The library's lists in the CMS."""
