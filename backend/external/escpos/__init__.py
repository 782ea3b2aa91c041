"""Receipt printers that speak ESC/POS, by python-escpos."""
