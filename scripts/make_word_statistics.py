"""Makes ``rules/data/word_statistics.tsv.gz``: how rare each Dutch word is, with its stem already found.

    python scripts/make_word_statistics.py COUNTS.tsv.gz

COUNTS has the columns word, count, documents, titles: counts over 3.7 million words of public policy prose (party
programmes, Handelingen, answers) and over 9,164 titles of parliamentary cases (Tweede Kamer, CC0). Only counts go in;
no sentence of any text does. Words of one letter and plain numbers are left out: they are never rare in a useful way.
"""

import gzip
import sys
from importlib.metadata import version
from pathlib import Path

import snowballstemmer

from rules.terms import fold_word

TARGET = Path(__file__).parent.parent / "rules" / "data" / "word_statistics.tsv.gz"


def main(source: str) -> None:
    stemmer = snowballstemmer.stemmer("dutch")
    lines = gzip.decompress(Path(source).read_bytes()).decode("utf-8").splitlines()[1:]
    rows = []
    for line in lines:
        word, count, _, titles = line.split("\t")
        if len(word) > 1 and not word.isdigit():
            rows.append(f"{fold_word(word)}\t{stemmer.stemWord(fold_word(word))}\t{count}\t{titles}")
    heading = "word\tstem\tcount\ttitles"
    note = f"# snowballstemmer {version('snowballstemmer')} dutch"
    packed = gzip.compress("\n".join([heading, note, *rows, ""]).encode(), mtime=0)
    TARGET.write_bytes(packed)
    sys.stdout.write(f"{len(rows)} words, {len(packed)} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1])
