"""Key: a paper form into the computer, judged while it is typed."""
