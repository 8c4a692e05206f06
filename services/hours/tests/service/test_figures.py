"""What operators are told of waiting claims: by step and by how long ago they were filed."""

from opentelemetry import metrics as otel_metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from chassis.figures import Figures
from hours import figures


def shown(reader: InMemoryMetricReader, name: str) -> dict[tuple[str, ...], float]:
    """Return the values of a figure that are not 0, by the values of its labels."""
    data = reader.get_metrics_data()
    return {
        tuple(str(value) for _, value in sorted(point.attributes.items())): point.value
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.name == name
        for point in metric.data.data_points
        if point.value
    }


async def test_waiting_claims_are_counted_by_step_and_age(hours, monkeypatch) -> None:
    technician = await hours.technician()
    claims = [await technician.claim() for _ in range(5)]
    decided = [await technician.claim()]
    await hours.approve(*decided)
    for claim, age in zip(claims, (11, 12, 3 * 24, 10 * 24, 40 * 24), strict=True):
        await hours.run(
            "UPDATE claims SET submitted_at = now() - make_interval(hours => :age) WHERE id = :id",
            age=age,
            id=claim,
        )
    await hours.employer_administrator().decide(claims[3], "employer")

    reader = InMemoryMetricReader()
    provider = MeterProvider(metric_readers=[reader])
    monkeypatch.setattr(otel_metrics, "get_meter", provider.get_meter)
    await Figures(hours.database, figures.counts()).turn()

    assert shown(reader, "yuzheng.claims.waiting") == {
        ("under_1d", "employer"): 2,
        ("under_7d", "employer"): 1,
        ("over_30d", "employer"): 1,
        ("under_30d", "bureau"): 1,
    }
    days = {key: value / 86400 for key, value in shown(reader, "yuzheng.claims.age").items()}
    assert 40 <= days[("employer",)] < 41
    assert 10 <= days[("bureau",)] < 11
