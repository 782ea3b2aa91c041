"""Cakes and dinners as SVG, built from the order's own data: what the picture shows can be made.

Pure functions: the same spec gives the same text. No filters (blurs are slow to render) and no randomness; soft
shadows are gradients. Light comes from the upper left.
"""
