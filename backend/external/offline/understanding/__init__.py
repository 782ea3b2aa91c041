"""Korean and English understanding over the catalogue, without any model or network.

``text`` takes a sentence apart, ``lexicon`` knows the catalogue's names and ``vocabulary`` the words around them,
``scanner`` finds both in a sentence (``sounds`` where it is misspelt), ``reading`` tells what the words are about,
``items`` makes changes of them, and ``engine`` is the adapter.
"""
