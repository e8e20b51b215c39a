#include "jiedui/ledger/memory_journal.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "jiedui/base/error.hpp"
#include "jiedui/ledger/detail/id_hash.hpp"

namespace jiedui {

namespace {

using Places = std::vector<std::size_t>;
template <class Value>
using ById = std::unordered_map<Id128, Value, detail::IdHash>;

Id128 drawn_book() {
  const Hash256 secret = random_secret();
  Id128 book;
  for (unsigned i = 0; i < 8; ++i) {
    book.high = (book.high << 8U) | secret.bytes[i];
    book.low = (book.low << 8U) | secret.bytes[8 + i];
  }
  return book;
}

}  // namespace

struct MemoryJournal::State {
  ChainHead head;
  std::vector<Entry> entries;
  std::vector<Hash256> hashes;
  std::map<Id128, Account> accounts;
  ById<std::size_t> place_of;
  ById<std::size_t> answer_to;
  ById<Places> of_account;
  ById<Places> about;
  std::multimap<BookedTime, std::size_t> open_claims;  // with a time-out, by when it passes
  bool writing = false;

  std::optional<Entry> find(const ById<std::size_t>& places, Id128 id) const {
    const auto found = places.find(id);
    if (found == places.end()) return std::nullopt;
    return entries[found->second];
  }
  void read(const ById<Places>& lists, Id128 id, const EntryVisitor& visit) const {
    const auto found = lists.find(id);
    if (found == lists.end()) return;
    for (const std::size_t place : found->second)
      if (!visit(entries[place], hashes[place])) return;
  }
  void append(const Entry& entry, const Hash256& hash) {
    JIEDUI_CHECK(entry.number == entries.size() + 1);
    const std::size_t place = entries.size();
    entries.push_back(entry);
    hashes.push_back(hash);
    place_of.emplace(entry.id, place);
    if (!entry.answers.is_zero()) answer(entry, place);
    for (const Id128& account : {entry.debit, entry.credit})
      if (!account.is_zero()) of_account[account].push_back(place);
    if (!entry.reference.is_zero()) about[entry.reference].push_back(place);
    if (const auto time = due(entry)) open_claims.emplace(*time, place);
    head = {head.book, entry.number, hash, entry.booked};
  }
  void answer(const Entry& entry, std::size_t place) {
    answer_to.emplace(entry.answers, place);
    const std::size_t answered = place_of.at(entry.answers);
    const auto time = due(entries[answered]);
    if (!time) return;
    for (auto [open, end] = open_claims.equal_range(*time); open != end; ++open)
      if (open->second == answered) {
        open_claims.erase(open);
        return;
      }
  }
};

MemoryJournal::MemoryJournal(Id128 book) : state_(std::make_unique<State>()) {
  state_->head = first_head(book.is_zero() ? drawn_book() : book);
}
MemoryJournal::MemoryJournal(MemoryJournal&&) noexcept = default;
MemoryJournal& MemoryJournal::operator=(MemoryJournal&&) noexcept = default;
MemoryJournal::~MemoryJournal() = default;

ChainHead MemoryJournal::head() const {
  return state_->head;
}

std::optional<Account> MemoryJournal::find_account(Id128 id) const {
  const auto found = state_->accounts.find(id);
  if (found == state_->accounts.end()) return std::nullopt;
  return found->second;
}

std::optional<Entry> MemoryJournal::find_entry(Id128 id) const {
  return state_->find(state_->place_of, id);
}

std::optional<Entry> MemoryJournal::find_answer(Id128 id) const {
  return state_->find(state_->answer_to, id);
}

void MemoryJournal::read_entries(std::uint64_t first, std::uint64_t last,
                                 const EntryVisitor& visit) const {
  const std::uint64_t end = std::min<std::uint64_t>(last, state_->entries.size());
  for (std::uint64_t number = std::max<std::uint64_t>(first, 1); number <= end; ++number)
    if (!visit(state_->entries[number - 1], state_->hashes[number - 1])) return;
}

void MemoryJournal::read_entries_of(Id128 account, const EntryVisitor& visit) const {
  state_->read(state_->of_account, account, visit);
}

void MemoryJournal::read_entries_about(Id128 reference, const EntryVisitor& visit) const {
  state_->read(state_->about, reference, visit);
}

void MemoryJournal::read_due_claims(BookedTime time, const EntryVisitor& visit) const {
  for (const auto& [passes, place] : state_->open_claims) {
    if (passes > time) return;
    if (!visit(state_->entries[place], state_->hashes[place])) return;
  }
}

void MemoryJournal::read_accounts(const AccountVisitor& visit) const {
  for (const auto& [id, account] : state_->accounts)
    if (!visit(account)) return;
}

void MemoryJournal::begin_write() {
  JIEDUI_CHECK(!state_->writing);
  state_->writing = true;
}

void MemoryJournal::append(const Batch& batch) {
  JIEDUI_CHECK(state_->writing && batch.entries.size() == batch.hashes.size());
  for (std::size_t i = 0; i < batch.entries.size(); ++i)
    state_->append(batch.entries[i], batch.hashes[i]);
  for (const Account& account : batch.accounts) state_->accounts[account.id] = account;
  state_->writing = false;
}

void MemoryJournal::abandon() noexcept {
  state_->writing = false;
}

}  // namespace jiedui
