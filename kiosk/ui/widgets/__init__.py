"""The parts that screens are made of: each painted from one Look, named for assistive technology, usable by keyboard.

Parts know nothing of sittings, stations or files; they are told what to show and say what was pressed.
`markup` and `breaks` are plain Python; the rest speaks Qt.
"""
