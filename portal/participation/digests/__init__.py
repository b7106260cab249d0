"""Digests: what is new about what a person follows, in one mail a day or a week."""
