"""The kinds of charts, one module each: its condition, its numbers, its sentence, its figure."""
