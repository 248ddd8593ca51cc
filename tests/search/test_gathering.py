"""Questions about the same records go together and come back apart."""

import pytest

from search.engine import Engine
from search.gathering import Gathered, gathered
from search.plan import Answer, Best, Filter, Groups, Question, Selection, Top
from tests.batches import beside
from tests.contracts.corpus import Corpus, corpus

ALL = Selection()
ONE_AREA = Selection(filters=(Filter("area", ("환경 > 화장실",)),))


def test_each_selection_is_gone_through_once() -> None:
    counted = [Groups(ALL, by=("year",)), Groups(ONE_AREA, by=("area",)), Groups(ALL)]
    top = Top(ALL, 3)
    assert gathered([counted[0], top, counted[1], counted[2], top]) == [
        Gathered(ALL, (counted[0], counted[2])),
        top,
        Gathered(ONE_AREA, (counted[1],)),
    ]


def filled(engine: Engine, made: Corpus) -> None:
    stage = engine.stage("b1")
    for dataset in made.datasets:
        stage.put(dataset, beside(made.records[dataset.id], dataset))
    stage.seal()
    stage.publish()


def test_together_they_are_answered_as_they_are_alone(engine: Engine) -> None:
    filled(engine, corpus(seed=4))
    live = engine.live()
    questions: list[Question] = [
        Groups(ALL, by=("dataset",)),
        Groups(ALL),
        Groups(ALL, numbers=("m0", "m1")),
        Groups(ALL, by=("year", "d1"), numbers=("m0",)),
        Groups(ALL, by=("year",), limit=1),
        Top(ALL, 2, order="row"),
        Groups(ONE_AREA, by=("year",)),
        Groups(ALL, by=("dataset",)),
    ]
    alone: list[Answer] = [live.ask([question])[0] for question in questions]
    assert live.ask(questions) == alone
    assert alone[4].partial, "a limit cuts its own question only"
    assert not alone[0].partial


def test_the_best_of_each_dataset_is_the_score_of_its_first_record(engine: Engine) -> None:
    filled(engine, corpus(seed=4))
    (best, top) = engine.live().ask([Best(ALL, 50, "화장실"), Top(ALL, 50, rank="화장실")])
    wanted: dict[str, float] = {}
    for hit in top.hits:
        wanted.setdefault(hit.record.dataset, hit.score)
    assert len(wanted) > 1
    assert best.best == pytest.approx(wanted)
