"""The camera, in a process of its own: a picture a second, sealed before it touches the disk."""
