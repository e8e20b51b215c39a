"""The graph of a network, as networkx sees the same edges."""

from __future__ import annotations

import networkx as nx
import pytest
from towns import volunteers

import jiedui as jd


@pytest.fixture(scope="module")
def network() -> jd.Network:
    people = volunteers(60)
    people["organisation"] = [f"O-{number % 7}" for number in range(60)]
    people["place"] = [f"P-{number % 5}" for number in range(60)]
    return jd.Network.from_frames(
        volunteers=people,
        organisations={"id": [f"O-{number}" for number in range(7)]},
        places={"id": [f"P-{number}" for number in range(5)], "level": [4] * 5},
        beneficiaries={"id": [f"B-{number}" for number in range(20)]},
        edges={
            "id": [f"E-{number}" for number in range(30)],
            "kind": ["bond"] * 30,
            "from": [f"V-{number:05}" for number in range(30)],
            "to": [f"B-{number * number % 20}" for number in range(30)],
            "weight": [number + 1 for number in range(30)],
        },
    )


def as_networkx(network: jd.Network) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for name, entity in zip(jd.table_names[:-1], jd.entity_names[:-1]):  # rows of edges are edges
        graph.add_nodes_from((entity, key) for key in network.ids(name))
    rows = jd.Graph(network).table(network).to_arrow().to_pylist()
    for row in rows:
        graph.add_edge((row["from_kind"], row["from"]), (row["to_kind"], row["to"]), kind=row["kind"])
    return graph


def test_edges_and_vertices(network: jd.Network) -> None:
    graph, other = jd.Graph(network), as_networkx(network)
    assert graph.vertex_count == other.number_of_nodes() and graph.edge_count == other.number_of_edges()
    kinds = [kind for _, _, kind in other.edges(data="kind")]
    assert kinds.count("bond") == 30 and kinds.count("belongs") == 60 and kinds.count("located") == 60


def test_neighbours(network: jd.Network) -> None:
    graph, other = jd.Graph(network), as_networkx(network)
    for row, key in enumerate(network.ids("volunteers")):
        vertex = graph.vertex("volunteer", row)
        assert graph.entity(vertex).entity is jd.Entity.volunteer and graph.entity(vertex).index == row
        out = [graph.link(edge) for edge in range(graph.first_out(vertex), graph.first_out(vertex + 1))]
        assert all(link.from_ == vertex for link in out)
        assert len(out) == other.out_degree(("volunteer", key))
    for row, key in enumerate(network.ids("beneficiaries")):
        into = graph.in_(graph.vertex("beneficiary", row))
        assert len(into) == other.in_degree(("beneficiary", key))
        assert {graph.link(edge).kind for edge in into} <= {jd.EdgeKind.bond}


def test_what_is_not_there(network: jd.Network) -> None:
    graph = jd.Graph(network)
    for use in (
        lambda: graph.link(graph.edge_count),
        lambda: graph.entity(graph.vertex_count),
        lambda: graph.vertex("volunteer", 60),
        lambda: graph.in_(graph.vertex_count),
    ):
        with pytest.raises(IndexError):
            use()
