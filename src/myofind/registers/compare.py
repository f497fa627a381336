"""A trial of the registry against the register's record: what changed, where each side comes from, what to write.

Only an allow-list of facts is compared. What a machine cannot judge (the words of criteria, titles, conditions) is
flagged, never rewritten; a fact about which the registry records a conflict is held back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from myofind.domain.dates import first_day, last_day, order
from myofind.domain.register_numbers import link
from myofind.domain.rules import Span
from myofind.domain.trial import Conflict, Site, Source, Trial
from myofind.editing.edits import Edit
from myofind.editing.yaml_text import Value, phase_value, site_value, span_value
from myofind.registers.ctgov import Record
from myofind.registers.proposals import TEXTS, Change, Kind, Proposal, Remark, Seen, contact_values
from myofind.registers.site_pairs import folded, pair
from myofind.registers.status import observe


def is_register(source: Source) -> bool:
    """Whether a source is ClinicalTrials.gov itself or a table made of its records."""
    url = (source.url or "").split("//")[-1].split("/")[0].lower()
    return (
        source.id.startswith("ctgov")
        or url == "clinicaltrials.gov"
        or url.endswith(".clinicaltrials.gov")
        or (source.title or "").startswith("ClinicalTrials.gov")
    )


def claimed(trial: Trial, key: str) -> tuple[str | None, str | None]:
    """The newest source that supports a key of a trial, and its date."""
    top = key.split(".")[0]
    entries = [one for one in trial.sources if top in one.keys] or [one for one in trial.sources if not one.keys]
    if not entries:
        return None, None
    newest = max(entries, key=lambda one: one.date or "")
    return newest.ref, newest.date


@dataclass
class RecordComparison:
    """A trial beside a record of it.

    `known_ids`: ids of the registry's other trials; `parents`: those that other trials extend. `force` also writes
    what a recorded conflict holds back; `texts_read`: a curator has read the changed texts, so their fingerprints are renewed.
    """

    trial: Trial
    record: Record
    seen: Seen
    sources: Mapping[str, Source]
    known_ids: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    force: bool = False
    texts_read: bool = False
    changes: list[Change] = field(default_factory=list)

    def proposal(self) -> Proposal:
        """Everything the record says to the trial."""
        self.changes.extend(observe(self.trial, self.record, self.seen, self.of_register))
        held = self.held_since()
        if held and self.seen.day < held:
            return Proposal(self.trial.id, self.record, self.seen, tuple(self.changes))
        self.number()
        for key in ("start", "primary_completion", "end"):
            self.date(key)
        self.ages()
        self.plain("eligibility.sex", self.trial.eligibility.sex, self.record.sex)
        if self.record.phase and set(self.record.phase) != set(self.trial.phase):
            self.add("phase", list(self.trial.phase) or None, phase_value(self.record.phase))
        self.plain("enrollment", self.trial.enrollment, self.record.enrollment)
        self.name("sponsor", self.trial.sponsor, self.record.sponsor)
        self.name("acronym", self.trial.acronym, self.record.acronym)
        self.countries()
        self.sites()
        self.contacts()
        self.other_ids()
        bookkeeping = self.texts()
        return Proposal(self.trial.id, self.record, self.seen, tuple(self.changes), bookkeeping)

    # -- what the registry already knows ----------------------------------------------------------------------------

    def held_since(self) -> str | None:
        """The newest day the registry holds this register's record of."""
        days = [one.as_of for one in self.trial.status if self.of_register(one.source)]
        if self.trial.record and self.trial.record.read:
            days.append(self.trial.record.read)
        return max(days, default=None)

    def of_register(self, source: str | None) -> bool:
        if source == self.seen.source:
            return True
        known = self.sources.get(source or "")
        return known is not None and is_register(known)

    def conflict(self, key: str) -> Conflict | None:
        parts = key.split(".")
        names = {key, ".".join(parts[:2]), *parts}
        return next((one for one in self.trial.conflicts if one.about in names), None)

    # -- adding a change --------------------------------------------------------------------------------------------

    def add(self, key: str, old: Any, new: Any, edits: tuple[Edit, ...] | None = None, *remarks: Remark) -> None:
        """A fact that differs: to be written, unless it is older than what is held, or a curator decided."""
        source, day = claimed(self.trial, key)
        path = tuple(key.split("."))
        written = (Edit("set", path, new),) if edits is None else edits
        conflict = self.conflict(key)
        kind: Kind = "change"
        if day and old is not None and first_day(day).isoformat() > self.seen.day:
            kind, written, remarks = "older", (), (Remark("held_by", (str(source), day)),)
        elif conflict is not None and old is not None and not self.force:
            before, note = remarks if key != "sites" else (), (conflict.note, conflict.fr or conflict.note)
            kind, written, remarks = "held", (), (*before, Remark("conflict", note))
        self.changes.append(Change(key, kind, old, new, source, day, remarks, written))

    def plain(self, key: str, old: Any, new: Any) -> None:
        if new is not None and new != old:
            self.add(key, old, new)

    def name(self, key: str, old: str | None, new: str | None) -> None:
        if new is not None and folded(new) != folded(old):
            self.add(key, old, new)

    # -- the facts ---------------------------------------------------------------------------------------------------

    def number(self) -> None:
        """The register may have moved a study to another number."""
        old, new = self.trial.id, self.record.nct
        numbers = dict(self.trial.ids).get("nct", ())
        if new == old or new in numbers:
            return
        if new in self.known_ids or old in self.parents:
            by_hand = Remark("both_numbers" if new in self.known_ids else "parent_moved")
            self.changes.append(Change("id", "flag", old, new, remarks=(by_hand,)))
            return
        kept: Value = [*numbers, old] if numbers else old
        if old.startswith("NCT"):
            edits: tuple[Edit, ...] = (Edit("set", ("id",), new), Edit("set", ("ids", "nct"), kept))
            remarks: tuple[Remark, ...] = (Remark("number_moved"),)
        else:
            edits, remarks = (Edit("set", ("ids", "nct"), [*numbers, new]),), ()
        self.changes.append(Change("id", "change", old, new, remarks=remarks, edits=edits))

    def date(self, key: str) -> None:
        old, new = getattr(self.trial, key), getattr(self.record, key)
        if new is None or new == old:
            return
        if old and not self.of_register(claimed(self.trial, key)[0]):
            finer = len(old) > len(new) and first_day(new) <= first_day(old) <= last_day(old) <= last_day(new)
            if finer:
                return  # another source knows the day of the month the register gives
        self.add(key, old, new)

    def ages(self) -> None:
        rule = self.trial.eligibility.age
        for bound, new in (("min", self.record.age_min), ("max", self.record.age_max)):
            old = getattr(rule, bound, None)
            if new is None or _length(old) == _length(new):
                continue
            if old is None and bound == "min" and new.number == 0:  # type: ignore[union-attr]  # only a maximum is "none"
                continue  # silence about a youngest age means the same
            self.add(f"eligibility.age.{bound}", _shown_span(old), _shown_span(new))

    def countries(self) -> None:
        new, rule = self.record.countries, self.trial.countries
        if not new:
            return
        old = rule.listed if rule else ()
        ruled_out = [one for one in new if rule and one in rule.not_in]
        whole = self.record.sites_complete
        kept = [one for one in old if one in new or not whole]
        listed = [*kept, *(one for one in new if one not in old)]
        if ruled_out:
            remark = Remark("ruled_out", tuple(ruled_out))
            held = claimed(self.trial, "countries")
            self.changes.append(Change("countries", "flag", list(old), listed, *held, (remark,)))
            return
        if set(listed) == set(old) and (not whole or (rule and rule.complete)):
            return
        completed = whole and not (rule and rule.complete)
        edits = [Edit("set", ("countries", "listed"), listed)] if set(listed) != set(old) else []
        edits += [Edit("set", ("countries", "complete"), True)] if completed else []
        if not rule:
            edits = [Edit("set", ("countries",), {"listed": listed, "complete": whole})]
        self.add("countries", list(old) or None, listed, tuple(edits), *([Remark("complete")] if completed else []))

    def sites(self) -> None:
        new, old = self.record.sites, self.trial.sites
        if not new:
            return
        found = pair(old, new)
        edits: list[Edit] = []
        told: list[Remark] = []
        for mine, theirs in found.pairs:
            before, after = old[mine], new[theirs]
            if not before.facility and after.facility:
                edits.append(Edit("set", ("sites", mine, "facility"), after.facility))
                told.append(Remark("site_named", (_site_text(after),)))
            if before.status != after.status:
                told.append(Remark("site_status", (_site_text(after), before.status or "", after.status or "")))
                path = ("sites", mine, "status")
                edits.append(Edit("set", path, after.status) if after.status else Edit("delete", path))
        for place in found.gone if self.record.sites_complete else ():
            edits.append(Edit("delete", ("sites", place)))
            told.append(Remark("site_gone", (_site_text(old[place]),)))
        for place in found.added:
            edits.append(Edit("insert", ("sites", len(old)), site_value(new[place])))
            told.append(Remark("site_new", (_site_text(new[place]), new[place].status or "")))
        if not told:
            return
        known = [site_value(one) for one in old] or None
        given = [site_value(one) for one in new]
        if not old:
            edits = [Edit("set", ("sites",), given)]
        waiting = next((one for one in self.changes if one.key == "countries" and one.kind != "change"), None)
        listed = self.trial.countries.listed if self.trial.countries else ()
        if waiting and not set(self.record.countries) <= set(listed):
            first = (Remark("countries_first"),)
            self.changes.append(Change("sites", waiting.kind, known, given, *claimed(self.trial, "sites"), first))
            return
        self.add("sites", known, given, tuple(edits), *told)

    def contacts(self) -> None:
        """The study's own lines; those of other sources stay as they are."""
        lines = {
            (one.phone, one.email): value
            for one, value in zip(self.record.contacts, contact_values(self.record, self.seen), strict=True)
        }
        held = self.trial.contacts
        mine = {(one.phone, one.email): place for place, one in enumerate(held) if self.of_register(one.source)}
        known = {(one.phone, one.email) for one in held}
        added = [value for line, value in lines.items() if line not in known]
        gone = [place for line, place in mine.items() if lines and line not in lines]
        if not added and not gone:
            return
        edits = [Edit("delete", ("contacts", place)) for place in gone]
        edits += [Edit("insert", ("contacts", len(held)), value) for value in added]
        if not held:
            edits = [Edit("set", ("contacts",), added)]
        old = [_listed(one.phone, one.email, one.url) for one in held]
        kept = [text for place, text in enumerate(old) if place not in gone]
        new = kept + [_listed(*line) for line in lines if line not in known]
        self.add("contacts", old or None, new, tuple(edits))

    def other_ids(self) -> None:
        mine = dict(self.trial.ids)
        for register, numbers in self.record.ids:
            held = (*mine.get(register, ()), *([self.trial.id] if register != "sponsor" else []))
            missing = [one for one in numbers if not any(_same_number(one, other) for other in held)]
            if not missing:
                continue
            if register in mine:
                remark = Remark("other_number")
                known = list(mine[register])
                if self.conflict("ids") is None:
                    self.changes.append(Change(f"ids.{register}", "flag", known, missing, None, None, (remark,)))
                continue
            value: Value = missing[0] if len(missing) == 1 else list(missing)
            pages = ", ".join(filter(None, map(link, missing)))
            self.add(f"ids.{register}", None, value, None, *([Remark("plain", (pages,))] if pages else []))

    def texts(self) -> tuple[Edit, ...]:
        """Flag the texts that changed since they were read; else note what was read now."""
        now, read = self.record.fingerprints(), self.trial.record
        flagged = False
        for key in TEXTS:
            before = getattr(read, key) if read else None
            if before and key in now and before != now[key]:
                if self.texts_read:
                    continue
                flagged = True
                since = read.read if read else None
                new = {"title": self.record.title, "conditions": "; ".join(self.record.conditions)}.get(key)
                changed = Remark("text_changed", (key, since or ""))
                self.changes.append(Change(key, "flag", None, new, None, since, (changed,)))
        if flagged:
            return ()
        wanted: dict[str, str] = {"read": self.seen.day}
        if self.record.updated:
            wanted["updated"] = self.record.updated
        wanted.update(now)
        if read is None:
            return (Edit("set", ("record",), dict(wanted)),)
        return tuple(
            Edit("set", ("record", key), value) for key, value in wanted.items() if getattr(read, key) != value
        )


def _length(value: Span | str | None) -> tuple[int, int] | str | None:
    return order(value) if isinstance(value, Span) else value


def _shown_span(value: Any) -> Any:
    return span_value(value) if isinstance(value, Span) else value


def _listed(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _site_text(site: Site) -> str:
    return _listed(site.facility, site.city, site.country)


def _same_number(one: str, other: str) -> bool:
    """EU CT numbers are the same study whatever the resubmission (last pair)."""
    return one == other or (one[:14] == other[:14] and one[:2] == "20" and len(one) >= 14 and one[5:6] == "5")
