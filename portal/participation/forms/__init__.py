"""What participants fill in, one module for each topic."""
