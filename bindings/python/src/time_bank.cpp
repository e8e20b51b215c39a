#include "jiedui/hours/time_bank.hpp"

#include "books.hpp"
#include "jiedui/hours/exchange_cycles.hpp"
#include "values.hpp"
#include "watch.hpp"

namespace jiedui::python {
namespace {

using HeldBank = KeeperOnHours<TimeBank>;

void bind_exchanges(py::module_& m) {
  Value<HelpOffer> offer(m, "HelpOffer");
  offer.field("helper", &HelpOffer::helper)
      .field("helped", &HelpOffer::helped)
      .field("weight", &HelpOffer::weight);
  offer.bound.def(py::init([](std::string helper, std::string helped, std::int64_t weight) {
                    return HelpOffer{std::move(helper), std::move(helped), weight};
                  }),
                  "helper"_a, "helped"_a, "weight"_a = 1);
  Value<ExchangeCycle>(m, "ExchangeCycle")
      .field("participants", &ExchangeCycle::participants)
      .field("weight", &ExchangeCycle::weight);
  Value<ExchangePrice>(m, "ExchangePrice")
      .field("participant", &ExchangePrice::participant)
      .field("price", &ExchangePrice::price);
  Value<ExchangeSetPrice>(m, "ExchangeSetPrice")
      .field("participants", &ExchangeSetPrice::participants)
      .field("price", &ExchangeSetPrice::price);
  m.attr("exchange_price_scale") = exchange_price_scale;
  Value<ExchangePlan> plan(m, "ExchangePlan");
  plan.field("cycles", &ExchangePlan::cycles)
      .field("value", &ExchangePlan::value)
      .field("bound", &ExchangePlan::bound)
      .field("prices", &ExchangePlan::prices)
      .field("set_prices", &ExchangePlan::set_prices)
      .field("price_bound", &ExchangePlan::price_bound)
      .field("possible", &ExchangePlan::possible)
      .field("steps", &ExchangePlan::steps)
      .field("stopped", &ExchangePlan::stopped)
      .property("gap", [](const ExchangePlan& self) { return self.gap(); });
  m.def(
      "plan_exchanges",
      [](const std::vector<HelpOffer>& offers, std::int64_t steps_max, const Progress& progress) {
        Watch watch(progress, "planning exchanges");
        ExchangePlan plan = [&] {
          const py::gil_scoped_release unlocked;
          return plan_exchanges(offers,
                                {.steps_max = steps_max, .control = watch.keeping_control()});
        }();
        watch.close();
        return plan;
      },
      "offers"_a, py::kw_only(), "steps_max"_a = ExchangeOptions{}.steps_max,
      "progress"_a = py::none(), DOC("plan_exchanges"));
  m.def(
      "check_exchanges",
      [](const std::vector<HelpOffer>& offers, const ExchangePlan& plan) {
        return check_exchanges(offers, plan);
      },
      "offers"_a, "plan"_a, DOC("check_exchanges"));
}

void bind_values(py::module_& m) {
  Value<TimeBankMember> member(m, "TimeBankMember");
  member.field("id", &TimeBankMember::id)
      .field("organisation", &TimeBankMember::organisation)
      .field("born", &TimeBankMember::born)
      .field("guardian", &TimeBankMember::guardian)
      .field("household", &TimeBankMember::household)
      .field("tags", &TimeBankMember::tags);
  member.bound.def(
      py::init([](std::string id, bool organisation, std::optional<Date> born, std::string guardian,
                  std::string household, std::vector<std::string> tags) {
        return TimeBankMember{std::move(id),       organisation,         born,
                              std::move(guardian), std::move(household), std::move(tags)};
      }),
      "id"_a, py::kw_only(), "organisation"_a = false, "born"_a = py::none(), "guardian"_a = "",
      "household"_a = "", "tags"_a = std::vector<std::string>{});
  py::native_enum<AboveDailyLimit>(m, "AboveDailyLimit", "enum.Enum", DOC("AboveDailyLimit"))
      .value("to_pool", AboveDailyLimit::to_pool)
      .value("dropped", AboveDailyLimit::dropped, DOC("AboveDailyLimit.dropped"))
      .finalize();
  Value<Earned>(m, "Earned")
      .field("outcome", &Earned::outcome)
      .field("kept", &Earned::kept)
      .field("to_pool", &Earned::to_pool);
  Value<GrantRequest> request(m, "GrantRequest");
  request.field("id", &GrantRequest::id)
      .field("member", &GrantRequest::member)
      .field("amount", &GrantRequest::amount)
      .field("asked", &GrantRequest::asked);
  request.bound.def(
      py::init([](Id128 id, std::string member, std::chrono::seconds amount, Instant asked) {
        return GrantRequest{id, std::move(member), amount, asked};
      }),
      "id"_a, "member"_a, "amount"_a, "asked"_a);
  Value<Grant>(m, "Grant")
      .field("request", &Grant::request)
      .field("outcome", &Grant::outcome)
      .field("granted", &Grant::granted);
}

using Text = std::string;
using Span = std::chrono::seconds;

void bind_moving(py::class_<HeldBank>& bank) {
  const auto alone =
      [&](const char* name,
          Outcome (TimeBank::*move)(Id128, std::string_view, Span, Instant, std::string_view),
          const char* doc) {
        bank.def(
            name,
            [move](const HeldBank& self, Id128 id, const Text& member, Span amount,
                   Instant happened, const Text& by) {
              return self.with(
                  [&](TimeBank& held) { return (held.*move)(id, member, amount, happened, by); });
            },
            "id"_a, "member"_a, "amount"_a, "happened"_a, py::kw_only(), "by"_a = "", doc);
      };
  alone("spend", &TimeBank::spend, DOC("TimeBank.spend"));
  alone("donate", &TimeBank::donate, DOC("TimeBank.donate"));
  alone("share", &TimeBank::share, DOC("TimeBank.share"));
  const auto between = [&](const char* name,
                           Outcome (TimeBank::*move)(Id128, std::string_view, std::string_view,
                                                     Span, Instant, std::string_view),
                           const char* from, const char* to, const char* doc) {
    bank.def(
        name,
        [move](const HeldBank& self, Id128 id, const Text& one, const Text& other, Span amount,
               Instant happened, const Text& by) {
          return self.with(
              [&](TimeBank& held) { return (held.*move)(id, one, other, amount, happened, by); });
        },
        "id"_a, py::arg(from), py::arg(to), "amount"_a, "happened"_a, py::kw_only(), "by"_a = "",
        doc);
  };
  between("give", &TimeBank::give, "from_", "to", DOC("TimeBank.give"));
  between("send", &TimeBank::send, "member", "bank", DOC("TimeBank.send"));
  const auto freely =
      [&](const char* name,
          Outcome (TimeBank::*move)(Id128, std::string_view, std::string_view, Span, Instant),
          const char* from, const char* to, const char* doc) {
        bank.def(
            name,
            [move](const HeldBank& self, Id128 id, const Text& one, const Text& other, Span amount,
                   Instant happened) {
              return self.with(
                  [&](TimeBank& held) { return (held.*move)(id, one, other, amount, happened); });
            },
            "id"_a, py::arg(from), py::arg(to), "amount"_a, "happened"_a, doc);
      };
  freely("lend", &TimeBank::lend, "lender", "borrower", DOC("TimeBank.lend"));
  bank.def(
          "receive",
          [](const HeldBank& self, Id128 id, const Text& from, const Text& member, Span amount,
             Instant happened, AboveDailyLimit above) {
            return self.with([&](TimeBank& held) {
              return held.receive(id, from, member, amount, happened, above);
            });
          },
          "id"_a, "bank"_a, "member"_a, "amount"_a, "happened"_a, py::kw_only(),
          py::arg_v("above", AboveDailyLimit::to_pool, "AboveDailyLimit.to_pool"),
          DOC("TimeBank.receive"))
      .def(
          "correct",
          [](const HeldBank& self, Id128 movement) {
            return self.with([&](TimeBank& held) { return held.correct(movement); });
          },
          "movement"_a, DOC("TimeBank.correct"))
      .def(
          "draw",
          [](const HeldBank& self, Id128 id, const Text& member, Span amount, Instant happened) {
            return self.with(
                [&](TimeBank& held) { return held.draw(id, member, amount, happened); });
          },
          "id"_a, "member"_a, "amount"_a, "happened"_a, DOC("TimeBank.draw"))
      .def(
          "earn",
          [](const HeldBank& self, Id128 id, const Text& member, Span amount, Instant happened,
             AboveDailyLimit above) {
            return self.with(
                [&](TimeBank& held) { return held.earn(id, member, amount, happened, above); });
          },
          "id"_a, "member"_a, "amount"_a, "happened"_a, py::kw_only(),
          py::arg_v("above", AboveDailyLimit::to_pool, "AboveDailyLimit.to_pool"),
          DOC("TimeBank.earn"))
      .def_static("earned_id", &TimeBank::earned_id, "part"_a, DOC("TimeBank.earned_id"))
      .def(
          "grant",
          [](const HeldBank& self, const std::vector<GrantRequest>& requests) {
            return self.with([&](TimeBank& held) { return held.grant(requests); });
          },
          "requests"_a, DOC("TimeBank.grant"))
      .def(
          "advance",
          [](const HeldBank& self, Instant now) {
            return self.with([&](TimeBank& held) { return held.advance(now); });
          },
          "now"_a, DOC("TimeBank.advance"))
      .def(
          "partner",
          [](const HeldBank& self, Id128 id, const Text& bank_name, Span we_owe, Span they_owe) {
            return self.with([&](TimeBank& held) {
              return held.partner(id, bank_name, {.we_owe = we_owe, .they_owe = they_owe});
            });
          },
          "id"_a, "bank"_a, py::kw_only(), "we_owe"_a, "they_owe"_a, DOC("TimeBank.partner"))
      .def(
          "leave",
          [](const HeldBank& self, Id128 id, const Text& member, const Text& by) {
            return self.with([&](TimeBank& held) { return held.leave(id, member, by); });
          },
          "id"_a, "member"_a, py::kw_only(), "by"_a = "", DOC("TimeBank.leave"));
}

void bind_balances(py::class_<HeldBank>& bank) {
  const auto of = [&](const char* name, Span (TimeBank::*read)(std::string_view), const char* whose,
                      const char* doc) {
    bank.def(
        name,
        [read](const HeldBank& self, const Text& which) {
          return self.with([&](TimeBank& held) { return (held.*read)(which); });
        },
        py::arg(whose), doc);
  };
  of("balance", &TimeBank::balance, "member", DOC("TimeBank.balance"));
  of("household_pool", &TimeBank::household_pool, "household", DOC("TimeBank.household_pool"));
  of("owed_to", &TimeBank::owed_to, "bank", DOC("TimeBank.owed_to"));
  bank.def(
          "lent",
          [](const HeldBank& self, const Text& organisation, const Text& other) {
            return self.with([&](TimeBank& held) { return held.lent(organisation, other); });
          },
          "organisation"_a, "other"_a, DOC("TimeBank.lent"))
      .def(
          "pool",
          [](const HeldBank& self) {
            return self.with([](TimeBank& held) { return held.pool(); });
          },
          "What the pool of donated time holds.")
      .def(
          "outstanding",
          [](const HeldBank& self) {
            return self.with([](TimeBank& held) { return held.outstanding(); });
          },
          DOC("TimeBank.outstanding"));
}

}  // namespace

void bind_time_bank(py::module_& m) {
  bind_exchanges(m);
  bind_values(m);
  py::class_<HeldBank> bank(m, "TimeBank", DOC("TimeBank"));
  bank.def(py::init([](const HeldHours& hours, const TimeBankRules& rules, const Text& name) {
             auto made = hours.with([&](HoursLedger& ledger) {
               return std::make_shared<TimeBank>(ledger, rules, name);
             });
             return HeldBank{hours.owner, std::move(made)};
           }),
           "hours"_a, "rules"_a, "name"_a = "", DOC("TimeBank.TimeBank"))
      .def(
          "enrol",
          [](const HeldBank& self, const TimeBankMember& member) {
            return self.with([&](TimeBank& held) { return held.enrol(member); });
          },
          "member"_a, DOC("TimeBank.enrol"))
      .def(
          "enrol",
          [](const HeldBank& self, const std::vector<TimeBankMember>& members) {
            return self.with([&](TimeBank& held) { return held.enrol(members); });
          },
          "members"_a, "Enrols many, durable together. One outcome a member.")
      .def(
          "member",
          [](const HeldBank& self, const Text& id) {
            return self.with([&](TimeBank& held) { return held.member(id); });
          },
          "id"_a, DOC("TimeBank.member"))
      .def(
          "members",
          [](const HeldBank& self) {
            return self.with([](TimeBank& held) { return held.members(); });
          },
          DOC("TimeBank.members"));
  bind_moving(bank);
  bind_balances(bank);
}

}  // namespace jiedui::python
