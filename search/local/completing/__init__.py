"""What a reader may have meant by a word, or may go on to type."""
