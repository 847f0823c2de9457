"""For machines that watch this one: alive (`/healthz`), ready (`/readyz`), and figures (`/metrics`, Prometheus).

The figures are read from the store when they are asked for, so they are right also after a restart and with several
processes. The registry is our own: nothing of the process leaks in by default.
"""

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.house import House
from monitor.store import StoreError, events, sources, views, work
from monitor.store.sources import Health, SourceState, health

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

router = APIRouter(include_in_schema=False)


class Figures:
    """The registry of one application: requests as they come, the rest from the store."""

    def __init__(self, house: House) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "nakoming_http_requests", "Answers given.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram("nakoming_http_seconds", "Time to answer.", ("route",), registry=self.registry)
        self.registry.register(_Stored(house))


class _Stored(Collector):
    """What the store knows, as gauges."""

    def __init__(self, house: House) -> None:
        self._house = house

    def describe(self) -> list[Metric]:
        """Nothing in advance: the registry would otherwise read the store while it is being set up."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._house.store.read() as session:
            statuses = {status.value: number for status, number in views.status_counts(session).items()}
            yield _gauge("nakoming_commitments", "Promises by status.", "status", statuses)
            yield _gauge("nakoming_events", "Events in the history by kind.", "kind", views.event_counts(session))
            yield _gauge("nakoming_deliveries", "Deliveries by state.", "state", views.delivery_counts(session))
            yield _gauge("nakoming_documents", "Documents by source.", "source", views.document_counts(session))
            yield _gauge("nakoming_set_aside", "Documents set aside by source.", "source", views.set_aside(session))
            states = sources.every(session)
            works = work.every(session)
        yield from self._of_sources(states)
        done = {name: one.ended_at.timestamp() for name, one in works.items() if one.ended_at}
        yield _gauge("nakoming_work_ended_timestamp_seconds", "When each work last ended.", "work", done)
        failed = {name: float(bool(one.error)) for name, one in works.items()}
        yield _gauge("nakoming_work_failed", "1 when the last run of the work failed.", "work", failed)

    def _of_sources(self, states: dict[str, SourceState]) -> Iterator[Metric]:
        good = {name: state.good_at.timestamp() for name, state in states.items() if state.good_at}
        yield _gauge("nakoming_source_good_timestamp_seconds", "When a source was last read well.", "source", good)
        family = GaugeMetricFamily(
            "nakoming_source_state", "1 for the state that the source is in.", labels=("source", "state")
        )
        now = self._house.clock()
        for name, source in self._house.sources.items():
            how = health(states.get(name) or SourceState(name=name), now, source.every, source.silent_after)
            for state in Health:
                family.add_metric((name, state.value), float(state is how))
        yield family


def _gauge(name: str, about: str, label: str, values: dict[str, int] | dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=(label,))
    for value, number in sorted(values.items()):
        family.add_metric((value,), float(number))
    return family


@router.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """The store can be read; anything else (a source that is down) is no reason to take us out of service."""
    house: House = request.app.state.house
    try:
        with house.store.read() as session:
            newest = events.last_id(session)
    except StoreError:
        return JSONResponse({"ready": False, "database": "does not answer"}, status_code=503)
    return JSONResponse({"ready": True, "database": "ok", "events": newest})


@router.get("/metrics")
def metrics(request: Request) -> Response:
    figures: Figures = request.app.state.figures
    return Response(generate_latest(figures.registry), media_type=METRICS_TYPE)
