"""How a file that a facilitator uploads becomes what visitors play: probing, preparing, and videos that stay elsewhere."""
