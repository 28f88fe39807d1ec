"""The window: panes, forms, table models and the work behind them."""
