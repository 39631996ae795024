"""What feeds and saved pages have in common: encodings, addresses, untidy markup."""
