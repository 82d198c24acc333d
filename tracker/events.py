"""Which speeches are one event: copies, reports of one occasion, and what the user says; every grouping with its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, combinations, pairwise, product

from tracker.artificial import MANY_TEXTS, artificial_days
from tracker.copies import SAME, SHARED, SHORTEST, Overlap, likely_copies, overlap, runs_of, sharing, sketch
from tracker.progress import Progress
from tracker.speech import OWN_EVENT
from tracker.store import Store
from tracker.store.groupings import Grouping, Groupings, Seen
from tracker.store.together import fold

Overlaps = Mapping[tuple[str, str], Overlap]
BATCH, TEXTS_HELD = 4000, 256
WHOLE = 0.9  # of all runs of two texts: the same text as a whole
FEW_RUNS = 20  # below it, shared words are a courtesy, not shared text
KNOWN = ("stated", "agreed")

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_HOW_GIVEN = "written spoken prepared delivered delivery oral text transcript version full as for the a an of in on at to and by"
_OF_ANY_DAY = "speech statement remarks address message report press conference briefing interview opening closing introductory"
_MARKERS, _PLAIN_TITLES = frozenset(_HOW_GIVEN.split()), frozenset(_OF_ANY_DAY.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two speeches that a rule takes for one event.

    Args:
        rank: The rule: by hand 0, copies 1, shared text 2, title 3, readouts 4.
        far: Sorts the surest first.
    """

    rank: int
    far: float
    a: str
    b: str
    reason: str

    @property
    def order(self) -> tuple[int, float, str, str]:
        """Sorts the surest first, ties by id."""
        return (self.rank, self.far, self.a, self.b)


def regroup(store: Store, *, whole: bool = False, progress: Progress | None = None) -> None:
    """Work out which speeches are one event and remember it, for those that hang together with what changed since it was last done.

    Args:
        store: The corpus; the result is the same whatever the order in which its speeches came.
        whole: Work out all of them, whatever changed.
        progress: Called with (step, done, total).
    """
    tables = store.groupings()
    if whole:
        with store.writing():
            tables.unsettle_all()
    runs = lru_cache(maxsize=TEXTS_HELD)(lambda name: runs_of(tables.text(name)))
    todo = tables.unsketched()
    for start in range(0, len(todo), BATCH):
        with store.writing():
            _weigh(tables, todo[start : start + BATCH], runs)
        if progress is not None:
            progress("looking for copies", min(start + BATCH, len(todo)), len(todo))
    with store.writing():
        if not tables.is_settled():
            _work_out(tables, runs)


def settle(store: Store) -> None:
    """Work out events where texts wait for it: after an interrupted `add`, or in a corpus of an older version."""
    if not store.groupings().is_settled():
        regroup(store)


def _work_out(tables: Groupings, runs: Callable[[str], frozenset[int]]) -> None:
    """Work out the events of everything that hangs together with what changed; nothing else can have moved."""
    before, now = tables.artificial(), _artificial(tables)
    flipped = before ^ now
    for number, changes in enumerate(tables.unsettled(BATCH)):  # what hangs together is reached from any part of it, so that a large corpus is never held
        ids = tables.together(changes, frozenset() if number else flipped, now - flipped)
        seen, overlaps = tables.seen(ids), tables.overlaps(ids)
        fresh = {(a, b): overlap(runs(a), runs(b)) for a, b in _to_weigh(tables, seen, now) if (a, b) not in overlaps}
        tables.put_overlaps(fresh)
        tables.replace(group(seen, {**overlaps, **fresh}, now), ids)
    tables.settled(now)


def _artificial(tables: Groupings) -> frozenset[date]:
    """The days that say nothing now: those of years without a change as they were."""
    years = tables.unsettled_years()
    found = {one.day for year in years for one in artificial_days(tables.seen_in(year, MANY_TEXTS))}
    return frozenset(found | {day for day in tables.artificial() if f"{day.year:04}" not in years})


def group(seen: Sequence[Seen], overlaps: Overlaps, artificial: frozenset[date] = frozenset()) -> tuple[Grouping, ...]:
    """Return the groupings of a corpus, in order of event and speech; a speech that is an event of its own has none.

    One event are: speeches the user gives one name; copies (SAME of the shorter text stands in the other), whatever the dates; texts of one
    speaker and one known day that share SHARED of the shorter text, or whose titles are equal without year and spoken/written markers; readouts
    of one speaker and day. The last three ask for a day that is not artificial and places that do not contradict each other. Two known days are
    never one event but as copies.

    Args:
        seen: The whole corpus.
        overlaps: What pairs of texts share, the smaller id first; pairs that share little may be missing.
        artificial: Days that say nothing.
    """
    members = {one.id: one for one in sorted(seen, key=lambda one: one.id) if one.event != OWN_EVENT}
    edges = sorted(_edges(members, overlaps, artificial), key=lambda edge: edge.order)
    clusters = _Clusters({name: members[name] for edge in edges for name in (edge.a, edge.b)}, overlaps)
    reasons: dict[str, tuple[str, str]] = {}
    for edge in edges:
        if clusters.join(edge):
            reasons.setdefault(edge.a, (edge.b, edge.reason))
            reasons.setdefault(edge.b, (edge.a, edge.reason))
    found = [Grouping(name, clusters.event_of(name), *reasons[name]) for name in reasons]
    return tuple(sorted(found, key=lambda g: (g.event, g.speech)))


