#include "jiedui/pairing/market.hpp"

#include "common.hpp"
#include "jiedui/pairing/solver/instance.hpp"
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

using Candidate = solver::Candidate;
using Travel = std::map<EnumOrName<TravelMode>, TravelSpeed>;

/// The instance of a market, which it keeps alive.
struct InstanceOfMarket {
  Market market;
  const solver::Instance& operator*() const { return market.instance(); }
};

std::optional<std::uint32_t> slot_of(const Candidate& candidate) {
  if (candidate.slot == Candidate::no_slot) return std::nullopt;
  return candidate.slot;
}

NumpyArray candidates_view(const py::object& self, std::uint64_t first, std::uint64_t end) {
  const auto& candidates = (*self.cast<const InstanceOfMarket&>()).candidates;
  py::array_t<Candidate> array(static_cast<py::ssize_t>(end - first), candidates.data() + first,
                               self);
  array.attr("setflags")("write"_a = false);
  return array;
}

template <auto Member>
NumpyArray numbers_view(const py::object& self) {
  return view((*self.cast<const InstanceOfMarket&>()).*Member, self);
}

void bind_instance(py::module_& m) {
  PYBIND11_NUMPY_DTYPE(Candidate, volunteer, slot, points);
  py::class_<Candidate> candidate(m, "Candidate", DOC("solver.Candidate"));
  candidate.attr("no_slot") = Candidate::no_slot;
  candidate
      .def_property_readonly("volunteer",
                             [](const Candidate& self) { return VolunteerIndex{self.volunteer}; })
      .def_property_readonly("slot", &slot_of, "The stretch of time it takes, or None.")
      .def_readonly("points", &Candidate::points)
      .def("__eq__", &equal<Candidate>, "other"_a)
      .def("__repr__", [](const Candidate& self) {
        const auto slot = slot_of(self);
        return "<jiedui.Candidate volunteer " + std::to_string(self.volunteer) + ", slot " +
               (slot ? std::to_string(*slot) : "none") + ", " + std::to_string(self.points) +
               " points>";
      });

  py::class_<InstanceOfMarket> instance(m, "Instance", DOC("solver.Instance"));
  instance.attr("tiers_max") = solver::Instance::tiers_max;
  instance.attr("points_max") = solver::Instance::points_max;
  instance
      .def_property_readonly("capacity", &numbers_view<&solver::Instance::capacity>,
                             DOC("solver.Instance.capacity"))
      .def_property_readonly("demand", &numbers_view<&solver::Instance::demand>,
                             DOC("solver.Instance.demand"))
      .def_property_readonly("tier", &numbers_view<&solver::Instance::tier>,
                             DOC("solver.Instance.tier"))
      .def_property_readonly("first", &numbers_view<&solver::Instance::first>,
                             DOC("solver.Instance.first"))
      .def_property_readonly(
          "candidates",
          [](const py::object& self) {
            return candidates_view(self, 0,
                                   (*self.cast<const InstanceOfMarket&>()).candidates.size());
          },
          "All candidates, need by need, as an array of (volunteer, slot, points).")
      .def_property_readonly(
          "volunteers", [](const InstanceOfMarket& self) { return (*self).volunteers(); },
          "How many volunteers there are.")
      .def_property_readonly(
          "needs", [](const InstanceOfMarket& self) { return (*self).needs(); },
          "How many needs there are.")
      .def(
          "candidates_of",
          [](const py::object& self, Whole<std::uint32_t> need) {
            const solver::Instance& numbers = *self.cast<const InstanceOfMarket&>();
            if (need >= numbers.needs()) throw py::index_error("there is no such need");
            return candidates_view(self, numbers.first[need], numbers.first[need.value + 1]);
          },
          "need"_a, "The candidates of one need, by its index.");
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

MarketOptions options_of(std::optional<Date> from, std::optional<Whole<int>> days,
                         const std::string& zone,
                         const std::optional<std::vector<Whole<std::int32_t>>>& slot_cuts,
                         const std::optional<Travel>& travel, Whole<std::int64_t> pairs_max) {
  MarketOptions options;
  options.from = from;
  if (days) options.days = days->value;
  options.zone = zone;
  options.pairs_max = pairs_max;
  if (slot_cuts) options.slot_cuts.assign(slot_cuts->begin(), slot_cuts->end());
  if (travel)
    for (const auto& [mode, speed] : *travel)
      options.travel[static_cast<std::size_t>(chosen(mode))] = speed;
  return options;
}

const char* const market_doc =
    "Makes the market of a network. Rules and points are the standard ones unless given; they may "
    "be given in Python (Rules.add, PointTerms.add).\n\n"
    "from_: first local day of the planning horizon; by default the first day on which a need has "
    "a dated window, else the latest registration of a volunteer.\n"
    "days: length of the horizon, 1 to 366.\n"
    "zone: IANA name, of all windows.\n"
    "slot_cuts: where each day is cut into slots, in seconds of local time, rising; by default "
    "noon and 18:00. A volunteer has at most one pair in a slot.\n"
    "travel: TravelSpeed by TravelMode or its name; the others keep their default.\n"
    "pairs_max: more eligible candidates are refused.\n\n"
    "Raises Error \"horizon_unknown\", \"zone_unknown\", \"slot_cuts_invalid\", "
    "\"days_out_of_range\", \"too_many_pairs\".";

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

void bind_explicit(py::module_& m) {
  py::class_<ExplicitMarket, Market>(m, "ExplicitMarket", DOC("ExplicitMarket"))
      .def(
          py::init([](const WholeArray& volunteer, const WholeArray& need, const WholeArray& points,
                      const WholeArray& capacity, const WholeArray& demand,
                      const std::optional<WholeArray>& tier, const std::optional<WholeArray>& slot,
                      std::vector<std::string> volunteer_ids, std::vector<std::string> need_ids) {
            PairColumns pairs{whole_numbers<std::uint32_t>(volunteer, "volunteer"),
                              whole_numbers<std::uint32_t>(need, "need"),
                              whole_numbers<std::int64_t>(points, "points"),
                              {}};
            if (slot) pairs.slot = whole_numbers<std::uint32_t>(*slot, "slot");
            std::vector<std::int32_t> tiers;
            if (tier) tiers = whole_numbers<std::int32_t>(*tier, "tier");
            auto capacities = whole_numbers<std::int32_t>(capacity, "capacity");
            auto demands = whole_numbers<std::int32_t>(demand, "demand");
            const py::gil_scoped_release unlocked;
            return ExplicitMarket(std::move(pairs), std::move(capacities), std::move(demands),
                                  std::move(tiers), std::move(volunteer_ids), std::move(need_ids));
          }),
          py::kw_only(), "volunteer"_a, "need"_a, "points"_a, "capacity"_a, "demand"_a,
          "tier"_a = py::none(), "slot"_a = py::none(),
          "volunteer_ids"_a = std::vector<std::string>{}, "need_ids"_a = std::vector<std::string>{},
          "volunteer, need, points, slot: one entry for each eligible pair; volunteer and need are "
          "indexes, slot is Candidate.no_slot (or left out) for a pair without one.\n"
          "capacity: pairs that each volunteer can take.\n"
          "demand: people that each need asks for; tier: 1, the most urgent, to 16.\n"
          "volunteer_ids, need_ids: external ids; by default the indexes in decimal.\n\n"
          "Raises TypeError for floats; Error \"array_length\", \"index_out_of_range\", "
          "\"pair_double\" and the like.");
}

}  // namespace

