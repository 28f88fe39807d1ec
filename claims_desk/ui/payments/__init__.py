"""Payments: vouchers, payment files and letters."""
