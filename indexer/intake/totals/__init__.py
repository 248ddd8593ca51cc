"""Rows and columns that are totals of others: by word, by label, by arithmetic; and the sums of the rest."""
