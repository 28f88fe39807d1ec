"""The performance table: each thing beside bare code that does the same work in the same run."""
