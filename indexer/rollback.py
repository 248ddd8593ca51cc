"""The build before the live one shown again, unless it holds what may not be shown any more."""

from catalogue import holds
from indexer.gate import GateClosed
from indexer.workshop import Workshop
from search.engine import Build


def roll_back(workshop: Workshop) -> Build:
    """Publish the build before the live one again. Raises GateClosed, EngineError."""
    unshown = holds.unshown(workshop.catalogue)
    titles = [one.title for one in workshop.engine.before().values() if (one.id, one.edition) in unshown]
    if titles:
        raise GateClosed(
            f"앞선 색인본에는 거두어들였거나 보류된 판이 있어 되돌리지 않았습니다: {', '.join(sorted(titles))}. "
            "그 판을 다시 보이려면 데이터셋 관리에서 확인하고 공개해 주세요."
        )
    return workshop.engine.rollback()
