#include "jiedui/ledger/audit.hpp"

#include <algorithm>
#include <ostream>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "jiedui/ledger/detail/id_hash.hpp"
#include "jiedui/ledger/posting_rules.hpp"

namespace jiedui {

namespace {

struct AuditedAccount {
  Account account;
  std::uint64_t opened_by = 0;
  bool seen = false;
};

std::string entry_text(std::uint64_t number) {
  return "entry " + std::to_string(number);
}

}  // namespace

struct Audit::State {
  Find find_entry;
  std::vector<ChainHead> exported;  // by count
  std::size_t matched = 0;
  AuditReport report;
  ChainHead head;
  std::unordered_map<Id128, AuditedAccount, detail::IdHash> accounts;
  std::unordered_set<Id128, detail::IdHash> ids;
  std::unordered_map<Id128, EntryKind, detail::IdHash> answered;
  bool chain_open = false;  // the last entry is linked to a next one
  bool entries_ended = false;

  bool found(Finding finding, std::uint64_t first, std::uint64_t last, std::string detail) {
    report.finding = finding;
    report.first_bad_entry = first;
    report.last_bad_entry = last;
    report.detail = std::move(detail);
    return false;
  }
  Account* account_of(Id128 id) {
    const auto at = accounts.find(id);
    return at == accounts.end() ? nullptr : &at->second.account;
  }
  std::optional<EntryKind> answered_kind(Id128 id) const {
    const auto at = answered.find(id);
    if (at == answered.end()) return std::nullopt;
    return at->second;
  }
  bool add(const Entry& entry, const Hash256& stored);
  bool check_exported(std::uint64_t last_count, bool at_end);
  bool check_rules(const Entry& entry);
  bool end_entries();
  void apply(const Entry& entry);
};

bool Audit::State::add(const Entry& entry, const Hash256& stored) {
  const std::uint64_t expected = head.count + 1;
  if (entry.number != expected)
    return found(Finding::entry_missing, expected, expected,
                 "in its place stands " + entry_text(entry.number));
  const ChainHead next = next_head(head, entry);
  if (next.hash != stored)
    return found(Finding::hash_differs, expected, expected,
                 "the entry and the hash stored with it do not belong together");
  if (expected > 1 && entry.booked <= head.booked)
    return found(Finding::time_not_rising, expected, expected, "");
  if (!check_rules(entry)) return false;
  apply(entry);
  head = next;
  return check_exported(head.count, false);
}

/// Compares the chain with the exported heads up to a count.
bool Audit::State::check_exported(std::uint64_t last_count, bool at_end) {
  while (matched < exported.size() && (exported[matched].count <= last_count || at_end)) {
    const ChainHead& wanted = exported[matched];
    const std::uint64_t last_good = matched == 0 ? 0 : exported[matched - 1].count;
    const std::uint64_t first = std::min(last_good + 1, wanted.count);
    if (wanted.count > head.count)
      return found(Finding::tail_missing, head.count + 1, wanted.count,
                   "the book ends at entry " + std::to_string(head.count));
    if (wanted.hash != head.hash || wanted.book != head.book)
      return found(Finding::head_differs, first, wanted.count,
                   "the book was rewritten after the last exported head that it passes through");
    ++matched;
  }
  return true;
}

bool Audit::State::check_rules(const Entry& entry) {
  const Command command{entry};
  const auto broken = [&](std::string why) {
    return found(Finding::rule_broken, entry.number, entry.number, std::move(why));
  };
  if (ids.contains(entry.id)) return broken("its id is that of an earlier entry");
  std::optional<Entry> answered;
  Entry answer;
  Facts facts;
  if (!entry.answers.is_zero()) {
    if (ids.contains(entry.answers)) answered = find_entry(entry.answers);
    if (answered && answered->id == entry.answers && answered->number < entry.number)
      facts.answered = &*answered;
    if (const auto known = answered_kind(entry.answers)) {
      answer.kind = *known;
      facts.answer = &answer;
    }
  }
  const AccountPair pair = accounts_of(command, facts.answered);
  facts.debit = account_of(pair.debit);
  facts.credit = account_of(pair.credit);
  const Outcome outcome = judge(command, facts, entry.booked);
  if (outcome != Outcome::booked)
    return broken("the ledger answers " + std::string(to_string(outcome)));
  if (make_entry(command, facts, entry.number, entry.booked) != entry)
    return broken("a field holds what the ledger does not put there");
  return true;
}

/// What can be said of the chain only once it has ended.
bool Audit::State::end_entries() {
  if (entries_ended) return true;
  entries_ended = true;
  if (!check_exported(head.count, true)) return false;
  if (chain_open)
    return found(Finding::rule_broken, head.count, head.count,
                 "it is linked to a next entry that is not there");
  return true;
}

void Audit::State::apply(const Entry& entry) {
  ids.insert(entry.id);
  if (!entry.answers.is_zero()) answered.emplace(entry.answers, entry.kind);
  if (entry.kind == EntryKind::open_account)
    accounts.emplace(entry.id, AuditedAccount{opened_account(entry), entry.number});
  else
    for (const Id128& id : {entry.debit, entry.credit})
      if (Account* account = account_of(id)) jiedui::apply(entry, *account);
  chain_open = entry.linked;
}

Audit::Audit(Id128 book, Find find_entry, std::span<const ChainHead> exported)
    : state_(std::make_unique<State>()) {
  state_->find_entry = std::move(find_entry);
  state_->exported.assign(exported.begin(), exported.end());
  std::sort(state_->exported.begin(), state_->exported.end(),
            [](const ChainHead& a, const ChainHead& b) { return a.count < b.count; });
  state_->head = first_head(book);
  state_->check_exported(0, false);
}
Audit::Audit(Audit&&) noexcept = default;
Audit& Audit::operator=(Audit&&) noexcept = default;
Audit::~Audit() = default;

bool Audit::add(const Entry& entry, const Hash256& stored) {
  return state_->report.sound() && state_->add(entry, stored);
}

bool Audit::add(const Account& stored) {
  State& state = *state_;
  if (!state.report.sound() || !state.end_entries()) return false;
  const auto at = state.accounts.find(stored.id);
  if (at == state.accounts.end())
    return state.found(Finding::account_unknown, 0, 0, "account " + stored.id.to_string());
  at->second.seen = true;
  if (at->second.account != stored)
    return state.found(Finding::account_differs, at->second.opened_by, at->second.opened_by,
                       "account " + stored.id.to_string());
  return true;
}

AuditReport Audit::finish() {
  State& state = *state_;
  if (state.report.sound()) state.end_entries();
  if (state.report.sound()) {
    const AuditedAccount* missing = nullptr;
    for (const auto& [id, audited] : state.accounts)
      if (!audited.seen && (missing == nullptr || audited.opened_by < missing->opened_by))
        missing = &audited;
    if (missing != nullptr)
      state.found(Finding::account_missing, missing->opened_by, missing->opened_by,
                  "account " + missing->account.id.to_string());
  }
  state.report.head = state.head;
  state.report.accounts = state.accounts.size();
  state.report.heads_matched = state.matched;
  state.report.covered = state.matched == 0 ? 0 : state.exported[state.matched - 1].count;
  return state.report;
}

std::string_view to_string(Finding finding) {
  switch (finding) {
    case Finding::sound:
      return "sound";
    case Finding::entry_missing:
      return "entry_missing";
    case Finding::hash_differs:
      return "hash_differs";
    case Finding::time_not_rising:
      return "time_not_rising";
    case Finding::rule_broken:
      return "rule_broken";
    case Finding::account_differs:
      return "account_differs";
    case Finding::account_missing:
      return "account_missing";
    case Finding::account_unknown:
      return "account_unknown";
    case Finding::head_differs:
      return "head_differs";
    case Finding::tail_missing:
      return "tail_missing";
    case Finding::unreadable:
      return "unreadable";
  }
  return "unknown";
}

namespace {

/// What a finding means to an auditor.
std::string_view meaning(Finding finding) {
  switch (finding) {
    case Finding::sound:
      return "every entry, every balance and the chain are as they were booked";
    case Finding::entry_missing:
      return "an entry was removed, inserted or put in another place";
    case Finding::hash_differs:
      return "an entry was changed after it was booked";
    case Finding::time_not_rising:
      return "an entry is booked before the one that precedes it";
    case Finding::rule_broken:
      return "an entry stands there that the ledger would never have booked";
    case Finding::account_differs:
      return "a stored balance, limit or state is not what the entries add up to";
    case Finding::account_missing:
      return "an account that the entries opened is gone";
    case Finding::account_unknown:
      return "an account is stored that no entry opened";
    case Finding::head_differs:
      return "the book was rewritten: it does not pass through an exported head";
    case Finding::tail_missing:
      return "the end was cut off: an exported head lies beyond it";
    case Finding::unreadable:
      return "the file cannot be read to its end";
  }
  return "";
}

std::string entries_from(std::uint64_t first, std::uint64_t last) {
  if (first == last) return entry_text(first);
  return "entries " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const AuditReport& report) {
  out << (report.sound() ? "SOUND: " : "NOT SOUND: ") << meaning(report.finding) << ".\n";
  if (!report.sound()) out << "finding             " << to_string(report.finding) << '\n';
  if (report.first_bad_entry != 0)
    out << "first bad entry     " << report.first_bad_entry << '\n'
        << "in doubt            " << entries_from(report.first_bad_entry, report.last_bad_entry)
        << '\n';
  if (!report.detail.empty()) out << "detail              " << report.detail << '\n';
  const std::uint64_t count = report.head.count;
  out << "book                " << report.head.book.to_string() << '\n'
      << "sound entries       " << count << '\n'
      << "accounts            " << report.accounts << '\n'
      << "exported heads met  " << report.heads_matched;
  if (report.covered != 0) out << ", the last after entry " << report.covered;
  out << '\n' << "head                " << report.head.hash.to_string() << '\n';
  if (report.covered < count)
    out << "No exported head vouches for " << entries_from(report.covered + 1, count)
        << ": a forger who rewrote them all would not be seen.\n";
  if (report.sound())
    out << "Not to be seen: whether entries after number " << count
        << " were cut off. Export this head and keep it elsewhere.\n";
  return out;
}

}  // namespace jiedui
