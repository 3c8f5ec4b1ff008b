"""The screens: what people see and press, and nothing that decides.

This package is imported by the command line for its words, so nothing here loads Qt until a screen is opened.
"""
