"""Series of any datasets beside each other: what is asked, what they are, how they are drawn."""
