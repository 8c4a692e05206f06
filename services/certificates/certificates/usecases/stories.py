"""An intent's work belongs to the story that completed the year, days later too."""

from contextlib import AbstractContextManager

from opentelemetry.trace import Span, SpanKind

from certificates.domain.entities import Intent
from chassis.telemetry import story


def story_of(intent: Intent, step: str) -> AbstractContextManager[Span]:
    """Continue the trace and correlation under which the intent was planned."""
    return story(
        name=step,
        kind=SpanKind.INTERNAL,
        traceparent=intent.traceparent,
        correlation_id=intent.correlation_id,
        causation_id=intent.causation_id,
        attributes={"yuzheng.intent.id": str(intent.id)},
    )
