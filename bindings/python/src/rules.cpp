#include "jiedui/pairing/rules.hpp"

#include "blocks.hpp"

namespace jiedui::python {
namespace {

/// The least and the most value of a term.
using Bounds = std::pair<Whole<std::int64_t>, Whole<std::int64_t>>;

std::optional<std::pair<std::int64_t, std::int64_t>> pair_of(
    const std::optional<TermBounds>& bounds) {
  if (!bounds) return std::nullopt;
  return std::pair(bounds->least, bounds->most);
}

using RuleFunction = As<"collections.abc.Callable[[PairBlock], numpy.typing.ArrayLike]">;

void bind_blocks(py::module_& m) {
  py::class_<BlockVolunteers>(m, "BlockVolunteers",
                              "The volunteers of a PairBlock, column by column.")
      .def_property_readonly(
          "index", [](const BlockVolunteers& self) -> NumpyArray { return self.index; },
          "Their rows in network.volunteers.")
      .def("__len__", [](const BlockVolunteers& self) { return py::len(self.index); })
      .def(
          "__getitem__",
          [](const BlockVolunteers& self, const std::string& column) -> NumpyArray {
            return self.cache->column(column).attr("__getitem__")(self.index);
          },
          "column"_a,
          "A column of docs/formats.md for these volunteers: texts as str, None where absent; "
          "whole "
          "numbers as int64, masked where absent; personal fields included.");
  py::class_<BlockNeed>(m, "BlockNeed", "The need of a PairBlock, field by field.")
      .def_readonly("index", &BlockNeed::index, "Its row in network.needs.")
      .def(
          "__getitem__", [](const BlockNeed& self, const std::string& column) -> As<"typing.Any"> {
            return self.cache->column(column).attr("__getitem__")(self.index.value());
          },
          "column"_a, "A column of docs/formats.md for this need; numpy.ma.masked where absent.");
  py::class_<Block>(m, "PairBlock", DOC("PairBlock"))
      .def_readonly("network", &Block::network)
      .def_readonly("need", &Block::need)
      .def_readonly("volunteers", &Block::volunteers)
      .def_property_readonly(
          "metres", [](const Block& self) -> NumpyArray { return self.metres; },
          "Straight-line metres to each volunteer as whole numbers; masked where unknown.")
      .def_property_readonly("size",
                             [](const Block& self) { return py::len(self.volunteers.index); })
      .def("__len__", [](const Block& self) { return py::len(self.volunteers.index); });
}

}  // namespace

void bind_rules(py::module_& m) {
  bind_enum<StandardRule>(m, "StandardRule", DOC("StandardRule"));
  bind_enum<StandardTerm>(m, "StandardTerm", DOC("StandardTerm"));
  m.attr("standard_rule_count") = standard_rule_count;
  m.attr("standard_term_count") = standard_term_count;
  bind_blocks(m);

  py::class_<Rules> rules(m, "Rules", DOC("Rules"));
  py::class_<Rules::Own>(rules, "Own", "A rule of one's own.")
      .def_readonly("code", &Rules::Own::code, DOC("Rules.Own.code"))
      .def_readonly("reason", &Rules::Own::reason, DOC("Rules.Own.reason"));
  rules
      .def(
          "without",
          [](const Rules& self, const EnumOrName<StandardRule>& rule) {
            return self.without(chosen(rule));
          },
          "rule"_a, DOC("Rules.without"))
      .def(
          "add",
          [](const Rules& self, const std::string& code, const std::string& reason,
             const RuleFunction& function) {
            const BlockFunction call("rule '" + code + "'", function);
            return self.add_block(code, reason,
                                  [call](const PairBlock& block, std::span<std::uint8_t> fits) {
                                    call.fill(block, fits);
                                  });
          },
          "code"_a, "reason"_a, "function"_a,
          "Adds a rule as a function over a PairBlock. It returns an array of bool, True where "
          "the two may be paired:\n\n    rules.add(\"own_car\", \"does not come by car\",\n"
          "              lambda block: block.volunteers[\"travel_mode\"] == \"car\")\n\n"
          "It must be pure: it is called for many blocks, in any order. Raises Error with the "
          "rule's code as its place where the function fails.")
      .def(
          "has",
          [](const Rules& self, const EnumOrName<StandardRule>& rule) {
            return self.has(chosen(rule));
          },
          "rule"_a, "Whether it is one of these rules.")
      .def_property_readonly("own", &Rules::own, "The rules of one's own.")
      .def("__repr__", [](const Rules& self) {
        std::string text = "<jiedui.Rules:";
        std::size_t number = 0;
        for (const std::string_view name : names(StandardRule{}))
          if (self.has(static_cast<StandardRule>(number++))) text.append(" ").append(name);
        for (const Rules::Own& own : self.own()) text.append(" ").append(own.code);
        return text + ">";
      });
  m.def("standard_rules", &standard_rules, DOC("standard_rules"));

  py::class_<PointTerms> terms(m, "PointTerms", DOC("PointTerms"));
  py::class_<PointTerms::Own>(terms, "Own", "A term of one's own.")
      .def_readonly("code", &PointTerms::Own::code)
      .def_readonly("weight", &PointTerms::Own::weight)
      .def_property_readonly(
          "bounds", [](const PointTerms::Own& self) { return pair_of(self.bounds); },
          "Between which values the term lies, (least, most), or None.");
  terms
      .def(
          "weight",
          [](const PointTerms& self, const EnumOrName<StandardTerm>& term,
             Whole<std::int64_t> weight) { return self.weight(chosen(term), weight); },
          "term"_a, "weight"_a, DOC("PointTerms.weight"))
      .def(
          "add",
          [](const PointTerms& self, const std::string& code, Whole<std::int64_t> weight,
             const RuleFunction& function, const std::optional<Bounds>& bounds) {
            const BlockFunction call("points term '" + code + "'", function);
            std::optional<TermBounds> known;
            if (bounds) known = TermBounds{bounds->first, bounds->second};
            return self.add_block(
                code, weight,
                [call](const PairBlock& block, std::span<std::int64_t> points) {
                  call.fill(block, points);
                },
                known);
          },
          "code"_a, "weight"_a, "function"_a, "bounds"_a = py::none(),
          "Adds a term as a function over a PairBlock. It returns an array of whole numbers; "
          "floats are refused, as points decide and must be the same everywhere.\n\n"
          "bounds: (least, most), between which each value of the function lies. With them the "
          "market finds candidates best first and asks the function for those looked at only; "
          "narrow bounds let the search end early. Without, all eligible pairs are listed when the "
          "market is made, at most pairs_max.\n\n"
          "Raises Error \"overflow\", \"points_bounds_reversed\", \"code_taken\"; a value outside "
          "the bounds raises \"points_bound_broken\" where it is found.")
      .def(
          "weight_of",
          [](const PointTerms& self, const EnumOrName<StandardTerm>& term) {
            return self.weight_of(chosen(term));
          },
          "term"_a, "The weight of a standard term.")
      .def_property_readonly("own", &PointTerms::own, "The terms of one's own.")
      .def(
          "standard_bounds",
          [](const PointTerms& self) {
            const TermBounds bounds = self.standard_bounds();
            return std::pair(bounds.least, bounds.most);
          },
          DOC("PointTerms.standard_bounds"))
      .def(
          "own_bounds", [](const PointTerms& self) { return pair_of(self.own_bounds()); },
          "The same for one's own terms; None if one of them has no bounds.")
      .def("__repr__", [](const PointTerms& self) {
        std::string text = "<jiedui.PointTerms:";
        std::size_t number = 0;
        for (const std::string_view name : names(StandardTerm{}))
          if (const auto weight = self.weight_of(static_cast<StandardTerm>(number++)); weight != 0)
            text.append(" ").append(std::to_string(weight)).append("·").append(name);
        for (const PointTerms::Own& own : self.own())
          text.append(" ").append(std::to_string(own.weight)).append("·").append(own.code);
        return text + ">";
      });
  m.def("standard_points", &standard_points, DOC("standard_points"));
}

}  // namespace jiedui::python
