"""The graph of a network, as networkx sees the same edges."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import networkx as nx
import pytest
from towns import volunteers

import jiedui as jd

HERE = Path(__file__).parent


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


def random_network(seed: int) -> jd.Network:
    """People who supervise and recruit each other in several clusters, with members and weights."""
    dice = random.Random(seed)
    count = 60
    links = []
    for number in range(dice.randint(20, 90)):
        first = dice.randrange(count)
        second = dice.randrange(first // 15 * 15, first // 15 * 15 + 15)
        if first != second:
            links.append((f"E-{number}", "supervises", f"V-{first:05}", f"V-{second:05}", dice.randint(1, 20)))
    columns = dict(zip(("id", "kind", "from", "to", "weight"), map(list, zip(*links))))
    people = volunteers(count)
    people["organisation"] = [f"O-{dice.randrange(30)}" if dice.random() < 0.3 else None for _ in range(count)]
    return jd.Network.from_frames(
        volunteers=people, edges=columns, organisations={"id": [f"O-{number}" for number in range(30)]}
    )


@pytest.fixture(scope="module")
def boost_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The C++ program, built against the library that the module under test uses."""
    library = Path(jd._core.__file__).resolve().parents[2]
    if not (library / "libjiedui.so").exists():
        pytest.skip("SKIPPED: no shared library beside the module to build a C++ program with")
    program = tmp_path_factory.mktemp("graph") / "graph_results"
    include = HERE.parents[1] / "include"
    command = ["g++", "-std=c++20", "-O0", f"-I{include}", HERE / "graph_results.cpp", "-o", program]
    subprocess.run([*command, f"-L{library}", f"-Wl,-rpath,{library}", "-ljiedui"], check=True)
    return program


def test_boost_and_networkx_agree(boost_results: Path, tmp_path: Path) -> None:
    for seed in range(8):
        network = random_network(seed)
        graph = jd.Graph(network)
        directed = nx.MultiDiGraph()
        directed.add_nodes_from(range(graph.vertex_count))
        for link in (graph.link(edge) for edge in range(graph.edge_count)):
            directed.add_edge(link.from_, link.to, weight=link.weight)
        undirected = nx.Graph(directed.to_undirected())
        begin = graph.link(seed).from_
        jd.save(tmp_path / "town.capnp", network)
        said = subprocess.run(
            [boost_results, tmp_path / "town.capnp", str(begin)], check=True, capture_output=True, text=True
        ).stdout.splitlines()
        component, steps, distance, cut = ([int(word) for word in line.split()] for line in said)

        parts: dict[int, set[int]] = {}
        for vertex, label in enumerate(component):
            parts.setdefault(label, set()).add(vertex)
        assert sorted(map(sorted, parts.values())) == sorted(map(sorted, nx.connected_components(undirected)))
        reached = nx.single_source_shortest_path_length(directed, begin)
        assert steps == [reached.get(vertex, -1) for vertex in directed]
        near = nx.single_source_dijkstra_path_length(directed, begin)
        assert distance == [near.get(vertex, -1) for vertex in directed]
        assert set(cut) == set(nx.articulation_points(undirected))
        assert len(reached) > 1 and cut
