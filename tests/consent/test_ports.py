"""Storage fits what consent asks for, and the school's documents are readable by it."""

from __future__ import annotations

from consent.documents import MESSAGE_ROOM, read_folder
from consent.ports import Units
from consent.purposes import ASKED
from consent.rights_ports import FormUnits, NightUnits, PrivacyUnits, StaffUnits
from storage.database import Database
from tests.paths import ROOT


def fits(database: Database) -> tuple[Units, FormUnits, PrivacyUnits, StaffUnits, NightUnits]:
    """Checked by mypy: the shapes agree."""
    return database, database, database, database, database


def test_every_purpose_has_a_document_of_its_own_in_both_languages():
    found = read_folder(ROOT / "content" / "consents")
    assert {(one.purpose, one.language) for one in found} == {
        (purpose, language) for purpose in ASKED for language in ("ru", "en")
    }
    assert all(len(part) <= MESSAGE_ROOM for one in found for part in one.parts())
    assert all(
        "".join(one.parts()).replace("\n", "") == one.html.replace("\n", "") for one in found
    )
