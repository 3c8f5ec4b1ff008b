"""What is printed: invigilator cards and QR codes, as values that somebody else writes to a file or a screen."""
