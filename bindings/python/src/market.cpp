#include "jiedui/pairing/market.hpp"

#include "common.hpp"
#include "plan.hpp"
#include "watch.hpp"

namespace jiedui::python {

VolunteerIndex index_of(const Market& market, const VolunteerOrId& given) {
  if (const auto* index = std::get_if<VolunteerIndex>(&given)) return *index;
  return market.volunteer_index(std::get<std::string>(given));
}

NeedIndex index_of(const Market& market, const NeedOrId& given) {
  if (const auto* index = std::get_if<NeedIndex>(&given)) return *index;
  return market.need_index(std::get<std::string>(given));
}

namespace {

using Travel = std::map<EnumOrName<TravelMode>, TravelSpeed>;

/// An edge: from, to, and seconds for all modes or for each.
using RoadSeconds = std::variant<std::array<Whole<std::int32_t>, 5>, Whole<std::int32_t>>;
using RoadRow = std::tuple<Whole<std::uint32_t>, Whole<std::uint32_t>, RoadSeconds>;

RoadGraph road_graph(std::vector<Position> nodes, const std::vector<RoadRow>& edges) {
  RoadGraph roads{.nodes = std::move(nodes), .edges = {}};
  for (const auto& [from, to, seconds] : edges) {
    RoadGraph::Edge edge{.from = from, .to = to};
    if (const auto* all = std::get_if<1>(&seconds))
      edge.seconds.fill(*all);
    else
      std::copy(std::get<0>(seconds).begin(), std::get<0>(seconds).end(), edge.seconds.begin());
    roads.edges.push_back(edge);
  }
  return roads;
}

void bind_roads(py::module_& m) {
  py::class_<RoadGraph> roads(m, "RoadGraph", DOC("RoadGraph"));
  roads.attr("closed") = RoadGraph::closed;
  roads
      .def(py::init(&road_graph), "nodes"_a, "edges"_a,
           "nodes: positions.\n"
           "edges: rows of from, to and seconds, one way each; nodes by number, seconds as one "
           "number "
           "for all travel modes or one for each (walk, cycle, ebike, transit, car), "
           "RoadGraph.closed where it cannot be used.")
      .def_property_readonly(
          "nodes", [](const RoadGraph& self) { return self.nodes; }, "The positions.")
      .def_property_readonly(
          "edges",
          [](const RoadGraph& self) {
            std::vector<std::tuple<std::uint32_t, std::uint32_t, std::array<std::int32_t, 5>>> rows;
            for (const RoadGraph::Edge& edge : self.edges)
              rows.emplace_back(edge.from, edge.to, edge.seconds);
            return rows;
          },
          "Rows of from, to and seconds by travel mode.")
      .def("__eq__", &equal<RoadGraph>, "other"_a)
      .def("__repr__", [](const RoadGraph& self) {
        return "<jiedui.RoadGraph of " + std::to_string(self.nodes.size()) + " nodes, " +
               std::to_string(self.edges.size()) + " edges>";
      });
}

void bind_options(py::module_& m) {
  py::class_<TravelSpeed>(m, "TravelSpeed", DOC("TravelSpeed"))
      .def(py::init([](Whole<std::int32_t> metres_per_hour, Whole<std::int32_t> start_seconds) {
             return TravelSpeed{metres_per_hour, start_seconds};
           }),
           "metres_per_hour"_a = Whole<std::int32_t>{5'000},
           "start_seconds"_a = Whole<std::int32_t>{0})
      .def_readonly("metres_per_hour", &TravelSpeed::metres_per_hour,
                    DOC("TravelSpeed.metres_per_hour"))
      .def_readonly("start_seconds", &TravelSpeed::start_seconds, DOC("TravelSpeed.start_seconds"))
      .def("__repr__", [](const TravelSpeed& self) {
        return "TravelSpeed(metres_per_hour=" + std::to_string(self.metres_per_hour) +
               ", start_seconds=" + std::to_string(self.start_seconds) + ")";
      });
  py::class_<Reason>(m, "Reason", DOC("Reason"))
      .def_readonly("code", &Reason::code, DOC("Reason.code"))
      .def_readonly("text", &Reason::text, DOC("Reason.text"))
      .def("__repr__", [](const Reason& self) {
        return "<jiedui.Reason " + self.code + ": " + self.text + ">";
      });
}

using IdPairs = std::vector<std::pair<std::string, std::string>>;
/// Numbers by id: a dict, or rows of id and number.
using Numbers = std::variant<std::map<std::string, Whole<std::int32_t>>,
                             std::vector<std::pair<std::string, Whole<std::int32_t>>>>;

std::vector<PairName> pair_names(const IdPairs& given) {
  std::vector<PairName> names;
  for (const auto& [volunteer, need] : given) names.push_back({volunteer, need});
  return names;
}

/// Numbers by two ids: a dict, or rows of id, id and number.
using LentNumbers =
    std::variant<std::map<std::pair<std::string, std::string>, Whole<std::int32_t>>,
                 std::vector<std::tuple<std::string, std::string, Whole<std::int32_t>>>>;

std::vector<LentPairs> lent_pairs(const LentNumbers& given) {
  std::vector<LentPairs> rows;
  if (const auto* by_ids = std::get_if<0>(&given))
    for (const auto& [ids, pairs] : *by_ids) rows.push_back({ids.first, ids.second, pairs});
  else
    for (const auto& [from, to, pairs] : std::get<1>(given)) rows.push_back({from, to, pairs});
  return rows;
}

template <class Row>
std::vector<Row> rows_of(const Numbers& given) {
  std::vector<Row> rows;
  std::visit(
      [&](const auto& each) {
        for (const auto& [id, number] : each) rows.push_back({id, number});
      },
      given);
  return rows;
}

const char* const market_doc =
    "Makes the market of a network. Rules and points are the standard ones unless given; they may "
    "be given in Python (Rules.add, PointTerms.add).\n\n"
    "from_: first local day of the planning horizon; by default the first day on which a need has "
    "a dated window, else the latest registration of a volunteer.\n"
    "days: length of the horizon, 1 to 366.\n"
    "begin_after: only pairs that begin after this moment; a pair begins at the earliest time in "
    "its slot that suits both. Pinned pairs, and pairs without a time, stay.\n"
    "zone: IANA name, of all windows.\n"
    "slot_cuts: where each day is cut into slots, in seconds of local time, rising; by default "
    "noon and 18:00. A volunteer has at most one pair in a slot.\n"
    "span_slots: whether a pair may take several slots in a row, and with them a time across a "
    "cut, where no slot alone suits both. The plan then has a bound, as with lending.\n"
    "travel: TravelSpeed by TravelMode or its name; the others keep their default.\n"
    "roads: a RoadGraph; minutes of reach and nearness then go by its seconds, and all eligible "
    "pairs "
    "are listed when the market is made.\n"
    "pairs_max: more eligible candidates are refused where they must be listed: for a term of "
    "one's own without bounds, and by instance().\n"
    "pinned: pairs that every plan has, as (volunteer, need). Each must be eligible, and all "
    "together within the limits.\n"
    "forbidden: pairs that no plan has.\n"
    "pin_bonds: pins each need of a beneficiary to volunteers with a bond to him, as far as they "
    "are eligible and the limits allow.\n"
    "least: pairs that a volunteer is to have at least, {\"V-1\": 1}. They come before all tiers; "
    "where they cannot all be met, the plan meets the most and names the others (Plan.unmet).\n"
    "load_cost: what a volunteer's first, second … pair costs in points, [0, 20, 60], never "
    "falling; further pairs cost as much as the last.\n"
    "load_before: pairs that count for a volunteer's load already, {\"V-1\": 3}.\n"
    "organisation_totals: most pairs that the volunteers of an organisation may have in all, "
    "{\"O-1\": 20}.\n"
    "lending: most pairs that one organisation may lend another, {(\"O-1\", \"O-2\"): 3}: of its "
    "volunteers, for needs of the other's activities. This and changes_at_most cross the other "
    "limits: the plan has a bound, and is proved best only if its gap is 0. A Dispatcher does not "
    "take them.\n"
    "before: an earlier plan; changes_at_most: the most of its pairs that may be missing from the "
    "next one.\n"
    "threads: to use, 1 to 64; the answer is the same for any number.\n"
    "progress: as for solve.\n\n"
    "Raises Error \"horizon_unknown\", \"horizon_too_wide\", \"zone_unknown\", "
    "\"slot_cuts_invalid\", \"days_out_of_range\", \"too_many_pairs\", \"overflow\" (threads, "
    "travel); of the options that limit plans: \"id_unknown\", \"option_invalid\", "
    "\"pin_not_eligible\", \"pin_infeasible\", \"pin_forbidden\", \"lines_with_slots\", "
    "\"teams_not_paired\".";

Market make_market(const Network& network, const std::optional<Rules>& rules,
                   const std::optional<PointTerms>& points, std::optional<Date> from,
                   std::optional<Whole<int>> days, std::optional<Instant> begin_after,
                   const std::string& zone,
                   const std::optional<std::vector<Whole<std::int32_t>>>& slot_cuts,
                   bool span_slots, const std::optional<Travel>& travel,
                   const std::optional<RoadGraph>& roads, Whole<std::int64_t> pairs_max,
                   const IdPairs& pinned, const IdPairs& forbidden, bool pin_bonds,
                   const Numbers& least, const std::vector<Whole<std::int64_t>>& load_cost,
                   const Numbers& load_before, const Numbers& organisation_totals,
                   const LentNumbers& lending, const std::optional<DrawablePlan>& before,
                   std::optional<Whole<std::int64_t>> changes_at_most, Whole<int> threads,
                   const Progress& progress) {
  MarketOptions options;
  options.from = from;
  if (days) options.days = days->value;
  options.begin_after = begin_after;
  options.zone = zone;
  if (slot_cuts) options.slot_cuts.assign(slot_cuts->begin(), slot_cuts->end());
  options.span_slots = span_slots;
  if (travel)
    for (const auto& [mode, speed] : *travel)
      options.travel[static_cast<std::size_t>(chosen(mode))] = speed;
  options.roads = roads;
  options.pairs_max = pairs_max;
  options.pinned = pair_names(pinned);
  options.forbidden = pair_names(forbidden);
  options.pin_bonds = pin_bonds;
  options.least = rows_of<VolunteerPairs>(least);
  options.load_cost.assign(load_cost.begin(), load_cost.end());
  options.load_before = rows_of<VolunteerPairs>(load_before);
  options.organisation_totals = rows_of<OrganisationPairs>(organisation_totals);
  options.lending = lent_pairs(lending);
  options.before = before;
  if (changes_at_most) options.changes_at_most = changes_at_most->value;
  options.threads = threads;
  Watch watch(progress, "finding pairs");
  options.control = watch.control();
  std::optional<Market> market;
  {
    const py::gil_scoped_release unlocked;
    market.emplace(network, rules.value_or(standard_rules()), points.value_or(standard_points()),
                   std::move(options));
  }
  watch.close();
  return std::move(*market);
}

void bind_questions(py::class_<Market>& market) {
  market
      .def(
          "reasons_against",
          [](const Market& self, const VolunteerOrId& volunteer, const NeedOrId& need) {
            return self.reasons_against(index_of(self, volunteer), index_of(self, need));
          },
          "volunteer"_a, "need"_a, DOC("Market.reasons_against"))
      .def(
          "candidates",
          [](const Market& self, const VolunteerOrId& volunteer, const NeedOrId& need) {
            return self.candidates(index_of(self, volunteer), index_of(self, need));
          },
          "volunteer"_a, "need"_a, DOC("Market.candidates"))
      .def(
          "candidates",
          [](const Market& self, const std::vector<VolunteerOrId>& volunteers,
             const NeedOrId& need) {
            std::vector<VolunteerIndex> indexes;
            for (const VolunteerOrId& volunteer : volunteers)
              indexes.push_back(index_of(self, volunteer));
            return self.candidates(indexes, index_of(self, need));
          },
          "volunteers"_a, "need"_a, DOC("Market.candidates#2"))
      .def(
          "best",
          [](const Market& self, const NeedOrId& need, Whole<std::uint32_t> count) {
            return self.best(index_of(self, need), count);
          },
          "need"_a, "count"_a, DOC("Market.best"))
      .def(
          "requests",
          [](const Market& self, const VolunteerOrId& volunteer) {
            return self.requests(index_of(self, volunteer));
          },
          "volunteer"_a, DOC("Market.requests"))
      .def(
          "metres",
          [](const Market& self, const VolunteerOrId& volunteer, const NeedOrId& need) {
            return self.metres(index_of(self, volunteer), index_of(self, need));
          },
          "volunteer"_a, "need"_a, DOC("Market.metres"))
      .def(
          "time_of",
          [](const Market& self, const VolunteerOrId& volunteer, const NeedOrId& need,
             Whole<std::uint32_t> slot) {
            return self.time_of(index_of(self, volunteer), index_of(self, need), slot);
          },
          "volunteer"_a, "need"_a, "slot"_a, DOC("Market.time_of"));
}

}  // namespace

void bind_market(py::module_& m) {
  bind_options(m);
  bind_roads(m);
  m.attr("Slot") = m.attr("Interval");
  py::class_<Market> market(m, "Market", DOC("Market"));
  market
      .def(py::init(&make_market), "network"_a, "rules"_a = py::none(), "points"_a = py::none(),
           py::kw_only(), "from_"_a = py::none(), "days"_a = py::none(),
           "begin_after"_a = py::none(), "zone"_a = MarketOptions{}.zone,
           "slot_cuts"_a = py::none(), "span_slots"_a = false, "travel"_a = py::none(),
           "roads"_a = py::none(), "pairs_max"_a = Whole<std::int64_t>{MarketOptions{}.pairs_max},
           "pinned"_a = IdPairs{}, "forbidden"_a = IdPairs{}, "pin_bonds"_a = false,
           "least"_a = Numbers{}, "load_cost"_a = std::vector<Whole<std::int64_t>>{},
           "load_before"_a = Numbers{}, "organisation_totals"_a = Numbers{},
           "lending"_a = LentNumbers{}, "before"_a = py::none(), "changes_at_most"_a = py::none(),
           "threads"_a = Whole<int>{1}, "progress"_a = py::none(), market_doc)
      .def_property_readonly("volunteer_count", &Market::volunteer_count)
      .def_property_readonly("need_count", &Market::need_count)
      .def("volunteer_id", &Market::volunteer_id, "volunteer"_a, "The external id.")
      .def("need_id", &Market::need_id, "need"_a, "The external id.")
      .def("volunteer_index", &Market::volunteer_index, "id"_a, DOC("Market.volunteer_index"))
      .def("need_index", &Market::need_index, "id"_a, DOC("Market.volunteer_index"))
      .def("find_volunteer", &Market::find_volunteer, "id"_a, "The index, or None.")
      .def("find_need", &Market::find_need, "id"_a, "The index, or None.")
      .def("organisation_id", &Market::organisation_id, "organisation"_a,
           DOC("Market.organisation_id"))
      .def_property_readonly("pair_count", py::cpp_function(&Market::pair_count, Unlocked()),
                             DOC("Market.pair_count"))
      .def_property_readonly("points_range", &Market::points_range, DOC("Market.points_range"))
      .def_property_readonly("limits", &Market::limits, DOC("Market.limits"))
      .def("instance", &Market::instance, Unlocked(), DOC("Market.instance"))
      .def("needs_without_slot", &Market::needs_without_slot, DOC("Market.needs_without_slot"))
      .def_property_readonly("slots", &Market::slots, DOC("Slot"))
      .def(
          "slots_taken",
          [](const Market& self, std::optional<Whole<std::uint32_t>> slot) {
            const solver::SlotRun run =
                self.slots_taken(slot ? slot->value : solver::Candidate::no_slot);
            std::vector<std::uint32_t> slots;
            const auto end = std::min<std::uint64_t>(run.end, self.slots().size());
            for (std::uint32_t at = run.first; at < end; ++at) slots.push_back(at);
            return slots;
          },
          "slot"_a, DOC("Market.slots_taken"))
      .def_property_readonly("network", &Market::network, DOC("Market.network"))
      .def_property_readonly("from_", &Market::from, "First local day of the planning horizon.")
      .def_property_readonly("until", &Market::until, "Last local day of the planning horizon.")
      .def_property_readonly("needs_skill", &Market::needs_skill, DOC("Market.needs_skill"))
      .def_property_readonly("is_explicit", &Market::is_explicit, DOC("Market.is_explicit"))
      .def("__repr__", [](const Market& self) {
        return "<jiedui." + std::string(self.is_explicit() ? "ExplicitMarket: " : "Market: ") +
               std::to_string(self.volunteer_count()) + " volunteers, " +
               std::to_string(self.need_count()) + " needs>";
      });
  bind_questions(market);
}

}  // namespace jiedui::python
