"""Answers are remembered until the history or the day moves on."""

from datetime import date

from monitor_examples import keep, promise

from monitor.web.remembered import Remembered

DAY, NEXT = date(2023, 7, 10), date(2023, 7, 11)


def test_an_answer_holds_for_one_state_of_the_history_and_one_day():
    made = []

    def make():
        made.append(len(made))
        return made[-1]

    remembered = Remembered()
    asked = [(1, DAY), (1, DAY), (2, DAY), (2, NEXT), (2, NEXT)]
    assert [remembered.recall("a", newest, day, make) for newest, day in asked] == [0, 0, 1, 2, 2]


def test_only_the_last_few_are_held():
    remembered, made = Remembered(most=2), []
    for name in ("a", "b", "a", "c", "a", "b"):
        remembered.recall(name, 1, DAY, lambda name=name: made.append(name))
    assert made == ["a", "b", "c", "b"]


def test_the_overview_counts_a_promise_that_was_just_kept(client, house):
    client.get("/")
    for number, id_ in enumerate(("first22222", "second2222"), start=1):
        keep(house, promise(id_))
        assert f"<strong>{number}</strong>" in client.get("/").text
