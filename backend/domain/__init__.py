"""Catalogue, order state, prices and dialogue: frozen dataclasses and pure functions, standard library only."""