void bind_market(py::module_& m) {
  bind_options(m);
  bind_instance(m);
  m.attr("Slot") = m.attr("Interval");
  py::class_<Market> market(m, "Market", DOC("Market"));
  market
      .def(py::init([](const Network& network, const std::optional<Rules>& rules,
                       const std::optional<PointTerms>& points, std::optional<Date> from,
                       std::optional<Whole<int>> days, const std::string& zone,
                       const std::optional<std::vector<Whole<std::int32_t>>>& slot_cuts,
                       const std::optional<Travel>& travel, Whole<std::int64_t> pairs_max,
                       const Progress& progress) {
             MarketOptions options = options_of(from, days, zone, slot_cuts, travel, pairs_max);
             Watch watch(progress, "finding pairs");
             options.control = watch.control();
             std::optional<Market> market;
             {
               const py::gil_scoped_release unlocked;
               market.emplace(network, rules.value_or(standard_rules()),
                              points.value_or(standard_points()), std::move(options));
             }
             watch.close();
             return std::move(*market);
           }),
           "network"_a, "rules"_a = py::none(), "points"_a = py::none(), py::kw_only(),
           "from_"_a = py::none(), "days"_a = py::none(), "zone"_a = MarketOptions{}.zone,
           "slot_cuts"_a = py::none(), "travel"_a = py::none(),
           "pairs_max"_a = Whole<std::int64_t>{MarketOptions{}.pairs_max},
           "progress"_a = py::none(), market_doc)
      .def_property_readonly("volunteer_count", &Market::volunteer_count)
      .def_property_readonly("need_count", &Market::need_count)
      .def("volunteer_id", &Market::volunteer_id, "volunteer"_a, "The external id.")
      .def("need_id", &Market::need_id, "need"_a, "The external id.")
      .def("volunteer_index", &Market::volunteer_index, "id"_a, DOC("Market.volunteer_index"))
      .def("need_index", &Market::need_index, "id"_a, DOC("Market.volunteer_index"))
      .def_property_readonly("pair_count", &Market::pair_count, DOC("Market.pair_count"))
      .def(
          "instance", [](const Market& self) { return InstanceOfMarket{self}; },
          DOC("Market.instance"))
      .def("needs_without_slot", &Market::needs_without_slot, DOC("Market.needs_without_slot"))
      .def_property_readonly("slots", &Market::slots, DOC("Slot"))
      .def_property_readonly("network", &Market::network, DOC("Market.network"))
      .def_property_readonly("from_", &Market::from, "First local day of the planning horizon.")
      .def_property_readonly("until", &Market::until, "Last local day of the planning horizon.")
      .def_property_readonly("needs_skill", &Market::needs_skill, DOC("Market.needs_skill"))
      .def_property_readonly("is_explicit", &Market::is_explicit, DOC("Market.is_explicit"))
      .def("__repr__", [](const Market& self) {
        return "<jiedui." + std::string(self.is_explicit() ? "ExplicitMarket: " : "Market: ") +
               std::to_string(self.volunteer_count()) + " volunteers, " +
               std::to_string(self.need_count()) + " needs, " + std::to_string(self.pair_count()) +
               " eligible pairs>";
      });
  bind_questions(market);
  bind_explicit(m);
}

}  // namespace jiedui::python
