#pragma once

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "jiedui/hours/hours_report.hpp"
#include "jiedui/ledger/detail/id_hash.hpp"

namespace jiedui::detail {

/// Numbers the persons of records: by name, else by account.
class PersonNumbers {
 public:
  std::uint32_t of(const ServedRecord& record) {
    if (record.volunteer.empty())
      return erased_.try_emplace(record.account, next_number()).first->second;
    return named_.try_emplace(record.volunteer, next_number()).first->second;
  }

 private:
  std::uint32_t next_number() const {
    return static_cast<std::uint32_t>(named_.size() + erased_.size());
  }
  std::unordered_map<std::string_view, std::uint32_t> named_;  // of the records, which outlive it
  std::unordered_map<Id128, std::uint32_t, IdHash> erased_;
};

/// A record's share of one organisation; of records that are not shared, all of it.
struct Share {
  std::string organisation;
  Seconds confirmed, claimed, planned;
};

/// A line that is being summed.
class HoursSum {
 public:
  void add(const ServedRecord& record, std::uint32_t person) {
    add(record, {record.organisation, record.confirmed, record.claimed, record.planned}, person);
  }
  void add(const ServedRecord& record, const Share& share, std::uint32_t person) {
    const auto source = static_cast<std::size_t>(record.source) - 1;
    if (source >= line_.by_source.size())
      throw Error({.code = "source_unknown",
                   .place = "record " + record.record.to_string(),
                   .message = "it comes from no known class",
                   .allowed = "clock, organisation, declared, backfilled",
                   .way_out = "give the source with which it was booked"});
    line_.claimed += share.claimed;
    line_.planned += share.planned;
    if (record.confirmed.count() == 0) return;
    line_.by_source[source] += share.confirmed;
    line_.confirmed += share.confirmed;
    ++line_.person_times;
    line_.people_served = checked_add(line_.people_served, record.people_served, "people served");
    persons_.push_back(person);
  }

  HoursLine line(std::vector<std::string> keys) && {
    std::sort(persons_.begin(), persons_.end());
    const auto last = std::unique(persons_.begin(), persons_.end());
    line_.distinct_persons = std::distance(persons_.begin(), last);
    line_.keys = std::move(keys);
    return std::move(line_);
  }

 private:
  HoursLine line_;
  std::vector<std::uint32_t> persons_;
};

/// Appends the columns of lines to a table.
void add_columns(Table& table, const std::vector<const HoursLine*>& lines,
                 std::string_view prefix = {});

}  // namespace jiedui::detail
