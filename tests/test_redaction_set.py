"""The redaction measured on messages written without sight of its patterns; tests.bench.bench_redaction prints it.

Numbers are held to the .98 that was promised. Addresses, names and days of birth are language, not form, and are held
to .95: what is missed today is a name in plain letters whose surname is oftener another word (ho van tu: họ, Hồ).
"""

from __future__ import annotations

import pytest

from tests.redaction import false_hits, harmless, recall, secrets

LEAST = {
    "identity": 0.98,
    "phone": 0.98,
    "mail": 0.98,
    "account": 0.98,
    "plate": 0.98,
    "address": 0.95,
    "name": 0.95,
    "birth": 0.95,
}


@pytest.mark.parametrize("kind", LEAST)
def test_what_is_private_is_hidden(kind: str) -> None:
    gone, number = recall()[kind]
    missed = [(secret.text, secret.left) for secret in secrets() if secret.kind == kind and secret.left]
    assert gone / number >= LEAST[kind], missed


def test_what_is_harmless_stays() -> None:
    assert len(false_hits()) <= 0.01 * len(harmless()), false_hits()


def test_the_set_is_as_large_as_it_must_be() -> None:
    assert set(LEAST) == set(recall())
    assert len({secret.text for secret in secrets()}) >= 200
    assert len(set(harmless())) >= 100
