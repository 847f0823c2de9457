"""Dutch-like texts for measurements: words drawn by their real frequencies, in documents that have a subject.

A document has a few dozen words of its own subject that come back, as real texts do, and a long tail of compounds made
of real parts, so that its vocabulary keeps growing. A promise is a formula with words of one document's passage. The
same seed gives the same texts. No sentence means anything: this measures speed, never quality.
"""

import random
from bisect import bisect
from itertools import accumulate

from rules.terms import statistics

WORDS = 1_500
FUNCTION = 180  # the commonest words: articles, prepositions, auxiliaries
SUBJECT = 500  # words of a document's own subject
FORMULA = "De minister zegt toe de Kamer voor het zomerreces te informeren over"


class Writer:
    """Makes documents and promises from the word counts that the package ships."""

    def __init__(self, seed: int = 20221104) -> None:
        self._random = random.Random(seed)
        counts = sorted(statistics().counts.items(), key=lambda pair: (-pair[1], pair[0]))
        self._function = [word for word, _ in counts[:FUNCTION]]
        self._function_sums = list(accumulate(count for _, count in counts[:FUNCTION]))
        self._content = [word for word, _ in counts[FUNCTION:]]
        self._content_sums = list(accumulate(count for _, count in counts[FUNCTION:]))
        self._flat_sums = list(accumulate(count**0.4 for _, count in counts[FUNCTION:]))
        self._parts = [word for word, count in counts if count > 200 and 4 <= len(word) <= 9]

    def document(self, length: int = WORDS) -> list[str]:
        """One document as a list of words."""
        subject = [self._drawn(self._content, self._flat_sums) for _ in range(SUBJECT)]
        return [self._word(subject) for _ in range(length)]

    def promise(self, document: list[str]) -> str:
        """A promise about a passage of a document."""
        length = self._random.randint(10, 32)
        at = self._random.randrange(len(document) - length)
        return f"{FORMULA} {' '.join(document[at : at + length])}"

    def _word(self, subject: list[str]) -> str:
        chance = self._random.random()
        if chance < 0.50:
            return self._drawn(self._function, self._function_sums)
        if chance < 0.88:
            return subject[int(len(subject) * self._random.random() ** 2)]
        if chance < 0.895:
            return self._random.choice(self._parts) + self._random.choice(self._parts)
        return self._drawn(self._content, self._content_sums)

    def _drawn(self, words: list[str], sums: list[float]) -> str:
        return words[bisect(sums, self._random.random() * sums[-1])]
