"""Topics of the corpus: fit them, keep them in `models/`, carry them on, and show each with words, share, stability and quotes."""

from tracker.tasks.topics.current import current_model, read_current, read_history
from tracker.tasks.topics.detail import moment, topic_detail
from tracker.tasks.topics.fitting import default_topics, fit, fitted
from tracker.tasks.topics.listing import FINDING_PASSAGES, Reading, current_topics, listed, read, topic_list
from tracker.tasks.topics.marks import hide, name_topic, read_marks, user_names
from tracker.tasks.topics.units import Units, passage_size, passages_of

__all__ = [
    "FINDING_PASSAGES",
    "Reading",
    "Units",
    "current_model",
    "current_topics",
    "default_topics",
    "fit",
    "fitted",
    "hide",
    "listed",
    "moment",
    "name_topic",
    "passage_size",
    "passages_of",
    "read",
    "read_current",
    "read_history",
    "read_marks",
    "topic_detail",
    "topic_list",
    "user_names",
]
