"""Topic models: a TermMatrix in, a TopicModel out; the one place that knows scikit-learn and gensim."""
