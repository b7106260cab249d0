"""The programme: sessions as slots in the workshop's own time zone, day by day; as a list or a grid, filtered, at a moment.

`loading` reads it from the database and is not imported here: the models of the workshop import this package.
"""

from sessions.programme.slots import Day, Slot, days, slots, state_at, time_zones

__all__ = ["Day", "Slot", "days", "slots", "state_at", "time_zones"]
