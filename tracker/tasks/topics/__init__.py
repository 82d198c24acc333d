"""Topics of the corpus: fit them, keep them in `models/`, and show each with words, share, stability and quotes."""

from tracker.tasks.topics.current import read_current
from tracker.tasks.topics.fitting import default_topics, fit
from tracker.tasks.topics.listing import current_topics, topic_list
from tracker.tasks.topics.units import Units, passage_size, passages_of

__all__ = ["Units", "current_topics", "default_topics", "fit", "passage_size", "passages_of", "read_current", "topic_list"]
