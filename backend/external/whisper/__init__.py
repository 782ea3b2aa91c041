"""Speech heard by a Whisper model on this machine: Korean, English and about a hundred more, without a network.

Needs the optional extra ``whisper`` (faster-whisper) and a model on disk.
"""
