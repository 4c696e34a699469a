"""Whether a clause goes on about the person whom the clause before named ("She attended …", "… and will report")."""

from __future__ import annotations

import re

_JOINS = (
    r"(?:(?:and|but|or|so|yet|then|although|though|while|whilst|whereas|because|as|if|when|where|which|that|who)"
    r"\b\W*)*"
)
_ADVERBS = r"(?:(?:also|then|now|since|never|always|not|[a-z]+ly)\s+)*"
_VERB = (
    r"(?:(?:has|have|had|is|was|will|shall|would|can|could|may|might|must|did|does|do)\b"
    r"|[a-z]{3,}ed\b|(?:met|held|led|took|brought|gave|went|sat|chose|made|wrote|won|began|ran|heard|spoke|came|saw|said"
    r"|told|kept|left|put|sent|built|became|stood|set)\b"
    # the present needs something behind it: "attends the", but not "members the"
    r"|[a-z]{3,}s\s+(?:the|a|an|to|with|at|in|on|for|its|his|her|their|every|each|all|\d+|one|two|three|four|five|six)\b)"
)
_OTHERS = (
    r"(?:deput(?:y|ies)|teams?|representatives?|nominees?|delegates?|colleagues?|predecessor|successor|staff|office"
    r"|secretary|assistants?|managers?|directorate|members?|network)\b"
)
"""Who is "her deputy" is somebody else; "her portfolio" is her own."""
_PRONOUN = re.compile(
    rf"\W*{_JOINS}(?:(?:he|she|they)\b|(?:his|her|their)\s+(?!{_OTHERS}))|\W*(?:both|all|each)\s+(?:of\s+them\s+)?{_VERB}|"
    # "In May she attended": words of time or place may stand before
    r"(?:\W*\w+){1,6}?\W+(?:he|she)\b",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(rf"\W*{_JOINS}{_ADVERBS}{_VERB}", re.IGNORECASE)


def goes_on(clause: str, *, first: bool) -> bool:
    """Tell whether a clause that names nobody is about the person named before it.

    A clause with a subject of its own ("forty members attended") is not: what they did, the person did not.

    Args:
        clause: Its text.
        first: It opens a sentence; then only a pronoun goes on, since a bare verb may belong to anybody.
    """
    if _PRONOUN.match(clause) is not None:
        return True
    return not first and _NO_SUBJECT.match(clause) is not None
