"""Measuring instruments are tested as what they measure is."""
