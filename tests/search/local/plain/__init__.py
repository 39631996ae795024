"""The short way of plain words."""
