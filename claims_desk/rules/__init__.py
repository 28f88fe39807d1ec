"""When a claim is paid: one function a rule, one module a family, and the pricing."""
