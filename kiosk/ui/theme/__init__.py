"""How everything looks: colours, type, space, and the one value `Look` that every part is drawn from.

`tokens`, `measures` and `look` are plain Python; `paint`, `fonts`, `dress` and `stylesheet` speak Qt.
"""
