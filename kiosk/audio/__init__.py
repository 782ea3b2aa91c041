"""Sound in and out through PortAudio, in worker threads. Nothing here ever writes to disk."""
