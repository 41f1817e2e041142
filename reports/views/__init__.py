"""What facilitators and civil servants see of reports: one screen, one file."""
