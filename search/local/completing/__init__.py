"""What a reader may have meant, may go on to type, or may like to read next."""
