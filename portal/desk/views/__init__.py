"""The desk's pages in the CMS, one module for each."""
