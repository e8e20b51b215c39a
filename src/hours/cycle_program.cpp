#include "hours/cycle_program.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>

#ifdef JIEDUI_CBC
#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CbcSolver.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#endif

namespace jiedui::detail {

namespace {

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

/// Disjoint cycles: those of which a solution takes most, of equals the weightier.
std::vector<std::int32_t> disjoint(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                                   const double* solution) {
  std::vector<std::int32_t> order;
  for (std::size_t i = 0; i < cycles.size(); ++i) order.push_back(static_cast<std::int32_t>(i));
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    if (solution[a] != solution[b]) return solution[a] > solution[b];
    return cycles[at(a)].weight > cycles[at(b)].weight;
  });
  std::vector<char> taken(at(nodes), 0);
  std::vector<std::int32_t> chosen;
  for (const std::int32_t i : order) {
    const PackedCycle& cycle = cycles[at(i)];
    const bool free = std::none_of(cycle.begin(), cycle.end(),
                                   [&](std::int32_t node) { return taken[at(node)] != 0; });
    if (!free) continue;
    for (const std::int32_t node : cycle) taken[at(node)] = 1;
    chosen.push_back(i);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace

#ifdef JIEDUI_CBC

namespace {

constexpr double tolerance = 1e-6;
constexpr int rounds_max = 60;
constexpr std::size_t sets_a_round = 300;
using NodeSet = std::vector<std::int32_t>;

/// Finds odd sets whose row a solution of the relaxed program breaks. Any three nodes,
/// exhaustively; five and seven by adding the node that is tied the most. The rows are those of odd
/// sets in matchings (Edmonds, J. Research NBS 69B (1965) 125), rounded (Chvátal, Discrete
/// Mathematics 4 (1973) 305) for cycles of three.
class OddSetSearch {
 public:
  OddSetSearch(const std::vector<PackedCycle>& cycles, const double* solution, std::int32_t nodes)
      : ties_(at(nodes)) {
    for (std::size_t i = 0; i < cycles.size(); ++i) {
      if (solution[i] < tolerance || solution[i] > 1 - tolerance) continue;
      const PackedCycle& cycle = cycles[i];
      for (const std::int32_t a : cycle)
        for (const std::int32_t b : cycle)
          if (a != b) ties_[at(a)][b] += solution[i];
      if (cycle.size == 3) {
        NodeSet nodes_of(cycle.begin(), cycle.end());
        std::sort(nodes_of.begin(), nodes_of.end());
        triples_[nodes_of] += solution[i];
      }
    }
  }

  /// The most broken ones, at most so many, that are not known.
  std::vector<NodeSet> find(const std::set<NodeSet>& known) {
    for (std::size_t a = 0; a < ties_.size(); ++a) {
      for (auto b = ties_[a].upper_bound(static_cast<std::int32_t>(a)); b != ties_[a].end(); ++b)
        for (auto c = std::next(b); c != ties_[a].end(); ++c)
          consider({static_cast<std::int32_t>(a), b->first, c->first},
                   b->second + c->second + tie(b->first, c->first));
      grow(static_cast<std::int32_t>(a));
    }
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<NodeSet> sets;
    for (auto& [excess, nodes] : found_) {
      if (sets.size() == sets_a_round) break;
      if (!known.contains(nodes) && std::find(sets.begin(), sets.end(), nodes) == sets.end())
        sets.push_back(std::move(nodes));
    }
    return sets;
  }

 private:
  double tie(std::int32_t a, std::int32_t b) const {
    const auto found = ties_[at(a)].find(b);
    return found == ties_[at(a)].end() ? 0 : found->second;
  }
  /// @param tied the sum of the ties within: a cycle counts once with two of its nodes in the set,
  /// and three times, not once, with three.
  void consider(const NodeSet& rising, double tied) {
    double sum = tied;
    for (std::size_t a = 0; a < rising.size(); ++a)
      for (std::size_t b = a + 1; b < rising.size(); ++b)
        for (std::size_t c = b + 1; c < rising.size(); ++c)
          if (const auto three = triples_.find({rising[a], rising[b], rising[c]});
              three != triples_.end())
            sum -= 2 * three->second;
    const std::size_t pairs = rising.size() / 2;
    const double excess = sum - static_cast<double>(pairs);
    if (excess > tolerance) found_.emplace_back(excess, rising);
  }
  void grow(std::int32_t first) {
    NodeSet nodes{first};
    std::map<std::int32_t, double> gain = ties_[at(first)];
    double tied = 0;
    while (nodes.size() < 7 && !gain.empty()) {
      const auto best =
          std::max_element(gain.begin(), gain.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      const std::int32_t node = best->first;
      tied += best->second;
      nodes.push_back(node);
      for (const auto& [other, own] : ties_[at(node)]) gain[other] += own;
      for (const std::int32_t member : nodes) gain.erase(member);
      if (nodes.size() < 5 || nodes.size() % 2 == 0) continue;
      NodeSet rising = nodes;
      std::sort(rising.begin(), rising.end());
      consider(rising, tied);
    }
  }

  std::vector<std::map<std::int32_t, double>> ties_;  // by node: to whom, how much
  std::map<NodeSet, double> triples_;
  std::vector<std::pair<double, NodeSet>> found_;
};

/// Ends the search when it is asked to stop, and tells that it goes on.
class Watch : public CbcEventHandler {
 public:
  explicit Watch(const Control& control) : control_(&control) {}
  CbcAction event(CbcEvent) override {
    if (control_->progress) control_->progress(0);
    return control_->stop.stop_requested() ? stop : noAction;
  }
  CbcEventHandler* clone() const override { return new Watch(*this); }

 private:
  const Control* control_;
};

class CycleProgram {
 public:
  CycleProgram(const std::vector<PackedCycle>& cycles, std::int32_t nodes, const Control& control)
      : cycles_(cycles), nodes_(nodes), control_(control), through_(at(nodes)) {
    CoinPackedMatrix rows(true, 0, 0);
    rows.setDimensions(nodes, 0);
    for (std::size_t i = 0; i < cycles.size(); ++i) {
      constexpr std::array<double, 3> ones{1, 1, 1};
      rows.appendCol(cycles[i].size, cycles[i].begin(), ones.data());
      for (const std::int32_t node : cycles[i]) through_[at(node)].push_back(static_cast<int>(i));
    }
    const std::vector<double> none(cycles.size(), 0), one(cycles.size(), 1);
    std::vector<double> cost;
    for (const PackedCycle& cycle : cycles) cost.push_back(-static_cast<double>(cycle.weight));
    const std::vector<double> lowest(at(nodes), -COIN_DBL_MAX), highest(at(nodes), 1);
    lp_.messageHandler()->setLogLevel(0);
    lp_.getModelPtr()->messageHandler()->setLogLevel(0);
    lp_.loadProblem(rows, none.data(), one.data(), cost.data(), lowest.data(), highest.data());
  }

  ProgramAnswer solve(std::int64_t steps_max) {
    lp_.initialSolve();
    tighten();
    ProgramAnswer answer;
    const double* price = lp_.getRowPrice();
    for (std::int32_t node = 0; node < nodes_; ++node) answer.prices.push_back(-price[node]);
    for (std::size_t i = 0; i < sets_.size(); ++i)
      answer.set_prices.push_back(-price[at(nodes_) + i]);
    answer.sets = sets_;
    answer.bound = -lp_.getObjValue();
    const double* solution = lp_.getColSolution();
    answer.proved = std::all_of(solution, solution + cycles_.size(),
                                [](double x) { return x < tolerance || x > 1 - tolerance; });
    answer.chosen = disjoint(cycles_, nodes_, solution);
    if (!answer.proved && !control_.stop.stop_requested()) search(steps_max, answer);
    return answer;
  }

 private:
  void tighten() {
    std::set<NodeSet> known;
    for (int round = 0; round < rounds_max && !control_.stop.stop_requested(); ++round) {
      if (control_.progress) control_.progress(0);
      const std::vector<NodeSet> broken =
          OddSetSearch(cycles_, lp_.getColSolution(), nodes_).find(known);
      if (broken.empty()) return;
      for (const NodeSet& nodes : broken) {
        std::map<int, int> met;
        for (const std::int32_t node : nodes)
          for (const int cycle : through_[at(node)]) ++met[cycle];
        std::vector<int> columns;
        for (const auto& [cycle, count] : met)
          if (count >= 2) columns.push_back(cycle);
        const std::vector<double> ones(columns.size(), 1);
        const std::size_t pairs = nodes.size() / 2;
        lp_.addRow(static_cast<int>(columns.size()), columns.data(), ones.data(), -COIN_DBL_MAX,
                   static_cast<double>(pairs));
        known.insert(nodes);
        sets_.push_back(nodes);
      }
      lp_.resolve();
    }
  }

  void search(std::int64_t steps_max, ProgramAnswer& answer) {
    for (std::size_t i = 0; i < cycles_.size(); ++i) lp_.setInteger(static_cast<int>(i));
    CbcModel model(lp_);
    const Watch watch(control_);
    model.passInEventHandler(&watch);
    CbcSolverUsefulData settings;
    settings.noPrinting_ = true;
    settings.useSignalHandler_ = false;
    CbcMain0(model, settings);
    // The rows of odd sets leave little for cuts to do, and these make dense rows; the feasibility
    // pump finds poor packings and takes longer than the rest.
    const std::string steps = std::to_string(std::min<std::int64_t>(steps_max, 1'000'000'000));
    std::vector<const char*> words{"jiedui",      "-log",   "0",     "-gomory", "off",
                                   "-twoMir",     "off",    "-feas", "off",     "-maxNodes",
                                   steps.c_str(), "-solve", "-quit"};
    CbcMain1(
        static_cast<int>(words.size()), words.data(), model, [](CbcModel*, int) { return 0; },
        settings);
    answer.steps = model.getNodeCount();
    answer.proved = model.isProvenOptimal();
    answer.bound = std::min(answer.bound, -model.getBestPossibleObjValue());
    if (const double* best = model.bestSolution()) {
      std::vector<std::int32_t> chosen = disjoint(cycles_, nodes_, best);
      if (weight(chosen) > weight(answer.chosen)) answer.chosen = std::move(chosen);
    }
  }

  std::int64_t weight(const std::vector<std::int32_t>& chosen) const {
    std::int64_t sum = 0;
    for (const std::int32_t i : chosen) sum += cycles_[at(i)].weight;
    return sum;
  }

  const std::vector<PackedCycle>& cycles_;
  std::int32_t nodes_;
  const Control& control_;
  std::vector<std::vector<int>> through_;  // by node: its cycles
  std::vector<NodeSet> sets_;              // of the rows after those of the nodes
  OsiClpSolverInterface lp_;
};

}  // namespace

ProgramAnswer solve_program(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                            std::int64_t steps_max, const Control& control) {
  return CycleProgram(cycles, nodes, control).solve(steps_max);
}

#else

ProgramAnswer solve_program(const std::vector<PackedCycle>& cycles, std::int32_t nodes,
                            std::int64_t, const Control&) {
  const std::vector<double> none(cycles.size(), 0);
  ProgramAnswer answer;
  answer.chosen = disjoint(cycles, nodes, none.data());
  answer.bound = std::numeric_limits<double>::infinity();
  answer.prices.assign(at(nodes), 0);
  return answer;
}

#endif

}  // namespace jiedui::detail
