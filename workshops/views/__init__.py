"""What the room and its facilitator see: one screen, one file."""
