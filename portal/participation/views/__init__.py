"""Where participants send what they write, one module for each topic."""
