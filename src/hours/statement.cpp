#include "jiedui/hours/statement.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <sstream>

namespace jiedui {

namespace {

constexpr int hours_width = 12;

std::string change_text(Seconds seconds) {
  return seconds.count() == 0 ? std::string() : hours_text(seconds);
}

void write_line(std::ostream& out, std::string_view when, std::string_view what,
                std::string_view confirmed, std::string_view claimed, std::string_view rest) {
  out << std::left << std::setw(18) << when << std::setw(10) << what << std::right
      << std::setw(hours_width) << confirmed << std::setw(hours_width) << claimed;
  if (!rest.empty()) out << "  " << rest;
  out << '\n';
}

}  // namespace

std::string_view statement_word(EntryKind kind) {
  switch (kind) {
    case EntryKind::transfer:
      return "served";
    case EntryKind::claim:
      return "claimed";
    case EntryKind::confirm:
      return "confirmed";
    case EntryKind::decline:
      return "declined";
    case EntryKind::expire:
      return "expired";
    case EntryKind::correct:
      return "corrected";
    default:
      return to_string(kind);
  }
}

std::string hours_text(Seconds seconds) {
  const std::int64_t count = seconds.count();
  const bool negative = count < 0;
  // The magnitude of the least 64-bit number does not fit a signed one.
  const std::uint64_t length =
      negative ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  const auto two = [](std::uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return (negative ? "-" : "") + std::to_string(length / 3600) + ":" + two(length / 60 % 60) + ":" +
         two(length % 60);
}

Seconds Statement::confirmed() const {
  return closing.confirmed - opening.confirmed;
}

Seconds Statement::confirmed(RecordSource source) const {
  Seconds sum;
  for (const StatementLine& line : lines)
    if (line.source == source) sum += line.change.confirmed;
  return sum;
}

Table Statement::table() const {
  std::vector<std::int64_t> number, reason, booked, confirmed, claimed;
  TextColumn record, what, source, began, need, activity, organisation, place, item;
  for (const StatementLine& line : lines) {
    number.push_back(static_cast<std::int64_t>(line.number));
    record.push_back(line.record.to_string());
    what.push_back(statement_word(line.kind));
    source.push_back(to_string(line.source));
    reason.push_back(line.reason);
    began.push_back(format(line.happened));
    booked.push_back(line.booked.time_since_epoch().count());
    confirmed.push_back(line.change.confirmed.count());
    claimed.push_back(line.change.claimed.count());
    need.push_back(line.need);
    activity.push_back(line.activity);
    organisation.push_back(line.organisation);
    place.push_back(line.place);
    item.push_back(line.item);
  }
  Table table{.name = "statement"};
  const auto add = [&](const char* name, auto cells) {
    table.columns.push_back({.name = name, .cells = std::move(cells)});
  };
  add("number", std::move(number));
  add("record", std::move(record));
  add("what", std::move(what));
  add("source", std::move(source));
  add("reason", std::move(reason));
  add("began", std::move(began));
  add("booked_ns", std::move(booked));
  add("confirmed_seconds", std::move(confirmed));
  add("claimed_seconds", std::move(claimed));
  add("need", std::move(need));
  add("activity", std::move(activity));
  add("organisation", std::move(organisation));
  add("place", std::move(place));
  add("item", std::move(item));
  return table;
}

std::ostream& operator<<(std::ostream& out, const Statement& statement) {
  const Zone zone{statement.zone};
  std::ostringstream text;  // its own, so that the caller's width and fill do not leak in
  text << "Service hours of " << statement.volunteer << '\n'
       << statement.period.to_string() << ", " << statement.zone << "; as of entry "
       << statement.as_of_entry << '\n';
  write_line(text, "began", "", "confirmed", "claimed", "source, for");
  write_line(text, "", "opening", hours_text(statement.opening.confirmed),
             hours_text(statement.opening.claimed), "");
  for (const StatementLine& line : statement.lines) {
    std::string rest{to_string(line.source)};
    for (const std::string& word : {line.need, line.activity, line.organisation})
      if (!word.empty()) rest += ", " + word;
    write_line(text, zone.local_text(line.happened), statement_word(line.kind),
               change_text(line.change.confirmed), change_text(line.change.claimed), rest);
  }
  write_line(text, "", "closing", hours_text(statement.closing.confirmed),
             hours_text(statement.closing.claimed), "");
  return out << text.str();
}

}  // namespace jiedui
