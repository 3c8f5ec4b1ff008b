"""What a screen shows, decided without a screen: values in, values and sentences out.

Rules: pure functions, no Qt, no clock, no station; what is enabled, in which words, in which order is said here and
tested here. A screen only puts it where it belongs.
"""
