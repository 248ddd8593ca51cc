"""Yearly series: gaps, breaks, change, and what may come."""
