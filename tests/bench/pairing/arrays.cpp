#include "arrays.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <stdexcept>
#include <string>

namespace jiedui::bench {

namespace {

template <class Number>
std::filesystem::path file(const std::filesystem::path& folder, const std::string& name,
                           const std::vector<Number>&) {
  return folder / (name + (sizeof(Number) == 4 ? ".i32" : ".i64"));
}

template <class Number>
void write_array(const std::filesystem::path& folder, const std::string& name,
                 const std::vector<Number>& array) {
  std::ofstream out(file(folder, name, array), std::ios::binary);
  out.write(reinterpret_cast<const char*>(array.data()),
            static_cast<std::streamsize>(array.size() * sizeof(Number)));
  if (!out.flush()) throw std::runtime_error("cannot write " + name);
}

template <class Number>
void read_array(const std::filesystem::path& folder, const std::string& name,
                std::vector<Number>& array) {
  const auto path = file(folder, name, array);
  array.resize(std::filesystem::file_size(path) / sizeof(Number));
  std::ifstream in(path, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(array.data()),
               static_cast<std::streamsize>(array.size() * sizeof(Number))))
    throw std::runtime_error("cannot read " + name);
}

template <class Self, class Each>
void each_array(Self& arrays, Each each) {
  each("capacity", arrays.capacity);
  each("demand", arrays.demand);
  each("tier", arrays.tier);
  each("first", arrays.first);
  each("volunteer", arrays.volunteer);
  each("points", arrays.points);
  each("weight", arrays.weight);
}

}  // namespace

void add_weights(Arrays& arrays) {
  const auto [least, most] = std::minmax_element(arrays.points.begin(), arrays.points.end());
  const std::int64_t range = std::max<std::int64_t>(*most, 0) - std::min<std::int64_t>(*least, 0);
  std::int64_t units = 0;
  for (std::size_t n = 0; n < arrays.needs(); ++n)
    units += std::min<std::int64_t>(arrays.demand[n], arrays.first[n + 1] - arrays.first[n]);
  const std::int64_t step = units * range + 1;
  const std::int32_t tiers = *std::max_element(arrays.tier.begin(), arrays.tier.end());
  arrays.weight.clear();
  for (std::size_t n = 0; n < arrays.needs(); ++n)
    for (std::int64_t i = arrays.first[n]; i < arrays.first[n + 1]; ++i)
      arrays.weight.push_back((tiers + 1 - arrays.tier[n]) * step +
                              arrays.points[static_cast<std::size_t>(i)]);
}

void write(const Arrays& arrays, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  each_array(arrays,
             [&](const char* name, const auto& array) { write_array(folder, name, array); });
}

Arrays read(const std::filesystem::path& folder) {
  Arrays arrays;
  each_array(arrays, [&](const char* name, auto& array) { read_array(folder, name, array); });
  return arrays;
}

Arrays renumbered(const Arrays& arrays) {
  const std::size_t pairs = arrays.pairs();
  std::vector<std::int64_t> begin(arrays.volunteers() + 1, 0);  // of each volunteer, in needs_of
  for (const std::int32_t v : arrays.volunteer) ++begin[static_cast<std::size_t>(v) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> needs_of(pairs);
  std::vector<std::int64_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t n = 0; n < arrays.needs(); ++n)
    for (std::int64_t i = arrays.first[n]; i < arrays.first[n + 1]; ++i) {
      const std::int32_t v = arrays.volunteer[static_cast<std::size_t>(i)];
      needs_of[static_cast<std::size_t>(next[static_cast<std::size_t>(v)]++)] = n;
    }

  constexpr std::int32_t none = -1;
  std::vector<std::int32_t> new_volunteer(arrays.volunteers(), none);
  std::vector<bool> seen(arrays.needs(), false);
  std::vector<std::uint32_t> need_order;
  Arrays out;
  const auto see = [&](std::uint32_t n) {
    if (seen[n]) return;
    seen[n] = true;
    need_order.push_back(n);
  };
  const auto number = [&](std::size_t v) {
    new_volunteer[v] = static_cast<std::int32_t>(out.capacity.size());
    out.capacity.push_back(arrays.capacity[v]);
  };
  std::size_t done = 0;
  for (std::uint32_t start = 0; start < arrays.needs(); ++start)
    for (see(start); done < need_order.size(); ++done) {
      const std::uint32_t n = need_order[done];
      for (std::int64_t i = arrays.first[n]; i < arrays.first[n + 1]; ++i) {
        const auto v = static_cast<std::size_t>(arrays.volunteer[static_cast<std::size_t>(i)]);
        if (new_volunteer[v] != none) continue;
        number(v);
        for (std::int64_t k = begin[v]; k < begin[v + 1]; ++k)
          see(needs_of[static_cast<std::size_t>(k)]);
      }
    }
  for (std::size_t v = 0; v < arrays.volunteers(); ++v)
    if (new_volunteer[v] == none) number(v);

  out.first = {0};
  std::vector<std::int64_t> own;
  for (const std::uint32_t n : need_order) {
    out.demand.push_back(arrays.demand[n]);
    out.tier.push_back(arrays.tier[n]);
    own.resize(static_cast<std::size_t>(arrays.first[n + 1] - arrays.first[n]));
    std::iota(own.begin(), own.end(), arrays.first[n]);
    std::stable_sort(own.begin(), own.end(), [&](std::int64_t a, std::int64_t b) {
      return arrays.points[static_cast<std::size_t>(a)] >
             arrays.points[static_cast<std::size_t>(b)];
    });
    for (const std::int64_t i : own) {
      const auto at = static_cast<std::size_t>(i);
      out.volunteer.push_back(new_volunteer[static_cast<std::size_t>(arrays.volunteer[at])]);
      out.points.push_back(arrays.points[at]);
      out.weight.push_back(arrays.weight[at]);
    }
    out.first.push_back(static_cast<std::int64_t>(out.volunteer.size()));
  }
  return out;
}

}  // namespace jiedui::bench
