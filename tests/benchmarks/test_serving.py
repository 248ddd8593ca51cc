"""The portal is put under load on a tiny sample: times mean nothing here, that every known answer is right does."""

from pathlib import Path

import pytest

from benchmarks import truth
from benchmarks.kinds import KNOWN, facets, search_pages, sums
from benchmarks.load import Ask, Closed, Plan, Result, run
from benchmarks.portal import Portal, serving
from benchmarks.stand import Stand
from indexer.workshop import Workshop
from settings import Settings

QUERIES = 9


@pytest.fixture(scope="module")
def tiny(published: Workshop, sample_files: Path) -> Stand:
    var = published.storage.var
    settings = Settings(var, f"sqlite:///{var / 'catalogue.sqlite'}")
    return Stand(published, settings, sample_files, truth.Truth.load(sample_files))


def played(portal: Portal, *asks: Ask) -> Result:
    return run(Plan(portal.base, asks, Closed(2), requests=len(asks)))


def test_every_known_answer_is_right_and_a_wrong_one_would_be_seen(tiny: Stand) -> None:
    live = tiny.shop.engine.live()
    known = [*truth.values(live, tiny.truth), *truth.searches(live, tiny.truth)[::4], *sums(tiny)]
    pages = [*truth.pages(live, tiny.truth)[:3], *truth.dataset_pages(live, tiny.truth)[:3]]
    asked = [*search_pages(tiny, QUERIES), *facets(tiny, QUERIES)]
    wrong = Ask("/api/v1/search?size=1", {"total": tiny.records + 1})
    with serving(tiny) as portal:
        right = played(portal, *known, *pages, *asked)
        found = played(portal, wrong)
    assert (right.errors, right.wrong, right.faults) == (0, 0, ())
    assert right.checked >= len(known) + len(pages) + 2 * QUERIES // KNOWN
    assert found.wrong == 1
