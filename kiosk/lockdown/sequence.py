"""Locks the PC step by step and puts it back in reverse, also after a crash in the middle of either.

Rules: what was there before is in the ledger before a feature changes it; a feature holds only if a look at the PC
says so afterwards; releasing goes on past every failure and what could not be put back stays in the ledger for the
next start. Releasing at the end and repairing after a crash are the same function.
It refuses to know what a feature does and which features a round demands: the caller names those.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.errors import LockdownError
from kiosk.lockdown.feature import Feature, Finding, State
from kiosk.lockdown.ledger import VERSION, Entry, Ledger, LedgerUnwritableError, load, replace, set_aside
from kiosk.lockdown.machine import Machine, NotHereError, identity

_UNDONE = (State.RESTORED, State.GONE)


class LedgerDamagedError(LockdownError):
    """The undo record is damaged: `lines` of it; `restored` and `left` settings of the rest; `kept` names the file."""

    code = "lockdown/ledger-damaged"


class LedgerForeignError(LockdownError):
    """The undo record is of another PC, so nothing of it was applied; `kept` names the file."""

    code = "lockdown/ledger-foreign"


class LedgerVersionError(LockdownError):
    """The undo record is of another `version` of the program; nothing was applied; `kept` names the file."""

    code = "lockdown/ledger-version"


class FeatureRefusedError(LockdownError):
    """A feature that the round demands cannot be had here (`feature`, with `detail`); everything is released."""

    code = "lockdown/feature"


def undo(entries: Iterable[Entry], features: Iterable[Feature], machine: Machine) -> tuple[Finding, ...]:
    """Put back what `entries` tell, last first, going on past failures; one finding each, in that order."""
    by_name = {feature.name: feature for feature in features}
    return tuple(_undo_one(entry, by_name.get(entry.feature), machine) for entry in reversed(tuple(entries)))


def _undo_one(entry: Entry, feature: Feature | None, machine: Machine) -> Finding:
    if feature is None:
        return Finding(name=entry.feature, state=State.UNKNOWN, detail="feature")
    try:
        if not feature.exists(machine, entry.before):
            return Finding(name=entry.feature, state=State.GONE)
        feature.release(machine, entry.before)
    except LockdownError as error:
        return Finding(name=entry.feature, state=State.FAILED, detail=reason(error))
    return Finding(name=entry.feature, state=State.RESTORED)


def repair(path: Path, features: Iterable[Feature], machine: Machine) -> tuple[Finding, ...]:
    """Undo an unfinished ledger; call it first at every start. Again and again gives the same PC.

    A ledger that cannot be trusted is set aside and raised, once: after that a start finds none and goes on.
    """
    name = identity(machine)
    story = load(path, name)
    if story.written_by and story.written_by != name:
        raise LedgerForeignError(kept=set_aside(path, "foreign").name)
    if story.version != VERSION:
        raise LedgerVersionError(kept=set_aside(path, "version").name, version=story.version)
    findings = undo(story.pending, features, machine)
    left = _left(story.pending, findings)
    if story.damaged:
        kept = set_aside(path, "damaged").name
        replace(path, name, left)
        restored = len(findings) - len(left)
        raise LedgerDamagedError(kept=kept, lines=len(story.damaged), restored=restored, left=len(left))
    if story.pending:
        replace(path, name, left)
    return findings


def _left(entries: Sequence[Entry], findings: Sequence[Finding]) -> tuple[Entry, ...]:
    """Return the entries that are not undone, oldest first; `findings` are those of `undo`, last first."""
    pairs = zip(entries, reversed(findings), strict=True)
    return tuple(entry for entry, finding in pairs if finding.state not in _UNDONE)


def reason(error: LockdownError) -> str:
    """Return a short stable word for a finding's detail: what is missing, else the code and its number."""
    if isinstance(error, NotHereError):
        return str(error.data["what"])
    return " ".join([error.code, *(str(value) for value in error.data.values())])


class Lockdown:
    """The features of one lock, engaged in order and released in reverse."""

    def __init__(
        self, features: Sequence[Feature], machine: Machine, ledger: Ledger, *, required: frozenset[str] = frozenset()
    ) -> None:
        """`required` names the features without which this lock is refused; the others only make a finding."""
        self._features = tuple(features)
        self._machine = machine
        self._ledger = ledger
        self._required = required

    def engage(self) -> tuple[Finding, ...]:
        """Engage all; `FeatureRefusedError` or `LedgerUnwritableError` after releasing what was engaged."""
        findings = []
        known = {feature.name for feature in self._features}
        try:
            for name in sorted(self._required - known):
                raise FeatureRefusedError(feature=name, detail="feature")
            for feature in self._features:
                finding = self._engage_one(feature)
                if finding.state is not State.HOLDS and finding.name in self._required:
                    raise FeatureRefusedError(feature=finding.name, detail=finding.detail)
                findings.append(finding)
        except LockdownError:
            self.release()
            raise
        return tuple(findings)

    def _engage_one(self, feature: Feature) -> Finding:
        try:
            before = feature.read(self._machine)
        except NotHereError as error:
            return Finding(name=feature.name, state=State.UNAVAILABLE, detail=reason(error))
        except LockdownError as error:
            return Finding(name=feature.name, state=State.FAILED, detail=reason(error))
        self._ledger.record(feature.name, before)
        try:
            feature.engage(self._machine, before)
            return self._look(feature)
        except LockdownError as error:
            _undo_one(Entry(feature=feature.name, before=before), feature, self._machine)
            return Finding(name=feature.name, state=State.FAILED, detail=reason(error))

    def _look(self, feature: Feature) -> Finding:
        try:
            return feature.status(self._machine)
        except LockdownError as error:
            return Finding(name=feature.name, state=State.UNKNOWN, detail=reason(error))

    def status(self) -> tuple[Finding, ...]:
        """Look at the PC again, at any time."""
        return tuple(self._look(feature) for feature in self._features)

    def release(self) -> tuple[Finding, ...]:
        """Put everything back; never raises: what failed is a finding and stays in the ledger."""
        pending = self._ledger.pending
        findings = undo(pending, self._features, self._machine)
        try:
            self._ledger.keep(_left(pending, findings))
        except LedgerUnwritableError as error:
            return (*findings, Finding(name="ledger", state=State.FAILED, detail=reason(error)))
        return findings
