"""A workshop rehearsed over HTTP: who comes, what they answer, and whether every answer arrives in the report."""
