"""What stands around a passage and bends its stance: list stem, headings, the paper's kind and state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_kit.language import stance as st
from evidence_kit.language.dates import find_dates
from evidence_kit.language.facts import sure_date
from evidence_kit.language.lexicon import CueRule
from evidence_kit.language.owner import Owner
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import AT_ITS_HEAD, Paper, PaperKind, PaperStatus, Passage
from evidence_kit.records.reading import Cue, Stance, Whose

RULE_MAKING = frozenset(
    {PaperKind.POLICY, PaperKind.STATEMENT, PaperKind.TERMS_OF_REFERENCE, PaperKind.ROLE_DESCRIPTION}
)
"""Papers whose own words set something up: in force they do it, in draft they only propose it."""
OTHER_PAPER = "other_paper"
"""Name of the cue on acts of a paper that names another organisation."""

_OF_ALL = re.compile(
    r"\b(?:following|these|none|nothing|below|those)\b|^\W*(?:\w+\s+){0,3}\w+\W*$", re.IGNORECASE
)
"""In a stem that speaks of its items, or is nothing but a label; a longer one may tell of something else as well."""
_CALENDAR = re.compile(
    r"^\W*(?:(?:key|important|the|our|your|main|board|public|meeting|year['’]s|annual)\s+)*(?:dates|calendar|timetable|timeline|schedule"
    r"|milestones|cycle\s+of\s+business|work\s*plan)(?:\s+(?:for|in|to|until)\b[^.]{0,30}|\s+20[\d/–-]+)?\W*$",
    re.IGNORECASE,
)
"""A heading over dates of which most lie ahead: it bends no deed, but a bare month under it is the next one."""
_BY = re.compile(r"\b(?:by|before)\s+(?:the\s+end\s+of\s+|end\s+)?$", re.IGNORECASE)
_TELLS_PROGRESS = re.compile(
    r"\b(?:progress|so\s+far|achieve\w*|complete\w*|done|delivered|report|update|review|position|status|where\s+we\s+are)\b",
    re.IGNORECASE,
)
_SHOWCASE = re.compile(
    r"^\W*(?:case\s+stud|spotlight|examples?\b|good\s+practice|best\s+practice|learning|lessons|ideas|inspiration"
    r"|(?:what|how)\s+(?:other|others|our\s+(?:partners|neighbours|peers))\b|(?:news|stories|views?)\s+from)",
    re.IGNORECASE,
)
"""With another body's name in it, a heading over what that body tells of itself: its "we" is theirs."""
_BENDS_DEEDS = frozenset({st.WISHED, st.ASKED})
"""Under these even "have completed" is no deed: a wished-for state, a line to agree with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """How the place of a passage bends what its clauses say.

    Attributes:
        stem: Stance of the list's stem, if it has one that matters.
        stem_denies: The stem says of all its items that they are not so: "The following have not been done:".
        heading: Stance that a heading gives ("Next steps", "What the standard asks").
        ahead: It stands among what is to come: a bare month is the next one.
        provision: "will" and "must" state what holds.
        only_planned: Nothing here can be done without a completion and its date (action plans, drafts).
        whose: Owner until a clause says otherwise.
        itself: The paper is the thing that its clauses are about: a policy, a statement, a role description.
        heading_itself: The passage is a heading: it names what follows and reports nothing by itself.
        theirs: The paper says on its face that it is another organisation's.
        doubt: The paper names another organisation and perhaps is that one's: what it tells needs a look.
    """

    stem: st.Found | None = None
    stem_denies: bool = False
    heading: st.Found | None = None
    ahead: bool = False
    provision: bool = False
    only_planned: Cue | None = None
    whose: Whose = Whose.OWN
    heading_itself: bool = False
    itself: bool = False
    theirs: bool = False
    doubt: Cue | None = None

    def weigh(self, found: st.Found, cues: dict[str, Cue]) -> st.Found:
        """Return a clause's stance in its place."""
        if self.heading_itself:
            return st.Found(Stance.MENTION, ())
        if found.stance is Stance.DONE and self.only_planned is not None and st.COMPLETE not in cues:
            return st.Found(Stance.PLANNED, (self.only_planned,))
        if self.stem is not None and self.stem_denies and found.stance is Stance.DONE:
            return self.stem
        for outer in (self.stem, self.heading):
            if (
                outer is not None
                and outer.cues
                and outer.cues[0].name in _BENDS_DEEDS
                and (found.stance is Stance.DONE or outer.cues[0].name == st.ASKED)
            ):
                return outer
        if found.cues:
            strong = found.cues[0].name in st.SAID_TO_BE_DONE
            if found.stance is not Stance.DONE or strong:
                return found
        for outer in (self.stem, self.heading):
            if outer is not None and found.stance in (Stance.DONE, Stance.MENTION):
                return outer
        return found


