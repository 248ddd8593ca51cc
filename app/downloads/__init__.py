"""Files of exactly what is shown: csv and xlsx for people, json for programs, each able to say where it is from."""
