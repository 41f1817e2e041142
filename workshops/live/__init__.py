"""The native-async part: the votes' door and the event streams."""
