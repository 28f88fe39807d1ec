"""Files that travel with the program: fonts, texts, geography, official schemas."""
