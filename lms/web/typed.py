"""What people type, as every database can hold it."""


def storable(text: str | None) -> str | None:
    """The text without the one character that PostgreSQL refuses and no keyboard has."""
    return text.replace("\0", "") if text else text
