"""What the library answers beside its pages, by topic."""