def _weigh(tables: Groupings, ids: Sequence[str], runs: Callable[[str], frozenset[int]]) -> None:
    """Sketch new texts and work out which of all texts are copies of them."""
    new = {name: sketch(tables.text(name)) for name in ids}
    near = tables.sketches(tables.put_sketches(new))
    weighed = {(a, b): overlap(runs(a), runs(b)) for a, b in _near_each_other(likely_copies(new, chain(new.items(), near)))}
    tables.put_overlaps({pair: one for pair, one in weighed.items() if one.contained >= SAME})


def _near_each_other(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Order pairs so that those of texts that hang together follow each other, and each text is read once."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while (above := root.setdefault(name, name)) != name:
            root[name] = root.setdefault(above, above)
            name = above
        return name

    held = sorted(pairs)
    for a, b in held:
        root[find(b)] = find(a)
    return sorted(held, key=lambda pair: (find(pair[0]), pair))


def _to_weigh(tables: Groupings, seen: Sequence[Seen], artificial: frozenset[date]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of one speaker and day that share any text."""
    for names in _same_day(seen, artificial, inferred=True).values():
        yield from sharing(dict(tables.sketches(one.id for one in names)))


def _same_day(seen: Iterable[Seen], artificial: frozenset[date], *, inferred: bool = False) -> dict[tuple[str, date], list[Seen]]:
    """The speeches of each speaker on each day that is known and not artificial, in order of id, where there are several."""
    found: dict[tuple[str, date], list[Seen]] = defaultdict(list)
    for one in seen:
        known = one.status in KNOWN or (inferred and one.status == "inferred")
        if one.day is not None and known and one.speaker and one.day not in artificial and one.event != OWN_EVENT:
            found[one.speaker, one.day].append(one)
    folded: dict[tuple[str, date], list[Seen]] = defaultdict(list)
    for (speaker, day), held in found.items():
        folded[fold(speaker), day] += held
    return {key: sorted(held, key=lambda one: one.id) for key, held in folded.items() if len(held) > 1}


def _edges(members: Mapping[str, Seen], overlaps: Overlaps, artificial: frozenset[date]) -> Iterator[_Edge]:
    """Yield every pair that a rule takes for one event."""
    yield from _said(members)
    copies = {(a, b): one for (a, b), one in overlaps.items() if a in members and b in members and _is_copy(members[a], members[b], one)}
    torn = _torn(members, copies)
    for (a, b), one in copies.items():
        if (a, b) not in torn:
            yield _Edge(1, -one.contained, a, b, "the same text" if one.jaccard == 1 else f"{_percent(one.contained)} of the shorter text stands in the other")
    occasion = {one.id: key for key, names in _same_day(members.values(), artificial, inferred=True).items() for one in names}
    for (a, b), one in overlaps.items():
        long = a in members and b in members and min(members[a].runs, members[b].runs) >= FEW_RUNS
        if SHARED <= one.contained < SAME and long and a in occasion and occasion[a] == occasion.get(b) and not _conflict(members[a].place, members[b].place):
            yield _Edge(2, -one.contained, a, b, f"same speaker and day, and {_percent(one.contained)} of the shorter text stands in the other")
    for names in _same_day(members.values(), artificial).values():
        titled: dict[str, list[Seen]] = defaultdict(list)
        for speech in names:
            titled[_title(speech.title)].append(speech)
        for title, held in titled.items():
            yield from _chained(held, 3, f"same speaker and day, and the same title but for year and kind: “{title}”") if title else ()
        yield from _chained([one for one in names if one.kind == "readout"], 4, "readouts of the same speaker and day")


def _said(members: Mapping[str, Seen]) -> Iterator[_Edge]:
    """What the user joins: speeches of one name, and one that is named after another speech's id."""
    named: dict[str, list[str]] = defaultdict(list)
    for name, one in members.items():
        if one.event:
            named[one.event].append(name)
    for event, names in named.items():
        both = sorted({*names, *([event] if event in members and members[event].event in ("", event) else [])})
        yield from (_Edge(0, 0.0, a, b, f"joined by hand as `{event}`") for a, b in pairwise(both))


def _torn(members: Mapping[str, Seen], copies: Overlaps) -> set[tuple[str, str]]:
    """Pairs that say nothing: a text that holds, or stands in, texts of several days that are no copies of each other joins only those of its own day."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in copies:
        near[a].append(b)
        near[b].append(a)
    torn = set()
    for name, others in near.items():
        if len({members[other].day for other in others} - {None}) < 2:
            continue
        if any(_two_days(members[x], members[y]) and (x, y) not in copies for x, y in combinations(sorted(others), 2)):
            pairs = [((name, other) if name < other else (other, name), members[other].day) for other in others]
            torn |= {pair for pair, day in pairs if (day is None or day != members[name].day) and copies[pair].jaccard < WHOLE}
    return torn


def _chained(held: Sequence[Seen], rank: int, reason: str) -> Iterator[_Edge]:
    """Join neighbours; with places that contradict each other only those of places that do not, and none without a place."""
    places = sorted({one.place for one in held if one.place})
    if not any(_conflict(p, q) for p, q in combinations(places, 2)):
        yield from (_Edge(rank, 0.0, a.id, b.id, reason) for a, b in pairwise(held))
        return
    for place in places:
        yield from (_Edge(rank, 0.0, a.id, b.id, reason) for a, b in pairwise([one for one in held if one.place and not _conflict(one.place, place)]))


@dataclass(slots=True, eq=False)
class _Cluster:
    """An event in the making.

    Args:
        name: What the user calls it, or "".
        by_hand: Whether the user joined speeches in it.
    """

    members: list[Seen]
    places: set[str]
    days: set[date]
    name: str
    by_hand: bool = False


class _Clusters:
    """Events in the making: joined pair by pair, never against a known day, a name the user gave, or a place."""

    def __init__(self, members: Mapping[str, Seen], overlaps: Overlaps) -> None:
        self.overlaps = overlaps
        self.of = {
            name: _Cluster([one], {one.place} - {""}, {one.day} if one.day and one.status != "conflicting" else set(), one.event)
            for name, one in members.items()
        }

    def event_of(self, name: str) -> str:
        """The id of a speech's event."""
        cluster = self.of[name]
        return cluster.name or min(one.id for one in cluster.members)

    def join(self, edge: _Edge) -> bool:
        """Join the events of two speeches; False when that contradicts what is known. Joined already is joined."""
        kept, gone = sorted((self.of[edge.a], self.of[edge.b]), key=lambda cluster: -len(cluster.members))
        if kept is gone:
            return True
        if edge.rank > 0 and self._contradict(kept, gone, edge.rank):
            return False
        kept.name = kept.name or gone.name
        kept.by_hand |= gone.by_hand or edge.rank == 0
        kept.members += gone.members
        kept.places |= gone.places
        kept.days |= gone.days
        self.of.update(dict.fromkeys((one.id for one in gone.members), kept))
        return True

    def _contradict(self, kept: _Cluster, gone: _Cluster, rank: int) -> bool:
        """Whether names, places or days speak against it; of speeches that the user joined one may fit for all."""
        against = all if kept.by_hand or gone.by_hand else any
        if kept.name and gone.name and kept.name != gone.name:
            return True
        if rank > 1 and kept.places and gone.places and against(_conflict(p, q) for p, q in product(sorted(kept.places), sorted(gone.places))):
            return True
        return len(kept.days | gone.days) > 1 and against(_two_days(a, b) and not self._copies(a, b) for a, b in product(kept.members, gone.members))

    def _copies(self, a: Seen, b: Seen) -> bool:
        return _is_copy(a, b, self.overlaps.get((a.id, b.id) if a.id < b.id else (b.id, a.id)))


def _is_copy(a: Seen, b: Seen, shared: Overlap | None) -> bool:
    """Whether one text stands in the other; a few words said again on another day are no copy."""
    long = min(a.runs, b.runs) >= SHORTEST
    return shared is not None and shared.contained >= SAME and (long or not _two_days(a, b))


def _two_days(a: Seen, b: Seen) -> bool:
    return a.day is not None and b.day is not None and a.day != b.day and "conflicting" not in (a.status, b.status)


def _conflict(a: str, b: str) -> bool:
    """Whether two places contradict each other; `Beijing` and `Beijing, China` do not."""
    first, second = ({*_WORD.findall(place.casefold())} for place in (a, b))
    return bool(first and second) and not first <= second and not second <= first


def _title(title: str) -> str:
    """A title without year, marks and words on how the text was given; "" when nothing is left that tells an occasion."""
    words = [word for word in _WORD.findall(_YEAR.sub(" ", title.casefold())) if word not in _MARKERS]
    telling = [word for word in words if word not in _PLAIN_TITLES and not word.isdigit()]
    return " ".join(words) if sum(map(len, telling)) >= 6 and (len(telling) > 1 or not title.isascii()) else ""


def _percent(share: float) -> str:
    return f"{int(100 * share)} %" if share < 1 else "all"
