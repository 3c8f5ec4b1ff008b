"""Bytes to bytes: sealing, signatures, unlock codes and the journal's hash chain.

Nothing here opens a file, reads a clock or knows what an exam is. Every refusal is a leaf of `kiosk.errors`; no
library's own exception leaves this package for bad input data. Secrets are compared in constant time and made only by
the operating system's generator.
"""
