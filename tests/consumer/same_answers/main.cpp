// Solves seeded towns and prints a hash of each plan with its prices: one line for each town and
// order of its rows, ending with the hashes for 1, 2 and 4 threads.

#include <cstdio>
#include <random>

#include "jiedui/network/builder.hpp"
#include "jiedui/pairing/solve.hpp"
#include "jiedui/pairing/verify.hpp"
#include "made_town/made_town.hpp"

using namespace jiedui;

namespace {

/// FNV-1a of 64 bits.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char byte : text) value_ = (value_ ^ static_cast<unsigned char>(byte)) * prime;
    value_ = (value_ ^ 0xFFU) * prime;  // the end of the text
  }
  void add(int128 number) { add(to_string(number)); }
  std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t prime = 0x100'0000'01B3;
  std::uint64_t value_ = 0xCBF2'9CE4'8422'2325;
};

std::uint64_t hash_of(const Plan& plan) {
  Hash hash;
  for (const PlanData::Entry& entry : plan.data().pairs) {
    hash.add(entry.pair.volunteer);
    hash.add(entry.pair.need);
    hash.add(entry.pair.points.count());
    hash.add(entry.pair.metres ? entry.pair.metres->count() : -1);
    hash.add(entry.pair.begins ? format(*entry.pair.begins) : "");
    hash.add(entry.slot);
  }
  for (const OptimalityProof::Price& price : plan.proof().prices) {
    hash.add(price.volunteer);
    hash.add(price.slot);
    hash.add(price.price);
  }
  for (const OptimalityProof::Profit& profit : plan.proof().profits) {
    hash.add(profit.need);
    hash.add(profit.profit);
  }
  for (const OptimalityProof::TotalPrice& total : plan.proof().totals) hash.add(total.price);
  for (const OptimalityProof::LendingPrice& lending : plan.proof().lending) hash.add(lending.price);
  hash.add(plan.value());
  hash.add(plan.bound());
  return hash.value();
}

/// The cells by another order of the rows.
void permute(TextColumn& cells, const std::vector<std::size_t>& order) {
  TextColumn permuted;
  for (const std::size_t row : order) permuted.push_back(cells[row]);
  cells = std::move(permuted);
}
template <class Cell>
void permute(std::vector<Cell>& cells, const std::vector<std::size_t>& order) {
  if (cells.empty()) return;
  std::vector<Cell> permuted;
  for (const std::size_t row : order) permuted.push_back(cells[row]);
  cells = std::move(permuted);
}
void permute(DictionaryColumn& cells, const std::vector<std::size_t>& order) {
  permute(cells.codes, order);
}

void shuffle(Table& table, std::mt19937_64& random) {
  std::vector<std::size_t> order(table.rows());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    std::swap(order[i], order[random() % (i + 1)]);
  }
  for (Column& column : table.columns) {
    std::visit([&](auto& cells) { permute(cells, order); }, column.cells);
    permute(column.present, order);
  }
}

/// Once with limits that some of the towns run into, so that prices for them are searched.
MarketOptions options_of(const Network& network, bool has_more_limits) {
  MarketOptions options;
  if (!has_more_limits) return options;
  options.load_cost = {0, 50, 200};
  const TextColumn& ids = network.ids(Entity::organisation);
  for (std::size_t from = 0; from < ids.size(); ++from) {
    options.organisation_totals.push_back({std::string(ids[from]), 20});
    const std::size_t to = (from + 1) % ids.size();
    if (to != from) options.lending.push_back({std::string(ids[from]), std::string(ids[to]), 1});
  }
  return options;
}

}  // namespace

int main() {
  for (const made_town::Kind kind :
       {made_town::Kind::roomy, made_town::Kind::scarce, made_town::Kind::clustered,
        made_town::Kind::ties, made_town::Kind::adversarial})
    for (const bool is_shuffled : {false, true}) {
      auto tables = made_town::tables(
          {.volunteers = 1'500, .needs = 500, .seed = 7, .kind = kind, .communities = {}});
      std::mt19937_64 random(11);
      NetworkBuilder builder;
      for (auto& [entity, table] : tables) {
        if (is_shuffled) shuffle(table, random);
        builder.add(entity, table);
      }
      const Network network = builder.build();
      for (const bool has_more_limits : {false, true}) {
        std::printf("town %d, limits %d:", static_cast<int>(kind), has_more_limits ? 1 : 0);
        for (const int threads : {1, 2, 4}) {
          MarketOptions options = options_of(network, has_more_limits);
          options.threads = threads;
          const Market market(network, standard_rules(), standard_points(), std::move(options));
          const Plan plan = solve(market, {.threads = threads});
          if (verify(plan, market, {.threads = threads}).finding_count != 0) return 1;
          std::printf(" %016llx", static_cast<unsigned long long>(hash_of(plan)));
        }
        std::printf("\n");
      }
    }
}
