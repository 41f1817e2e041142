"""Speed, as ratios to references measured in the same run: see ``python -m bench``."""
