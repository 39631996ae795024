"""Reports of the commands that read articles."""
