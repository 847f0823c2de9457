"""`Trouble`: an answer that is an error, with the words for the visitor. Which page shows it is `monitor.web.app`."""


class Trouble(Exception):
    """status: of the answer. word: the phrase that says what is wrong (``bad_page``); value: what it is about."""

    def __init__(self, status: int, word: str = "", value: str = "") -> None:
        self.status, self.word, self.value = status, word, value
        super().__init__(f"{status} {word}")
