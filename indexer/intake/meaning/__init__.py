"""What columns mean: roles, kinds, units, time, place, and what headers hold that belongs in rows."""
