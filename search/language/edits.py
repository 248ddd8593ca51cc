"""What staff say of the language of the search, as the catalogue keeps it."""

from typing import Protocol


class Edit(Protocol):
    """Words that are added with a reason, or taken out."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def why(self) -> str: ...

    @property
    def removed(self) -> bool: ...
