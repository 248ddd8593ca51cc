"""What stands above the list of results: the number that was asked for, a chart, a map."""
