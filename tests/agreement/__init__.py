"""Whether all numbers that answers give of one query agree, in every order and format."""
