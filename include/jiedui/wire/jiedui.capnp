@0xd4c1a5f33cc2efd4;
# The snapshots of jiedui: network, plan with its proof, entries of the books, plain tables, a
# Dispatcher with its prices.
#
# Read by jiedui::load_network and its siblings (jiedui/wire/snapshot.hpp), which hold every length
# and index to its range; a reader of yours must do the same with bytes from elsewhere. A snapshot is
# one unpacked message in the standard framing with the root Frame.
#
# This file only grows: members are appended with the next ordinal, never changed, moved or reused.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("jiedui::wire::schema");

struct Frame @0xc07715801556676d {
  # The root of every snapshot.

  format @0 :UInt32;
  # 1. A reader refuses a greater number: it stands for a change that older readers would misread.

  union {
    nothing @1 :Void;
    # What a message of zeros says; refused.

    tables @2 :Tables;
    # Any tables.

    network @3 :Tables;
    # The tables of a network, with the names and columns of docs/formats.md.

    entries @4 :EntryRun;
    # A run of the entries of one book.

    plan @5 :Plan;
    # A plan with its proof.

    dispatcher @6 :Dispatcher;
    # A Dispatcher with its prices.
  }
}

struct Tables @0xcdb050a71cfe7431 {
  tables @0 :List(Table);
  # At most 64.
}

struct Table @0xe0acac0761a8c66b {
  # Named columns of equal length.

  name @0 :Text;
  # "volunteers".

  firstRow @1 :Int64 = 1;
  # What rows count from in messages: 2 where a file with a header line was read.

  columns @2 :List(Column);
  # At most 1,000, with different names.
}

struct Column @0xe6114a5a5a60f783 {
  name @0 :Text;

  present @1 :List(Bool);
  # One for each row, false where the cell is absent; empty when all are present. Texts do not use
  # it: an empty text is an absent one.

  union {
    texts @2 :Texts;
    wholes @3 :List(Int64);
    reals @4 :List(Float64);
    dictionary @5 :Dictionary;
  }
}

struct Texts @0x940227b11ff9ce9a {
  # Many texts in one run of bytes.

  bytes @0 :Data;
  # UTF-8, the texts one behind the other, without separators.

  ends @1 :List(UInt32);
  # For each text the offset behind its last byte; they never fall, the last one is the number of
  # bytes.
}

struct Dictionary @0x999f70fe4bc264c2 {
  # Texts of which few are distinct.

  texts @0 :Texts;

  codes @1 :List(UInt32);
  # For each row the index of its text; 0xFFFFFFFF where the cell is absent.
}

struct Plan @0xa65933b301790605 {
  # Who helps whom. Whole numbers of 128 bits are a high and a low half, two's complement.

  status @0 :Status;
  pairs @1 :Pairs;

  tiers @2 :List(Int32);
  # 1 the most urgent; the next two lists run along.
  tierDemand @3 :List(Int64);
  tierFilled @4 :List(Int64);

  withoutSlot @5 :Texts;
  # Ids of the needs that no slot of the horizon holds.

  proof @6 :Proof;

  value :group {
    # Weight of the pairs.
    high @7 :Int64;
    low @8 :UInt64;
  }
  bound :group {
    # No plan weighs more.
    high @9 :Int64;
    low @10 :UInt64;
  }

  statistics :group {
    # How the plan was found.
    candidates @11 :Int64;
    relaxations @12 :Int64;
    scans @13 :Int64;
    paths @14 :Int64;
    buildSeconds @15 :Float64;
    solveSeconds @16 :Float64;
  }

  unmetVolunteers @17 :Texts;
  # Ids of the volunteers who have less than the least pairs asked for them.
  unmetMissing @18 :List(Int32);
  # How many pairs each of them lacks, 1 or more.

  loadCost :group {
    # Of the pairs, in points; not negative.
    high @19 :Int64;
    low @20 :UInt64;
  }

  enum Status @0xad3b1c834fbfeefa {
    optimal @0;
    interrupted @1;
    bounded @2;
    # Within all limits, with a bound that it does not reach.
  }
}

struct Pairs @0xffbfc20c257b4ea1 {
  # One item of each list for each pair, by need id, then volunteer id. Where a metre or a time is
  # unknown stands -9223372036854775808.

  volunteers @0 :Texts;
  needs @1 :Texts;
  points @2 :List(Int64);
  metres @3 :List(Int64);
  begins @4 :List(Int64);
  # Seconds since 1970-01-01T00:00:00Z.
  ends @5 :List(Int64);
  slots @6 :List(UInt32);
  # 0xFFFFFFFF for none.
  pinned @7 :List(Bool);
  # Held by a pin; empty where none is.
}

struct Proof @0xc7e9def558931757 {
  # Prices and profits that prove a plan optimal; docs/pairing-model.md tells how to check them.
  # What is not listed is zero.

  tiers @0 :Int32;
  step :group {
    high @1 :Int64;
    low @2 :UInt64;
  }

  priceVolunteers @3 :Texts;
  priceSlots @4 :List(UInt32);
  # 0xFFFFFFFF for the price of the volunteer's capacity.
  priceHigh @5 :List(Int64);
  priceLow @6 :List(UInt64);

  profitNeeds @7 :Texts;
  profitHigh @8 :List(Int64);
  profitLow @9 :List(UInt64);

  totalOrganisations @10 :Texts;
  # Organisations with a price on the total of their pairs.
  totalHigh @11 :List(Int64);
  totalLow @12 :List(UInt64);

