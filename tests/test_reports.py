"""Problems as programs read them."""

from __future__ import annotations

from bot.admin.reports import as_github
from bot.base.model import Base
from bot.base.problems import At, Kind, Problem
from bot.talk.speech import Speech


def test_an_annotation_is_one_line_whatever_an_admin_wrote(base: Base) -> None:
    words = (("detail", "100 %, nothing::less\nor more"),)
    problem = Problem(At("groups/a,b:c.yaml", 7), Kind.NOT_YAML, words)

    said = as_github(problem, Speech("en", base.texts), "knowledge/")

    place = "file=knowledge/groups/a%2Cb%3Ac.yaml,line=7,title=not-yaml"
    assert said == f"::error {place}::this is not proper YAML: 100 %25, nothing::less%0Aor more"
