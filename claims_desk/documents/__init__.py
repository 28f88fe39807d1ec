"""Paper: vouchers, letters and slips as PDF, with Lao marks in their place."""
