"""Finds the procedure or group a citizen means: a score proposes, a margin decides.

Being wrong in an official voice is the worst outcome, so there are three decisions: answer, ask, unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.matching.aspects import AspectCues
from bot.matching.calibrate import recalled, settled, trials
from bot.matching.double import SURE, Double, Doubles
from bot.matching.kept import place
from bot.matching.lexicon import Lexicon
from bot.matching.names import Tell, silent
from bot.matching.national import EXACT, NationalShelf
from bot.matching.normalise import Normaliser, Said, fold, vocabulary_of
from bot.matching.parts import sentences
from bot.matching.shelf import LISTED, Candidate, Entry, Found, Shelf, codes_in, texts_of
from bot.matching.smalltalk import SmallTalk
from bot.matching.why import Exact, Why
from bot.matching.words import words_of

Decision = Literal["answer", "ask", "unknown"]
__all__ = ["Candidate", "Entry", "Match", "Matcher"]

# Chosen on half of the labelled questions and the test phrases, like what a whole message takes (see Limits).
HELD_BACK = 0.05  # more belief that it takes where what was learned speaks for another
OURS = 0.65  # belief that it is anything of ours, from which one of ours is answered
HALF = 0.8  # belief of both halves of one that is answered anyway: here the second costs but a button
UNSURE = 0.6  # belief below which we offer nothing of ours where the national list knows better
ALONE = 0.35  # of the score, before the next: one matter, and no second
OFFERED = 4  # most choices when asking
GUESSES = 2  # of ours when we do not know; the rest of the places are for the national list
SAME = 0.75  # score of ours from which an official name of the national list is but another name for it
YEAR = 3  # signs of a number that tells nothing of the matter
LABEL = 2  # words, at most, that tell nothing of what is to be done: "xe máy"
NAME = 5  # words, at most, of what may be but the name of a paper
FOREIGN = 0.4  # score from which a name in the national list is worth showing; below it, most are about something else


@dataclass(frozen=True, slots=True)
class Match:
    """What a question means, as far as we can tell."""

    question: str
    decision: Decision
    aspect: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reply: str | None = None  # small talk: which reply
    also: Candidate | None = None  # the second matter of a double question, to be answered after the first
    also_aspect: str | None = None
    parts: tuple[Candidate, ...] = ()  # the two procedures that were asked for, when the answer is their group
    bare: bool = False  # it names an aspect and no matter of its own: about what was spoken of before
    foreign: bool = False  # it says in so many words, or by a code or name, that it is about nothing of ours


class Matcher:
    """Matches questions against one knowledge base."""

    def __init__(
        self,
        entries: Sequence[Entry],
        lexicon: Lexicon,
        cues: AspectCues,
        talk: SmallTalk | None = None,
        cache: Path | None = None,
    ) -> None:
        """*cache* is a folder for what takes long to work out; it may be emptied at any time."""
        self._lexicon = lexicon
        self._cues = cues
        self._talk = talk or SmallTalk.from_data({})
        own = [entry for entry in entries if entry.kind != "catalogue"]
        self.normalise = Normaliser(lexicon, vocabulary_of(text for entry in own for text in texts_of(entry)))
        self._own = Shelf(own, self.normalise, lexicon, cache)
        self._doubles = Doubles(own, self._own, self.normalise, cues, self._telling)
        self._entries = own
        self._tests = place(cache, "limits", (lexicon.digest, cues.digest, *map(repr, own))) if cache else None
        self.limits = recalled(self._tests)
        self._national = NationalShelf([entry for entry in entries if entry.kind == "catalogue"], lexicon, cache)

    def match(self, question: str) -> Match:
        """What *question* means: exact codes and names first, then by likeness."""
        said = self.normalise(question)
        if reply := self._reply(said):
            return Match(question, "unknown", reply=reply)
        aspect = self._cues.aspect(said.english or said.words)
        if self._bare(said, aspect):
            return Match(question, "unknown", aspect, bare=True)
        text = self._matter(question)
        if text == question:
            return self._meant(question, self._begun(said), aspect)
        return replace(self._meant(text, self._begun(self.normalise(text)), aspect), question=question)

    def _reply(self, said: Said) -> str | None:
        return self._talk.reply(said.words) or (self._talk.reply(said.raw) if said.raw != said.words else None)

    def _bare(self, said: Said, aspect: str | None) -> bool:
        return aspect is not None and self._cues.nothing_else(said.english or said.words)

    def _matter(self, question: str) -> str:
        """*question* without the lines that are mere courtesy, or name an aspect alone: they tell no matter."""
        lines = question.splitlines()
        if len(lines) < 2:
            return question
        telling = []
        for line in lines:
            said = self.normalise(line)
            if not self._reply(said) and not self._bare(said, self._cues.aspect(said.english or said.words)):
                telling.append(line)
        return "\n".join(telling) or question

    def _begun(self, said: Said) -> Said:
        """*said* without the courtesy before it: that is said before any matter."""
        polite = 0 if said.english else self._talk.opening(said.words)
        return self.normalise.again(said.words[polite:]) if polite else said

    def _meant(self, question: str, said: Said, aspect: str | None) -> Match:
        folded, codes = said.folded, codes_in(question)
        if exact := self._own.exactly(folded, codes):
            decision: Decision = "answer" if len(exact) == 1 else "ask"
            return Match(question, decision, aspect, exact[:OFFERED])
        foreign = self._vetoed(question, said) or bool(codes)
        found = Found() if foreign else self._own.find(said, self._telling(said))
        if self._national.names(folded, codes) and found.signs.score < SAME:
            return Match(question, "unknown", aspect, self._guesses(question, found.candidates), foreign=True)
        decision = self._decide(question, said, found)
        sure = HALF if decision == "answer" else SURE
        two = found.signs.margin < ALONE and not self._doubtful(said)
        if two and (double := self._doubles.find(question, said, found, sure)) is not None:
            named = double.group is not None and decision == "answer" and found.candidates[0].id == double.group.id
            return self._double(question, double, clear=named or double.clear)
        if decision == "unknown":
            return Match(question, decision, aspect, self._guesses(question, found.candidates), foreign=foreign)
        size = OFFERED if decision == "ask" else LISTED
        return Match(question, decision, aspect, found.candidates[:size])

    def _vetoed(self, question: str, said: Said) -> bool:
        """Whether words of other matters stand in *question*, and no sentence beside them surely means one of ours."""
        vetoes = self._lexicon.vetoes
        if not any(vetoes.find(said.words)):
            return False
        beside = [one for one in sentences(question) if not any(vetoes.find(self.normalise(one).words))]
        told = self.normalise(". ".join(beside))
        return self._own.find(told, self._telling(told)).signs.right < SURE

    def _doubtful(self, said: Said) -> bool:
        """Whether *said* has words of other matters, though it may mean one of ours."""
        return any(self._lexicon.doubts.find(said.words)) or any(self._lexicon.vetoes.find(said.words))

    def covers(self, candidate: Candidate, text: str) -> float:
        """Share of the words that tell the matter of *text*, by their rarity, that *candidate*, one of ours, has."""
        return self._own.covered(candidate, self._telling(self.normalise(text)))

    def gist(self, text: str) -> tuple[str, ...]:
        """The words of *text* that tell its matter, in their order and in our spelling; all of them if none does."""
        said = self._begun(self.normalise(text))
        matter = tuple(word.plain for word in self._cues.matter(said.words))
        telling = tuple(word for word in matter if word not in self._lexicon.particles)
        return telling or matter or tuple(word.plain for word in said.words)

    def _telling(self, said: Said) -> frozenset[str]:
        """The words of *said* that tell its matter; all of them if none does."""
        words = self._cues.matter(said.words) or said.words
        return frozenset(word.plain for word in words if not _measure(word.plain)) - self._lexicon.particles

    def _decide(self, question: str, said: Said, found: Found) -> Decision:
        if found.signs.ours < self.limits.ask:
            return "ask" if self._hints(said, found) else "unknown"

        def better() -> bool:
            sure = found.signs.score
            return sure < SAME and self._national.knows_better(question, sure, found.candidates[0].title)

        if found.signs.right < UNSURE and better():
            return "unknown"
        told = found.signs.right >= SURE and found.signs.ahead > 0  # by words that the next does not have
        if self._own.action_open(said, found.candidates, told=told):
            return "ask"
        if self._own.vague(said.text) or self._names_no_more(said, found) or self._doubtful(said):
            return "ask"
        sure = found.signs.right >= self._enough(found) or self._told_by_a_sentence(question, found)
        return "answer" if sure and found.signs.ours >= OURS and not better() else "ask"

    def _hints(self, said: Said, found: Found) -> bool:
        """Whether *said* is one word, a thing that what is *found* is called by: "đất". It says too little to know."""
        if len(said.words) != 1 or not found.candidates or self._lexicon.actions_in(said.segments):
            return False
        ((plain, marked),) = said.words
        named = words_of(found.candidates[0].title)
        return any(word.plain == plain and (marked in {plain, word.marked}) for word in named)

    def _enough(self, found: Found) -> float:
        """The belief from which the first *found* is answered."""
        return self.limits.answer + (HELD_BACK if found.signs.lead < 0 else 0)

    def _names_no_more(self, said: Said, found: Found) -> bool:
        """Whether *said* but names a paper that others have to do with too, and nothing to be done: "cà vẹt xe"."""
        words = len(said.english or said.words)
        if found.signs.ahead > 0 or words > NAME or self._lexicon.actions_in(said.segments):
            return False
        return words <= LABEL or self._own.acts(found.candidates[0])

    def _told_by_a_sentence(self, question: str, found: Found) -> bool:
        """Whether the last sentence that is sure of anything is sure of the first *found*: stories are long."""
        for sentence in reversed(sentences(question)):
            said = self.normalise(sentence)
            told = self._own.find(said, self._telling(said))
            if told.signs.right >= SURE:
                return told.candidates[0].id == found.candidates[0].id
        return False

    def _double(self, question: str, double: Double, *, clear: bool) -> Match:
        """The answer to two procedures asked for in one message: their group if it is meant, else one and the other."""
        first, second, group = double.first.candidate, double.second.candidate, double.group
        if group is None:
            also = double.also_aspect
            return Match(question, "answer", double.aspect, (first,), also=second, also_aspect=also)
        if clear:
            return Match(question, "answer", double.aspect, (group,), parts=(first, second))
        return Match(question, "ask", double.aspect, (group, first, second))

    def _guesses(self, question: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Ours before those of the national list, unless *question* is the very code or name of one there."""
        listed = self.listed(question)
        exact = tuple(one for one in listed if one.score == EXACT)
        return (*exact, *found[:GUESSES], *(one for one in listed if one not in exact))[:LISTED]

    def explain(self, question: str) -> Why:
        """What speaks for the one of ours that *question* is most like, whatever was decided."""
        said, codes = self._begun(self.normalise(self._matter(question))), codes_in(question)
        found = self._own.find(said, self._telling(said))
        written = self._own.exactly(said.folded, codes)
        exact: Exact = "" if not written else "code" if codes else "name"
        veto = "" if written else next((one.label for one in self._lexicon.vetoes.find(said.words)), "")
        best, second = (*(written or (() if codes else found.candidates)), None, None)[:2]
        phrase = self._own.phrase(said, best) if best is not None else ""
        added = tuple(" ".join(word.plain for word in words) for words in said.added)
        limits = self.limits
        return Why(said.text, exact, veto, added, phrase, best, second, found.signs, limits.answer, limits.ask)

    def listed(self, question: str) -> tuple[Candidate, ...]:
        """Procedures of the national list that *question* may mean, below our own knowledge."""
        codes = codes_in(question)
        if exact := self._national.exactly(fold(question), codes):
            return exact[:LISTED]
        if codes:
            return ()
        return tuple(one for one in self._national.ranked(question) if one.score >= FOREIGN)

    def warm(self, tell: Tell = silent) -> None:
        """Get ready now what would else be got ready for the first question that needs it; *tell* hears how far.

        Only now is the base put to the test, unless it was before: until then, the limits of the first base hold.
        """
        self._national.warm(tell)
        if not self.limits.tested:
            asked = trials(self._entries, self.normalise, self._lexicon, self._telling, tell)
            self.limits = settled(list(asked), self._tests)


def _measure(word: str) -> bool:
    """Whether *word* is a year or a measure, "2024" or "100m2", which tell no matter; "14" may be an age that does."""
    return len(word) >= YEAR and word[0].isdigit()
