"""Pages for people: what was found becomes a page object, a template prints it."""
