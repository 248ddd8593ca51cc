"""A zip that holds one table: the table's bytes, within limits that no honest file reaches."""

import io
import zipfile

from indexer.intake.table import Refused

_MOST_BYTES = 400_000_000
# honest sheets shrink to a tenth, very dull ones to a fortieth
_MOST_RATIO, _SMALL_BYTES = 100, 20_000_000
_MOST_TABLES = 60
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".json", ".xml")


def check_size(data: bytes) -> None:
    """Refuse an archive (a zip or an xlsx) that would swell beyond reason when opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused(f"압축이 손상되었습니다({error}): 파일을 다시 내려받아 주십시오") from error
    size = sum(info.file_size for info in infos)
    if size > _MOST_BYTES or (size > _SMALL_BYTES and size > _MOST_RATIO * len(data)):
        raise Refused(
            f"압축을 풀면 {size / 1e6:,.0f} MB로 부풀어 열지 않습니다: 표를 나누거나 csv로 저장해 올려 주십시오"
        )


def is_workbook(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/workbook.xml" in archive.namelist() or "xl/workbook.bin" in archive.namelist()


def tables(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each table in the archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if _real_name(info).lower().endswith(_TABLES)]
        if not infos:
            raise Refused("zip에 표가 들어 있지 않습니다: 표 하나씩 올려 주십시오")
        if len(infos) > _MOST_TABLES:
            raise Refused(f"zip에 표가 {len(infos)}개 들어 있습니다: 표 하나씩 올려 주십시오")
        return [(_real_name(info), _read(archive, info)) for info in infos]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise Refused("zip에 암호가 걸려 있습니다: 암호를 풀어 올려 주십시오")
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        raise Refused(
            f"zip 속의 {_real_name(info)}이 손상되었습니다({error}): 다시 내려받아 주십시오"
        ) from error


def _real_name(info: zipfile.ZipInfo) -> str:
    """Korean Windows writes names in cp949 without saying so; zipfile then reads them as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp949")
    except UnicodeError:
        return info.filename
