#include "store/schema.hpp"

namespace jiedui::detail {

namespace {

// Amounts are unsigned 64-bit numbers in SQLite's signed integers: from 2^63 on they read as
// negative. Ids are 16 bytes, highest first, as a UUID is written. Times: happened in seconds,
// booked and due in nanoseconds, since 1970-01-01 UTC.
constexpr const char* version_1 = R"sql(
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- What the entries add up to. Derived: verification recomputes it.
CREATE TABLE accounts (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  unit INTEGER NOT NULL,
  code INTEGER NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
  debits_over_credits_max INTEGER,
  credits_over_debits_max INTEGER,
  debits_posted INTEGER NOT NULL,
  debits_pending INTEGER NOT NULL,
  credits_posted INTEGER NOT NULL,
  credits_pending INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The chain. docs/ledger.md tells what each field means for each kind.
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 9),
  linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
  id BLOB NOT NULL CHECK (length(id) = 16),
  debit BLOB NOT NULL REFERENCES accounts (id),
  credit BLOB REFERENCES accounts (id),
  answers BLOB CHECK (length(answers) = 16),
  reference BLOB CHECK (length(reference) = 16),
  amount INTEGER NOT NULL,
  released INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  code INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  timeout INTEGER NOT NULL,
  happened INTEGER NOT NULL,
  booked INTEGER NOT NULL,
  debits_over_credits_max INTEGER,
  credits_over_debits_max INTEGER,
  commitment BLOB CHECK (length(commitment) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE UNIQUE INDEX entries_id ON entries (id);
CREATE UNIQUE INDEX entries_answers ON entries (answers) WHERE answers IS NOT NULL;
CREATE INDEX entries_debit ON entries (debit);
CREATE INDEX entries_credit ON entries (credit) WHERE credit IS NOT NULL;
CREATE INDEX entries_reference ON entries (reference) WHERE reference IS NOT NULL;

-- Claims with a time-out that nothing has answered yet. Derived.
CREATE TABLE open_claims (
  due INTEGER NOT NULL,
  number INTEGER NOT NULL REFERENCES entries (number),
  PRIMARY KEY (due, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed: book a correction'); END;
CREATE TRIGGER entries_are_not_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never removed: book a correction'); END;
CREATE TRIGGER accounts_are_not_removed BEFORE DELETE ON accounts
BEGIN SELECT RAISE(ABORT, 'accounts are never removed: close the account'); END;

-- Who is who, off the chain, so that a person can be erased.
CREATE TABLE parties (
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
  external_id TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 16),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  PRIMARY KEY (kind, external_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX parties_id ON parties (id);

CREATE TABLE service_records (
  entry BLOB PRIMARY KEY CHECK (length(entry) = 16),
  need TEXT,
  activity TEXT,
  organisation TEXT,
  place TEXT,
  item TEXT,
  beneficiary TEXT,
  recorded_by TEXT,
  intervals TEXT,
  salt BLOB CHECK (length(salt) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_answers (
  entry BLOB PRIMARY KEY CHECK (length(entry) = 16),
  answered_by TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT, WITHOUT ROWID;

-- Which tables and columns hold a saved network or plan.
CREATE TABLE saved_tables (
  collection TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  first_row INTEGER NOT NULL,
  PRIMARY KEY (collection, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE saved_columns (
  collection TEXT NOT NULL,
  table_place INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'dictionary', 'whole', 'real')),
  PRIMARY KEY (collection, table_place, place),
  FOREIGN KEY (collection, table_place) REFERENCES saved_tables (collection, place)
) STRICT, WITHOUT ROWID;
)sql";

// What a service record says since then.
constexpr const char* version_2 = R"sql(
ALTER TABLE service_records ADD COLUMN planned TEXT;
ALTER TABLE service_records ADD COLUMN breaks TEXT;
ALTER TABLE service_records ADD COLUMN travel TEXT;
ALTER TABLE service_records ADD COLUMN co_organisers TEXT;
ALTER TABLE service_records ADD COLUMN served INTEGER NOT NULL DEFAULT 0;
ALTER TABLE service_records ADD COLUMN people_served INTEGER NOT NULL DEFAULT 0;
ALTER TABLE service_records ADD COLUMN document TEXT;
ALTER TABLE service_records ADD COLUMN device TEXT;
ALTER TABLE service_records ADD COLUMN time_code TEXT;
ALTER TABLE service_records ADD COLUMN latitude INTEGER;
ALTER TABLE service_records ADD COLUMN longitude INTEGER;
ALTER TABLE service_records ADD COLUMN reason TEXT;
)sql";

// Members of time banks, by the name of the bank; attestations that were issued, and what was
// revoked, by the first 16 digits of the issuer's key. Times in seconds since 1970-01-01 UTC.
constexpr const char* version_3 = R"sql(
CREATE TABLE time_bank_members (
  bank TEXT NOT NULL,
  id TEXT NOT NULL,
  organisation INTEGER NOT NULL CHECK (organisation IN (0, 1)),
  born TEXT,
  guardian TEXT,
  household TEXT,
  tags TEXT,
  PRIMARY KEY (bank, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX time_bank_members_id ON time_bank_members (id);
CREATE INDEX time_bank_members_guardian ON time_bank_members (guardian)
  WHERE guardian IS NOT NULL;
CREATE INDEX time_bank_members_household ON time_bank_members (household)
  WHERE household IS NOT NULL;

CREATE TABLE attestations (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  volunteer TEXT,
  issued INTEGER NOT NULL,
  key_mark TEXT NOT NULL,
  text TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX attestations_volunteer ON attestations (volunteer) WHERE volunteer IS NOT NULL;

CREATE TABLE revocations (
  key_mark TEXT NOT NULL,
  attestation BLOB NOT NULL CHECK (length(attestation) = 16),
  since INTEGER NOT NULL,
  reason INTEGER NOT NULL CHECK (reason IN (1, 2)),
  successor BLOB CHECK (length(successor) = 16),
  PRIMARY KEY (key_mark, attestation)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

const std::array<const char*, 3> migrations = {version_1, version_2, version_3};

}  // namespace jiedui::detail
