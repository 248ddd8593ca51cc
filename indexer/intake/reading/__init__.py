"""Bytes of any published format to a grid of text cells; nothing is guessed about what they mean."""
