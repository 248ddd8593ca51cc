"""From files to a published index: intake, flatten, gate, publish, jobs, command line."""
