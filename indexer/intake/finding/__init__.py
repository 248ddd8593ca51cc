"""The table in the grid: preamble, header, rows, notes, sections, what to fill down."""
