"""Claims Desk: the workstation on which a provincial health insurance office turns paper claims into payments."""

__version__ = "0.1.0"
