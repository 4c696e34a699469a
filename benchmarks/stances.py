"""Stance by the rules and by what could be learnt in their place, on judged cases and on real documents.

    python benchmarks/stances.py ../shared/data

What is learnt is learnt from all labelled passages; neither set is. Of a case, or of a labelled range and criterion,
the act counts that names most of what the criterion names. Both sets are development sets, which the rules were mended
on and the learned version was not. Skips with a message what is not there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import judged_cases
import real_text
from evidence_kit.cli.model import confusion_text
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.read import Reader
from evidence_kit.pipeline.cases import document_of
from evidence_kit.pipeline.conclude import Cut, cut
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.records.passage import Passage
from evidence_kit.records.reading import Origin
from evidence_kit.training.acts import MENTION, OTHER, OWN, Told, acts_told, decided_by, features_of
from evidence_kit.training.prepare import prepare
from evidence_kit.training.stances import confusion, learn, versions
from real_text_passages import lines_of, read_one

SHOWS_NOTHING = frozenset({"aspiration", "mention_other_body", "requirement_quoted"})
"""Kinds of cases that are judged not found by their stance; other such cases are about something else."""
OWN_WORDS = 0.5
"""What a concept counts for more in an act's own words."""


def main() -> None:
    """Learn from all labelled passages and print the matrices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    prepared = prepare()
    knowledge = prepared.knowledge
    told = tuple(acts_told(prepared.corpus.passages, prepared.around, knowledge))
    learned = learn([each.features for each in told], [each.stance for each in told])
    tagger = Tagger(knowledge.lexicon)
    for name, path, acts in (
        ("judged cases", options.folder / "cases" / "cases.jsonl", of_cases),
        ("real text", options.folder / "real_text", of_real_text),
    ):
        if not path.exists():
            print(f"skipped: {path} is not there")
            continue
        found = tuple(acts(path, knowledge, tagger))
        read = [each.read for each in found]
        given = {"rules": read} | versions(read, learned([each.features for each in found]))
        for version, said in given.items():
            print(
                "\n".join(
                    confusion_text(f"{name}, {version}", confusion([each.stance for each in found], said))
                )
            )


def of_cases(path: Path, knowledge: Knowledge, tagger: Tagger) -> Iterator[Told]:
    """Yield the act of each judged case."""
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        wanted = case["expect"]
        if wanted["status"] == "not_found" and case["kind"] not in SHOWS_NOTHING:
            continue
        pack = cut([document_of(judged_cases.as_paper(case))])
        stance = MENTION if wanted["stance"] == "none" else wanted["stance"]
        organisation = case["document"]["organisation"]
        yield from act_of(pack, pack.passages, case["criterion"], stance, organisation, knowledge, tagger)


def of_real_text(folder: Path, knowledge: Knowledge, tagger: Tagger) -> Iterator[Told]:
    """Yield an act for each labelled range and each criterion that it bears on directly."""
    labelled = real_text.load_labelled(folder)
    for path in sorted(folder.iterdir()):
        wanted = [each for each in labelled if each.direct and each.document == path.name]
        if not wanted:
            continue
        organisation = next(
            name for start, (name, _) in real_text.ORGANISATIONS.items() if path.name.startswith(start)
        )
        document = read_one(path)
        pack = cut([document])
        placed = [(passage, lines_of(passage, document)) for passage in pack.passages]
        for each in wanted:
            here = [passage for passage, lines in placed if lines & each.lines]
            for criterion, stance in each.direct.items():
                yield from act_of(pack, here, criterion, stance, organisation, knowledge, tagger)


def act_of(
    pack: Cut,
    passages: Iterable[Passage],
    criterion: str,
    stance: str,
    organisation: str,
    knowledge: Knowledge,
    tagger: Tagger,
) -> Iterator[Told]:
    """Yield the act of some passages that names most of what a criterion names, if they tell any."""
    about = next(frozenset(each.concepts) for each in knowledge.framework.criteria if each.id == criterion)
    papers = {paper.id: paper for paper in pack.papers}
    reader = Reader(knowledge.lexicon, organisation)
    best, found = -1.0, None
    for passage in passages:
        paper = papers[passage.paper]
        acts = reader.read(passage, tagger.tag(passage, paper.profile.title), paper).acts
        for act in acts:
            own = {each.concept for each in act.mentions if each.origin is Origin.TEXT}
            names = len(act.concepts() & about) + OWN_WORDS * len(own & about)
            if names > best:
                best, found = names, (passage, paper, acts, act)
    if found is None:
        return
    passage, paper, acts, act = found
    yield Told(
        organisation=organisation,
        stance=stance,
        whose=OWN,
        read=MENTION if act.whose.value == OTHER else act.stance.value,
        read_whose=act.whose.value,
        by=decided_by(act),
        features=features_of(passage, paper, acts, act, knowledge.lexicon.cues),
    )


if __name__ == "__main__":
    main()
