"""What the library answers to, beside its Wagtail pages: one module for each topic."""
