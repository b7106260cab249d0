"""Practices in and out of the library as tables: one table of columns drives import, export, template and dictionary."""
