"""Jinja pages and macros, as a package so that they are installed with the code."""
