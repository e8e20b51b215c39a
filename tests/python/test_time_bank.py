"""The time bank and exchange cycles from Python: the same names, the same answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

import jiedui as jd

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
NANJING = jd.shipped_rule_pack("cn-nanjing-time-bank").time_bank


@pytest.fixture
def ids() -> jd.IdGenerator:
    return jd.IdGenerator()


def test_credits_under_the_rules_of_nanjing(ids):
    hours = jd.HoursLedger(zone="Asia/Shanghai")
    bank = jd.TimeBank(hours, NANJING)
    assert bank.enrol(jd.TimeBankMember("A")) is jd.Outcome.booked
    assert bank.enrol(jd.TimeBankMember("O", organisation=True)) is jd.Outcome.booked
    assert bank.enrol(jd.TimeBankMember("E", tags=["elder_alone"])) is jd.Outcome.booked
    entry = ids.next()
    earned = bank.earn(entry, "A", 1600 * HOUR, NOON)
    assert (earned.outcome, earned.kept, earned.to_pool) == (jd.Outcome.booked, 1500 * HOUR, 100 * HOUR)
    assert bank.earn(entry, "A", 1600 * HOUR, NOON).outcome is jd.Outcome.exists
    bank.earn(ids.next(), "O", 2 * HOUR, NOON)
    with pytest.raises(jd.Error) as refused:
        bank.spend(ids.next(), "O", HOUR, NOON)
    assert refused.value.code == "organisation_only_donates"
    assert bank.donate(ids.next(), "O", 2 * HOUR, NOON) is jd.Outcome.booked
    asks = [jd.GrantRequest(ids.next(), "A", HOUR, NOON), jd.GrantRequest(ids.next(), "E", 5 * HOUR, NOON)]
    first, second = bank.grant(asks)
    assert (first.request, first.granted) == (asks[1].id, 5 * HOUR)
    assert second.outcome is jd.Outcome.credit_limit_exceeded
    assert bank.balance("E") == 5 * HOUR and bank.pool() == 97 * HOUR
    assert bank.outstanding() == 1602 * HOUR
    assert hours.books.verify().sound


def test_guardians_households_partners_and_hands(ids):
    bank = jd.TimeBank(jd.HoursLedger(zone="Asia/Shanghai"), NANJING, "East")
    bank.enrol(jd.TimeBankMember("M", born=date(2015, 1, 1), guardian="G", household="H"))
    bank.earn(ids.next(), "M", 3 * HOUR, NOON, above=jd.AboveDailyLimit.dropped)
    with pytest.raises(jd.Error) as refused:
        bank.share(ids.next(), "M", HOUR, NOON)
    assert refused.value.code == "guardian_needed"
    assert bank.share(ids.next(), "M", HOUR, NOON, by="G") is jd.Outcome.booked
    assert bank.household_pool("H") == HOUR
    assert bank.draw(ids.next(), "M", HOUR, NOON) is jd.Outcome.booked
    assert bank.partner(ids.next(), "West", we_owe=2 * HOUR, they_owe=HOUR) is jd.Outcome.booked
    assert bank.send(ids.next(), "M", "West", 2 * HOUR, NOON, by="G") is jd.Outcome.booked
    assert bank.receive(ids.next(), "West", "M", 4 * HOUR, NOON).outcome is jd.Outcome.debit_limit_exceeded
    assert bank.owed_to("West") == 2 * HOUR
    bank.enrol(jd.TimeBankMember("N"))
    assert bank.give(ids.next(), "M", "N", HOUR, NOON, by="G") is jd.Outcome.booked
    assert bank.spend(ids.next(), "N", HOUR, NOON) is jd.Outcome.booked
    assert bank.lend(ids.next(), "O1", "O2", 5 * HOUR, NOON) is jd.Outcome.booked
    assert bank.lent("O2", "O1") == -5 * HOUR
    assert bank.advance(NOON) == 0 * HOUR
    with pytest.raises(jd.Error, match="guardian_needed"):
        bank.leave(ids.next(), "M")
    assert bank.leave(ids.next(), "M", by="G") is jd.Outcome.booked
    entry = ids.next()
    bank.earn(entry, "N", HOUR, NOON)
    assert bank.correct(entry) is jd.Outcome.booked
    assert bank.balance("N") == 0 * HOUR


def test_a_bank_in_a_store_is_there_again(tmp_path, ids):
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        bank = jd.TimeBank(store.ledger, NANJING)
        bank.enrol(jd.TimeBankMember("A", household="H"))
        bank.earn(ids.next(), "A", 2 * HOUR, NOON)
        bank.lend(ids.next(), "O1", "O2", HOUR, NOON)
        assert bank.lent("O3", "O4") == 0 * HOUR
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        again = jd.TimeBank(store.ledger, NANJING)
        assert again.member("A") == jd.TimeBankMember("A", household="H")
        assert again.member("B") is None
        assert again.enrol(jd.TimeBankMember("A", household="H")) is jd.Outcome.exists
        assert again.balance("A") == 2 * HOUR
        assert again.lent("O1", "O2") == HOUR
        two = [jd.TimeBankMember("M", born=date(2015, 1, 2), guardian="A"), jd.TimeBankMember("A", tags=["a", "b"])]
        assert again.enrol(two) == [jd.Outcome.booked, jd.Outcome.exists]
        frame = again.members().to_pandas()
        assert list(frame["id"]) == ["A", "M"] and frame["tags"][0] == "a;b"
        assert (frame["born"][1], frame["guardian"][1]) == ("2015-01-02", "A")
        assert store.ledger.erase("A") is jd.Outcome.booked
        assert again.member("A") is None and again.member("M").guardian == ""
        assert again.pool() == 2 * HOUR
        assert store.verify().sound
    with pytest.raises(jd.Error) as refused:
        again.pool()
    assert refused.value.code == "store_closed"


def test_exchange_cycles():
    offers = [jd.HelpOffer("A", "B"), jd.HelpOffer("B", "C"), jd.HelpOffer("C", "A"), jd.HelpOffer("C", "B", weight=1)]
    plan = jd.plan_exchanges(offers, steps_max=1000)
    assert [cycle.participants for cycle in plan.cycles] == [["A", "B", "C"]]
    assert (plan.value, plan.bound, plan.gap, plan.stopped) == (3, 3, 0, False)
    paid = sum(price.price for price in plan.prices)
    paid += sum(price.price * (len(price.participants) // 2) for price in plan.set_prices)
    assert paid // jd.exchange_price_scale == plan.price_bound >= plan.bound
    assert jd.check_exchanges(offers, plan) == []
    assert jd.check_exchanges(offers[:2], plan) != []
    with pytest.raises(jd.InputError):
        jd.plan_exchanges([jd.HelpOffer("A", "A")])


def test_a_sale_at_the_callers_own_prices():
    at = datetime(2017, 1, 20, 1, tzinfo=UTC)
    prices = [100_00] * 29 + [200_00] * 3 + [300_00] * 2 + [240_00]
    bids = [jd.Bid(f"call-{i}", at + timedelta(minutes=i), price) for i, price in enumerate(prices)]
    result = jd.own_price_auction(35, bids)
    assert (result.sold, result.left, result.proceeds) == (35, 0, 4_340_00)
    assert jd.sales_table(result).to_pandas()["paid"].sum() == result.proceeds
    assert jd.shares_by_weight(100, [1, 1, 1]) == [34, 33, 33]
    books, yuan = jd.Ledger(), jd.Unit.money("CNY")
    accounts = [jd.Id128(0, number) for number in (1, 2, 3)]
    books.post([jd.OpenAccount(account, yuan) for account in accounts])
    buyers, grower, other = accounts
    commands = jd.auction_commands(result, jd.Id128(7, 7), at, yuan, buyers, [jd.Payee(grower), jd.Payee(other)])
    assert books.post(commands) == [jd.Outcome.booked] * 2
    assert books.post(commands) == [jd.Outcome.exists] * 2
    assert books.balance(grower).net == 2_170_00
