"""Inputs altered at random: how many is said by the environment variable WARTA_FUZZ."""