  bonusHigh @13 :List(Int64);
  bonusLow @14 :List(UInt64);
  # Of a least pair, then of tier 1, 2, …; empty where they follow from the step.

  lendingFrom @15 :Texts;
  lendingTo @16 :Texts;
  # Organisations with a price on what one may lend the other.
  lendingHigh @17 :List(Int64);
  lendingLow @18 :List(UInt64);

  changePrice :group {
    # Of a change against the plan before.
    high @19 :Int64;
    low @20 :UInt64;
  }
}

struct Dispatcher @0xe1c9a4d0b7f3528d {
  # A plan that is kept optimal while the day changes, with what it takes to go on. Rows are those of
  # the network, counted from 0.

  network @0 :Tables;
  # As in Frame.network, personal columns included.

  horizon :group {
    hasFrom @1 :Bool;
    fromDay @2 :Int32;
    # Days since 1970-01-01.
    days @3 :Int32;
    # 0 where none is given.
    hasClock @4 :Bool;
    clockSeconds @5 :Int64;
    # Since 1970-01-01T00:00:00Z.
    zone @6 :Text;
    slotCuts @7 :List(Int32);
    # Seconds of the day, at most 288.
  }

  metresPerHour @8 :List(Int32);
  # walk, cycle, ebike, transit, car.
  startSeconds @9 :List(Int32);

  loadCost @10 :List(Int64);

  totalOrganisations @11 :Texts;
  # Organisations whose pairs are limited in all; the next lists run along.
  totalPairs @12 :List(Int32);
  totalPriceHigh @13 :List(Int64);
  totalPriceLow @14 :List(UInt64);

  pairsMax @15 :Int64;
  # Candidates that may be listed.

  rules @16 :Texts;
  # Names of the rules and terms that it was made with, one's own among them: to be given again.
  terms @17 :Texts;
  termWeights @18 :List(Int64);
  isByRoad @19 :Bool;

  capacity @20 :List(Int32);
  # Of each volunteer.
  demand @21 :List(Int32);
  # Of each need.
  least @22 :List(Int32);
  loadBefore @23 :List(Int32);
  # Of each volunteer, or none.

  pairVolunteers @24 :List(UInt32);
  # Rows, by need, then volunteer; the lists up to pairPriceLow run along.
  pairNeeds @25 :List(UInt32);
  pairSlots @26 :List(UInt32);
  # 0xFFFFFFFF for none.
  pairPoints @27 :List(Int64);
  pairHolds @28 :List(UInt8);
  # 0 free, 1 pinned, 2 begun.
  pairPriceHigh @29 :List(Int64);
  pairPriceLow @30 :List(UInt64);
  # Of the slot.

  declinedVolunteers @31 :Texts;
  declinedNeeds @32 :Texts;
  # Ids, by need, then volunteer.

  tiers @33 :Int32;
  step :group {
    high @34 :Int64;
    low @35 :UInt64;
  }
  demandMax :group {
    # To which the demand in all may grow under this step.
    high @36 :Int64;
    low @37 :UInt64;
  }
  priceHigh @38 :List(Int64);
  priceLow @39 :List(UInt64);
  # Of each volunteer. Prices are scaled: their last level counts changes (docs/pairing-model.md).
  profitHigh @40 :List(Int64);
  profitLow @41 :List(UInt64);
  # Of each need.
}

struct EntryRun @0xbe363bed9774fb16 {
  # Entries of one book, without a gap, and the heads of the chain around them.

  before @0 :ChainHead;
  # The head that the first entry extends.

  entries @1 :List(Entry);

  after @2 :ChainHead;
  # The head behind the last entry. A reader computes it again from the entries.
}

struct ChainHead @0xd692a708fd4e8d28 {
  book :group {
    high @0 :UInt64;
    low @1 :UInt64;
  }
  count @2 :UInt64;
  # The number of the last entry.
  hash @3 :Data;
  # 32 bytes.
  bookedNanoseconds @4 :Int64;
  # Since 1970-01-01T00:00:00Z, of the last entry.
}

struct Entry @0xb226b4ed812c2933 {
  # One record of the books; docs/ledger.md says what each field means. Its canonical bytes, which
  # the chain hashes, are not these but those of docs/ledger.md.

  number @0 :UInt64;
  kind @1 :UInt16;
  linked @2 :Bool;
  id :group {
    high @3 :UInt64;
    low @4 :UInt64;
  }
  debit :group {
    high @5 :UInt64;
    low @6 :UInt64;
  }
  credit :group {
    high @7 :UInt64;
    low @8 :UInt64;
  }
  answers :group {
    high @9 :UInt64;
    low @10 :UInt64;
  }
  reference :group {
    high @11 :UInt64;
    low @12 :UInt64;
  }
  amount @13 :UInt64;
  released @14 :UInt64;
  unit @15 :UInt32;
  code @16 :UInt32;
  reason @17 :UInt32;
  timeoutSeconds @18 :UInt32;
  happenedSeconds @19 :Int64;
  # Since 1970-01-01T00:00:00Z.
  bookedNanoseconds @20 :Int64;
  # Since 1970-01-01T00:00:00Z.
  hasDebitsOverCreditsMax @21 :Bool;
  hasCreditsOverDebitsMax @22 :Bool;
  debitsOverCreditsMax @23 :UInt64;
  creditsOverDebitsMax @24 :UInt64;
  commitment @25 :Data;
  # 32 bytes, or none.
}