def surroundings_of(
    passage: Passage, paper: Paper, rules: tuple[CueRule, ...], owner: Owner, *, stem_acts: bool = False
) -> Surroundings:
    """Read what stands around a passage.

    Args:
        passage: Its stem and headings are read.
        paper: Its kind and state are used.
        rules: The lexicon's cues.
        owner: Tells names of other organisations from this one's.
        stem_acts: The list's stem names an act ("Up and running since May:").
    """
    profile = paper.profile
    in_force = profile.status is not PaperStatus.DRAFT
    only_planned = None
    if profile.kind is PaperKind.ACTION_PLAN:
        only_planned = Cue("action_plan", profile.title, 0, 0)
    elif profile.kind in (*RULE_MAKING, PaperKind.STRATEGY) and not in_force:
        only_planned = Cue(st.DRAFT, profile.title, 0, 0)
    other = owner.is_other(profile.organisation)
    heading_cues = [
        st.find_cues(text, rules, where="heading")
        for text in (*passage.context.headings, passage.context.caption)
    ]
    theirs = (other and _names_itself(paper)) or _shows_another(passage, heading_cues, owner)
    caption = passage.context.caption.strip()
    led_in = passage.context.stem or (caption if caption.endswith(":") else "")
    stem = _stem(led_in, rules, acts=stem_acts)
    provision = profile.kind in RULE_MAKING and in_force
    heading = _heading(heading_cues, provision=provision, by_when=_by_when(passage, paper))
    names = (*passage.context.headings[-1:], passage.context.caption, passage.context.stem)
    denies = stem is not None and stem.stance is Stance.CONTRADICTS
    return Surroundings(
        stem=stem,
        stem_denies=denies and _OF_ALL.search(led_in) is not None,
        heading=heading,
        ahead=any(each is not None and each.stance is Stance.PLANNED for each in (heading, stem))
        or any(_CALENDAR.search(name) for name in names),
        provision=provision,
        only_planned=only_planned,
        itself=profile.kind in RULE_MAKING,
        heading_itself=passage.kind is BlockKind.HEADING,
        whose=_whose(passage, heading_cues, owner),
        theirs=theirs,
        doubt=Cue(OTHER_PAPER, profile.organisation, 0, 0) if other and not theirs else None,
    )


def _whose(passage: Passage, heading_cues: list[dict[str, Cue]], owner: Owner) -> Whose:
    """Tell whose acts stand here until a clause says otherwise: the innermost heading and the stem may name a body."""
    context = passage.context
    names = (*context.headings[-1:], context.caption, context.stem)
    told = (
        any(st.OTHER in cues for cues in heading_cues)
        or any(owner.of_heading(text) is Whose.OTHER for text in names if text)
        or (bool(context.stem) and owner.of(context.stem, Whose.OWN)[0] is Whose.OTHER)
    )
    return Whose.OTHER if told else Whose.OWN


def _shows_another(passage: Passage, heading_cues: list[dict[str, Cue]], owner: Owner) -> bool:
    """Tell whether a heading announces another body's own account: "Case study: Ravensholme Trust"."""
    return any(
        _SHOWCASE.search(text) and (st.OTHER in cues or owner.of_heading(text) is Whose.OTHER)
        for text, cues in zip(passage.context.headings, heading_cues, strict=False)
    )


def _names_itself(paper: Paper) -> bool:
    """Tell whether a paper says on its face whose it is: in a field of its cover, at its head, or in its title.

    At the head of a letter may stand to whom it goes.
    """
    profile = paper.profile
    reason = dict(profile.reasons).get("organisation", "")
    if reason.endswith(AT_ITS_HEAD) and profile.kind is not PaperKind.LETTER:
        return True
    return reason.startswith("field") or profile.organisation.casefold() in profile.own_title.casefold()


def _stem(stem: str, rules: tuple[CueRule, ...], *, acts: bool) -> st.Found | None:
    """A stem speaks for its items when it says something about stance, or reports an act itself."""
    if not stem:
        return None
    cues = {**st.find_cues(stem, rules, where="heading"), **st.find_cues(stem, rules, where="text")}
    if st.ASKED in cues:
        return st.Found(Stance.MENTION, (cues[st.ASKED],))
    found = st.stance_of(stem, cues, verb=acts)
    return found if found.cues or (acts and found.stance is Stance.DONE) else None


def _heading(cue_sets: list[dict[str, Cue]], *, provision: bool, by_when: Cue | None) -> st.Found | None:
    """The innermost heading that says something about stance speaks; "What we will do" holds in a paper in force."""
    every = (st.ASKED, st.WISHED, st.REQUIRED, st.PLANNED, st.ASPIRATION)
    speaking = (st.ASKED, st.REQUIRED) if provision else every
    for cues in reversed(cue_sets):
        if (found := st.under_heading(cues, speaking)) is not None:
            return found
    return st.Found(Stance.PLANNED, (by_when,)) if by_when is not None else None


def _by_when(passage: Passage, paper: Paper) -> Cue | None:
    """Return the day that the innermost heading sets to what stands under it, where that is after its paper's date.

    "Clear Road: by March 2027" in slides of 2026; not "Progress towards March 2027".
    """
    heading, spoken = next(iter(passage.context.headings[-1:]), ""), sure_date(paper.profile)
    if spoken is None or _TELLS_PROGRESS.search(heading):
        return None
    for each in find_dates(heading):
        if each.first > spoken and _BY.search(heading, 0, each.start):
            return Cue(st.PLANNED, heading[each.start : each.end], 0, 0)
    return None
