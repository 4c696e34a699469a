"""Sheets: Excel, OpenDocument and tables of values."""
