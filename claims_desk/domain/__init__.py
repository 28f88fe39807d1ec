"""Facts, money, dates, Lao text and errors: the words of the product, on the standard library alone."""
