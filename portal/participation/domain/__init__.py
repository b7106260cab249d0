"""Every write of a participant or a moderator, one module for each topic."""
