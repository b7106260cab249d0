"""The forms of the library, one module for each topic."""
