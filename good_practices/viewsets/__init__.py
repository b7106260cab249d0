"""The library in the CMS, one module for each topic."""
