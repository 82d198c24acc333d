"""Terms that stand for the subjects of a corpus, found by where terms occur: each exemplar gathers the terms that keep its company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import numpy.typing as npt

COMPANIONS = 8  # the closest companions whose mean tells whether a term has a subject
FEWEST_TOGETHER = 3  # passages two terms must share before they count as companions
FEWEST_MEMBERS = 1
WIDER = 3.0  # a member stands in at most this many times as many passages as its exemplar
LIFT = 3.0  # a member stands beside its exemplar at least this many times as often as chance would have it
_SPEECH_WEIGHT = 0.5
_BURST_POWER, _COMPANY_POWER = 1.5, 2.0
_FLOOR, _OWN = 0.15, 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Exemplars:
    """Exemplars and what gathers around them.

    Args:
        leads: Columns of the exemplars, the weightiest first, shape (K,); read-only.
        owner: For every term the position in `leads` of the exemplar it belongs to, -1 for none, shape (V,); read-only.
        similarity: Of every term to its exemplar, 0-1, shape (V,); read-only.
        weight: Of every term, 0-1, shape (V,); read-only.
    """

    leads: npt.NDArray[np.int64]
    owner: npt.NDArray[np.int64]
    similarity: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]


def burstiness(occurrences: npt.ArrayLike, places: npt.ArrayLike, n_places: int) -> npt.NDArray[np.float64]:
    """Return how much more a term keeps together than one strewn at random, in bits, >= 0, shape (V,).

    It is the residual inverse document frequency: log2(n / places) less what a Poisson law with the same number of occurrences would give.

    Args:
        occurrences: How often each term occurs, shape (V,).
        places: In how many places (passages, speeches) it occurs, shape (V,), at least 1.
        n_places: How many places there are.

    Source:
        Church & Gale 1995, "Poisson mixtures", Natural Language Engineering 1(2):163-190.

    Example:
        >>> burstiness([8, 8], [8, 2], 100).round(2)
        array([0.  , 1.94])
    """
    occurring, held = np.asarray(occurrences, dtype=float), np.asarray(places, dtype=float)
    found: npt.NDArray[np.float64] = np.maximum(0.0, np.log2(n_places / held) + np.log2(-np.expm1(-occurring / n_places)))
    return found


def exemplars(counts: csr_array, unit_group: npt.ArrayLike, words: csr_array, *, most: int = 25) -> Exemplars:
    """Choose terms that stand for subjects, far apart from each other, and give every other term to the nearest.

    A term weighs much when it is frequent, keeps together in passages and in speeches, and has close companions that it shares no word with.
    The weightiest term leads; each further lead is the weightiest by its distance from those before it.

    Args:
        counts: Occurrences of terms, passages x terms, shape (P, V); every term occurs somewhere.
        unit_group: The speech or event of each passage, as a number from 0, shape (P,).
        words: Which words each term is made of, shape (V, W), so that a phrase is no companion of its own words.
        most: How many exemplars at the most.

    Returns:
        Exemplars with at least FEWEST_MEMBERS terms of their own.

    Source:
        Weights by burstiness (Church & Gale 1995); company by normalised pointwise mutual information (Bouma 2009, GSCL); the choice of exemplars by
        marginal relevance (Carbonell & Goldstein 1998, SIGIR).
    """
    together = _together(counts)
    weight = term_weights(counts, unit_group, power=_BURST_POWER) * _company(together, counts.shape[0], words) ** _COMPANY_POWER
    weight = weight / max(float(weight.max(initial=0.0)), 1e-12)
    similar = _similarity(together, counts.shape[0], weight)
    alone = np.diag(together)
    company = (np.exp(_information(together, counts.shape[0])) >= LIFT) & (alone[:, None] <= WIDER * alone[None, :])
    banned: set[int] = set()
    while True:
        leads = _leads(weight, similar, most, banned)
        owner, near = _assigned(np.where(company, similar, 0.0), leads)
        lonely = [lead for k, lead in enumerate(leads) if (owner == k).sum() - 1 < FEWEST_MEMBERS]
        if not lonely:
            break
        banned.update(lonely)
    arrays = (np.array(leads, dtype=np.int64), owner, near, weight)
    for array in arrays:
        array.setflags(write=False)
    return Exemplars(*arrays)


def term_weights(counts: csr_array, unit_group: npt.ArrayLike, *, power: float = 1.0) -> npt.NDArray[np.float64]:
    """Return how much every term stands out by frequency and burstiness, in passages and in speeches, shape (V,).

    Args:
        counts: As in `exemplars`.
        unit_group: As in `exemplars`.
        power: How much more burstiness counts than frequency.
    """
    groups = _groups(unit_group)
    present = csr_array((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)
    occurrences, passages = (np.asarray(table.sum(axis=0)).ravel() for table in (counts, present))
    member = csr_array((np.ones(groups.size), (groups, np.arange(groups.size))), shape=(int(groups.max(initial=-1)) + 1, groups.size))
    speeches = np.asarray(((member @ present) > 0).sum(axis=0)).ravel()
    bursts = burstiness(occurrences, passages, counts.shape[0]) + _SPEECH_WEIGHT * burstiness(passages, speeches, member.shape[0])
    found: npt.NDArray[np.float64] = bursts**power * np.sqrt(passages)
    return found


def _groups(unit_group: npt.ArrayLike) -> npt.NDArray[np.int64]:
    return np.asarray(unit_group, dtype=np.int64)


def _together(counts: csr_array) -> npt.NDArray[np.float64]:
    """In how many passages two terms stand together; on the diagonal, in how many a term stands."""
    present = csr_array((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)
    found: npt.NDArray[np.float64] = (present.T @ present).toarray()
    return found


def _information(together: npt.NDArray[np.float64], n_passages: int) -> npt.NDArray[np.float64]:
    """Positive pointwise mutual information of all pairs that stand together often enough; nothing on the diagonal."""
    alone = np.diag(together)
    enough = together >= FEWEST_TOGETHER
    held = np.zeros_like(together)
    held[enough] = np.maximum(0.0, np.log(together[enough] * n_passages / np.outer(alone, alone)[enough]))
    np.fill_diagonal(held, 0.0)
    return held


def _company(together: npt.NDArray[np.float64], n_passages: int, words: csr_array) -> npt.NDArray[np.float64]:
    """Mean normalised information with the closest companions that share no word, 0-1."""
    normal = -np.log(np.clip(together / n_passages, 1e-12, 1 - 1e-12))
    close = _information(together, n_passages) / normal
    kin = (words @ words.T).tocoo()
    close[kin.row, kin.col] = 0.0
    ordered = np.sort(close, axis=1)[:, -COMPANIONS:]
    found: npt.NDArray[np.float64] = ordered.mean(axis=1) if ordered.size else np.zeros(len(close))
    return found


def _similarity(together: npt.NDArray[np.float64], n_passages: int, weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How alike two terms are, 0-1: half by standing together, half by keeping the same company; rounded, since it decides."""
    alone = np.diag(together)
    lesser = np.minimum.outer(alone, alone)
    features = _information(together, n_passages) * together / (together + 1) * lesser / (lesser + 1) * np.sqrt(weight)[None, :]
    lengths = np.linalg.norm(features, axis=1)
    features /= np.where(lengths == 0, 1.0, lengths)[:, None]
    beside = np.minimum(1.0, 2.5 * together / np.sqrt(np.outer(alone, alone)))
    mixed = 0.5 * beside + 0.5 * (features @ features.T)
    np.fill_diagonal(mixed, 1.0)
    found: npt.NDArray[np.float64] = np.round(np.clip((mixed - _FLOOR) / (1 - _FLOOR), 0.0, 1.0), 9)
    return found


def _leads(weight: npt.NDArray[np.float64], similar: npt.NDArray[np.float64], most: int, banned: set[int]) -> list[int]:
    leads: list[int] = []
    nearest = np.zeros(weight.size)
    open_ = weight > 0
    open_[sorted(banned)] = False
    while len(leads) < most and open_.any():
        lead = int(np.argmax(np.where(open_, np.round(weight * (1 - nearest), 9), -1.0)))
        leads.append(lead)
        open_[lead] = False
        nearest = np.maximum(nearest, similar[:, lead])
    return leads


def _assigned(similar: npt.NDArray[np.float64], leads: list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    if not leads:
        return np.full(len(similar), -1, dtype=np.int64), np.zeros(len(similar))
    to_leads = similar[:, leads]
    owner, near = to_leads.argmax(axis=1), to_leads.max(axis=1)
    owner = np.where(near > _OWN, owner, -1)
    owner[leads], near[leads] = np.arange(len(leads)), 1.0
    return owner.astype(np.int64), near
