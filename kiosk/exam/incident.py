"""Kinds of incident: facts a seat records for people to judge.

Rules: an incident says what was observed, never who is to blame; a person decides whether it is an irregularity.
"""

from enum import Enum


class IncidentKind(Enum):
    """What was observed."""

    NOTE = "note"
    PROGRAM_RESTARTED = "program-restarted"
    PC_RESTARTED = "pc-restarted"
    CAMERA_LOST = "camera-lost"
    CAMERA_BACK = "camera-back"
    CAMERA_ABSENT = "camera-absent"
    CAMERA_GAP = "camera-gap"
    JOURNAL_DAMAGED = "journal-damaged"
    CLOCK_JUMPED = "clock-jumped"
    PC_SLEPT = "pc-slept"
    SAVE_FAILED = "save-failed"
    PROGRAM_FAULT = "program-fault"
    FOCUS_LOST = "focus-lost"
    SECOND_DISPLAY = "second-display"
    LOCK_WEAKENED = "lock-weakened"
    RESERVE_CARD = "reserve-card"
    ITEM_DAMAGED = "item-damaged"
    DISK_SHORT = "disk-short"
