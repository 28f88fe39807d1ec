"""Registers: members, facilities, tariff and parameters as they hold on a day, and what comes in."""
