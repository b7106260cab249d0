"""What the portal keeps of people: one register, from which "my data", erasure and the public inventory are made.

Each app registers, in its `AppConfig.ready`, every link from its tables to a person (`Kept`), third parties' among them. A test
walks all models and fails where a link to a person, or a field that names one, has no entry.
"""

from portal.people.personal_data.registry import (
    Erasure,
    Fate,
    Ground,
    Kept,
    Retention,
    Use,
    declare_impersonal,
    delete_files,
    entries,
    impersonal,
    keep,
    register,
    signed,
)

__all__ = [
    "Erasure",
    "Fate",
    "Ground",
    "Kept",
    "Retention",
    "Use",
    "declare_impersonal",
    "delete_files",
    "entries",
    "impersonal",
    "keep",
    "register",
    "signed",
]
