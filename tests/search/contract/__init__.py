"""What every engine answers, whatever it is made of; ``tests/search/conftest.py`` makes them."""
