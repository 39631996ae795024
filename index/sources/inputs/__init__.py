"""From sources to the bytes of files: found, opened safely, unpacked, told what they are."""
