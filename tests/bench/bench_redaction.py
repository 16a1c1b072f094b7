"""What the redaction hides of the messages in tests/redaction, by kind; what it hides wrongly; and what it costs.

python -m tests.bench.bench_redaction
"""

from __future__ import annotations

from time import perf_counter

from bot.talk.redaction import redact
from tests.redaction import false_hits, harmless, recall, secrets


def main() -> None:
    """Print the figures, and each miss."""
    for kind, (gone, number) in recall().items():
        print(f"{kind:9} {gone:3} of {number:3} hidden: {gone / number:.3f}")
    wrong, number = len(false_hits()), len(harmless())
    print(f"harmless  {wrong:3} of {number:3} touched: {wrong / number:.3f}")
    for secret in secrets():
        if secret.left:
            print(f"missed: {secret.left!r} in {secret.text!r}")
    for text in false_hits():
        print(f"touched: {text!r} → {redact(text)!r}")
    texts = [secret.text for secret in secrets()] + harmless()
    started = perf_counter()
    for text in texts:
        redact(text)
    print(f"{(perf_counter() - started) / len(texts) * 1e6:.0f} us a message")


if __name__ == "__main__":
    main()
