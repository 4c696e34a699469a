"""Names and roles of a claim, held against the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from evidence_kit.language.amounts_alike import Says
from evidence_kit.language.content_words import content_words
from evidence_kit.language.people import find_people
from evidence_kit.language.proper_names import find_names, is_person_like, is_titled, roles_beside
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Grade, Person
from evidence_kit.screening.grounds import BESIDE, ON_PAGE, QUOTED, Grounds, Told
from evidence_kit.screening.weighing import OF_PEOPLE, Unshown, Weighing

LONGEST = 7
"""Words of a role; more are a role and what follows it."""
_PRONOUN = re.compile(r"\b(?:he|she|they|her|his|their|him|who)\b", re.IGNORECASE)
_SPECIFIC = frozenset(
    {
        Grade.CHIEF_EXECUTIVE,
        Grade.EXECUTIVE_DIRECTOR,
        Grade.NON_EXECUTIVE,
        Grade.DIRECTOR,
        Grade.SENIOR_LEADER,
    }
)
_GENERAL = frozenset(
    {"executive_director", "director", "non_executive_director", "board_member", "senior_leader", "executive"}
)
"""Roles that anybody of their grade fills."""
_MINORITY = re.compile(r"minorit|majority|racialised|Asian and", re.IGNORECASE)
"""In names of all ethnic minorities, which have many; one group is not another."""
_BESIDE_AN_OFFICE = re.compile(r"sponsor|lead$|champion|member|chair")
"""Roles that the holder of another has as well, or that every body has."""


def names_and_roles(
    weighing: Weighing, asked: str, grounds: Grounds, same: Sequence[Span]
) -> Iterator[Unshown]:
    """Yield the people, roles and other names of a claim that the evidence does not carry.

    Args:
        weighing: The claim.
        asked: The criterion's words: a role that it names itself needs no other proof.
        grounds: Who is who by the papers.
        same: Words of the claim for which the evidence has others of the same meaning.
    """
    claim = weighing.claim
    known = content_words(asked)
    for low, high in find_names(claim):
        name = claim[low:high]
        if content_words(name) <= known or (
            (name.isupper() or _MINORITY.search(name))
            and any(start <= low and high <= end for start, end in same)
        ):
            continue
        beside = roles_beside(name, claim)
        if is_person_like(name) and (
            beside or grounds.roles_of(name) or is_titled(name, claim) or grounds.titles(name)
        ):
            yield from _person(weighing, name, beside, grounds)
        else:
            yield from weighing.unshown(name, partial(_says_name, name))
    roles = {person.role for person in find_people(asked)}
    for low, high in find_names(claim):
        # Who bears a name is held against the pages by it.
        roles |= grounds.roles_of(claim[low:high]) & set(roles_beside(claim[low:high], claim))
    for person in find_people(claim):
        if person.grade in _SPECIFIC and person.role not in roles and len(person.form.split()) <= LONGEST:
            yield from weighing.unshown(
                person.form,
                partial(_says_role, person, grounds),
                least=OF_PEOPLE,
                own=claim_names(claim),
            )


def claim_names(claim: str) -> str:
    """Return the names and roles of a claim: sharing them is no sign of the same matter."""
    names = [claim[low:high] for low, high in find_names(claim)]
    return " ".join((*names, *(person.form for person in find_people(claim) if _is_office(person))))


def _person(weighing: Weighing, name: str, beside: tuple[str, ...], grounds: Grounds) -> Iterator[Unshown]:
    roles = grounds.roles_of(name)
    wrong = [role for role in beside if roles and role not in roles]
    if wrong:
        yield Unshown(
            f"{name}, {wrong[0].replace('_', ' ')}", f"{name}, {sorted(roles)[0].replace('_', ' ')}"
        )
        return
    last = name.split()[-1]
    told = weighing.told
    befores = {
        id(one): _last_named(
            each.text for each in told[max(0, number - 2) : number] if each.near is not ON_PAGE
        )
        for number, one in enumerate(told)
        if one.near in (QUOTED, BESIDE)
    }
    yield from weighing.unshown(
        name,
        partial(_says_person, last, roles, befores, grounds),
        least=OF_PEOPLE,
        own=claim_names(weighing.claim),
    )


def _says_person(
    last: str, roles: frozenset[str], befores: Mapping[int, str], grounds: Grounds, one: Told
) -> tuple[Says, str]:
    """Tell whether a sentence is of a person: by name, by role, or by a pronoun after the name."""
    if re.search(rf"\b{re.escape(last)}\b", f"{one.sentence.heads} {one.text}"):
        return Says.SAME, ""
    people = [person for person in find_people(one.text) if not person.absent]
    if roles & {person.role for person in people}:
        return Says.SAME, ""
    meant = befores.get(id(one), "") if _PRONOUN.search(one.text) else ""
    if meant:
        return (Says.SAME, "") if meant.split()[-1] == last else (Says.OTHER, meant)
    other = next((each for each in _named(one) if grounds.roles_of(each)), "")
    specific = next((person.form for person in people if _is_office(person)), "")
    return (Says.OTHER, other or specific) if other or specific else (Says.NOTHING, "")


def _last_named(texts: Iterable[str]) -> str:
    """Return the last person whom sentences name: a pronoun after them is of that one."""
    names = [
        text[low:high] for text in texts for low, high in find_names(text) if is_person_like(text[low:high])
    ]
    return names[-1] if names else ""


def _says_role(asked: Person, grounds: Grounds, one: Told) -> tuple[Says, str]:
    """Tell whether a sentence is of the holder of a role, by the role or by name."""
    people = [person for person in find_people(f"{one.text}\n{one.sentence.heads}") if not person.absent]
    roles = {person.role for person in people} | {
        role for name in _named(one) for role in grounds.roles_of(name)
    }
    if asked.role in roles or (asked.role in _GENERAL and any(_fills(asked, person) for person in people)):
        return Says.SAME, ""
    other = next((person.form for person in people if _is_office(person)), "")
    return (Says.OTHER, other) if other else (Says.NOTHING, "")


def _is_office(person: Person) -> bool:
    """Tell whether a role is an office, so that another is somebody else's."""
    return (
        person.grade in _SPECIFIC
        and person.role not in _GENERAL
        and not _BESIDE_AN_OFFICE.search(person.role)
    )


def _fills(asked: Person, person: Person) -> bool:
    return person.grade is asked.grade or (
        asked.grade is Grade.EXECUTIVE_DIRECTOR and person.grade is Grade.CHIEF_EXECUTIVE
    )


def _named(one: Told) -> list[str]:
    return [name for low, high in find_names(one.text) if is_person_like(name := one.text[low:high])]


def _says_name(name: str, one: Told) -> tuple[Says, str]:
    return (Says.SAME if _has_name(name, one) else Says.NOTHING), ""


def _has_name(name: str, one: Told) -> bool:
    """Tell whether a name stands with a sentence: whole, by all its words, or by their first letters."""
    paper = one.sentence.paper
    text = f"{one.sentence.heads} {one.text} {paper.title} {paper.organisation} {paper.body}"
    if name.casefold() in text.casefold():
        return True
    if name.isupper():
        return name in "".join(word[0] for word in re.findall(r"\b[A-Z]\w*", text))
    letters = "".join(word[0] for word in re.findall(r"\b[A-Z]\w*", name))
    if len(letters) > 2 and re.search(rf"\b{letters}\b", text):
        return True
    words = content_words(name)
    return bool(words) and words <= content_words(text)
