"""The machine: what is changed so that a seat is only an exam, and how all of it is put back."""
