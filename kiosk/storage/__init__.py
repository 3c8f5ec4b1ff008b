"""Disk: encrypted databases, the durable journal, files on sticks. It knows bytes and files, not examinations."""
