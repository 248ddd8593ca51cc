"""Charts from the profile: buckets to frame to figure. A chart is one entry in ``entries.CHARTS``."""
