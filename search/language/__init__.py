"""What people type, and the words of a build it is read against."""
