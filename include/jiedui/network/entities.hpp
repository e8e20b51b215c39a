#pragma once

#include "jiedui/network/fields.hpp"

// The columns of every table, each written once: `As` is ValueOf for one row and StorageOf for the
// columns of a frozen network. docs/formats.md says the same for CSV files, and a test holds the
// two together. `each` calls visit("name", a.field, b.field …) for the objects given.

namespace jiedui {

/// Geography, in four levels (county, district, township, village or community).
template <template <class> class As>
struct PlaceFields {
  static constexpr Entity entity = Entity::place;
  As<field::Id> id;
  As<field::Text> name;
  As<field::Number<1, 4>> level;  ///< 1 the widest … 4 the village or community; must be given
  As<field::Reference<PlaceTag>> parent;  ///< a place of a wider level
  As<field::Point> position;
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("name", selves.name...);
    visit("level", selves.level...);
    visit("parent", selves.parent...);
    visit("position", selves.position...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

template <template <class> class As>
struct OrganisationFields {
  static constexpr Entity entity = Entity::organisation;
  As<field::Id> id;
  As<field::Text> name;
  As<field::Choice<OrganisationKind>> kind{};
  As<field::Reference<OrganisationTag>> parent;
  As<field::Reference<PlaceTag>> place;  ///< where it is at home
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("name", selves.name...);
    visit("kind", selves.kind...);
    visit("parent", selves.parent...);
    visit("place", selves.place...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

template <template <class> class As>
struct HouseholdFields {
  static constexpr Entity entity = Entity::household;
  As<field::Id> id;
  As<field::Reference<PlaceTag>> place;
  As<field::Point> position;
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("place", selves.place...);
    visit("position", selves.position...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

template <template <class> class As>
struct BeneficiaryFields {
  static constexpr Entity entity = Entity::beneficiary;
  As<field::Id> id;
  As<field::Reference<HouseholdTag>> household;
  As<field::Reference<PlaceTag>> place;
  As<field::Point> position;
  As<field::Years> birth_year;
  As<field::Choice<Gender>> gender{};
  As<field::Words> languages;
  As<field::Words> tags;  ///< groups such as left_behind_child, elder_alone
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("household", selves.household...);
    visit("place", selves.place...);
    visit("position", selves.position...);
    visit("birth_year", selves.birth_year...);
    visit("gender", selves.gender...);
    visit("languages", selves.languages...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

template <template <class> class As>
struct VolunteerFields {
  static constexpr Entity entity = Entity::volunteer;
  As<field::Id> id;
  As<field::Reference<OrganisationTag>> organisation;
  As<field::Reference<PlaceTag>> place;
  As<field::Point> position;
  As<field::Skills> skills;
  As<field::Credentials> credentials;
  As<field::Words> training;  ///< courses done
  As<field::Day> insured_until;
  As<field::Words> languages;
  As<field::Choice<Gender>> gender{};
  As<field::Years> birth_year;
  As<field::Words> health_limits;            ///< what must not be asked: lifting, stairs …
  As<field::Windows> availability;           ///< none: any time
  As<field::Number<0, 10'000, 1>> capacity;  ///< pairs in the planning horizon
  As<field::Choice<TravelMode>> travel_mode{};
  As<field::Number<0, 20'000'000>> reach_metres;
  As<field::Number<0, 10'000>> reach_minutes;  ///< with neither given: 15 (mechanism N4)
  As<field::Day> registered_since;
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("organisation", selves.organisation...);
    visit("place", selves.place...);
    visit("position", selves.position...);
    visit("skills", selves.skills...);
    visit("credentials", selves.credentials...);
    visit("training", selves.training...);
    visit("insured_until", selves.insured_until...);
    visit("languages", selves.languages...);
    visit("gender", selves.gender...);
    visit("birth_year", selves.birth_year...);
    visit("health_limits", selves.health_limits...);
    visit("availability", selves.availability...);
    visit("capacity", selves.capacity...);
    visit("travel_mode", selves.travel_mode...);
    visit("reach_metres", selves.reach_metres...);
    visit("reach_minutes", selves.reach_minutes...);
    visit("registered_since", selves.registered_since...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

/// An activity or a project; a project's activities name it as their parent.
template <template <class> class As>
struct ActivityFields {
  static constexpr Entity entity = Entity::activity;
  As<field::Id> id;
  As<field::Text> name;
  As<field::Reference<ActivityTag>> parent;
  As<field::Reference<OrganisationTag>> organisation;
  As<field::Reference<PlaceTag>> place;
  As<field::Day> starts;
  As<field::Day> ends;
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("name", selves.name...);
    visit("parent", selves.parent...);
    visit("organisation", selves.organisation...);
    visit("place", selves.place...);
    visit("starts", selves.starts...);
    visit("ends", selves.ends...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

/// One service of the catalogue and what the law or the programme asks of who gives it
/// (志愿服务条例, articles 15 to 17).
template <template <class> class As>
struct ItemFields {
  static constexpr Entity entity = Entity::item;
  As<field::Id> id;
  As<field::Text> name;
  As<field::Word> group;
  As<field::Word> skill;
  As<field::Number<1, 9, 1>> least_level;
  As<field::Word> credential;
  As<field::Word> training;
  As<field::Number<0, 130>> min_age;
  As<field::Number<0, 130>> max_age;
  As<field::Words> health_demands;  ///< clash with the same word in a volunteer's health_limits
  As<field::Choice<YesNo>> dangerous{};  ///< yes: only insured volunteers (article 17)
  As<field::Choice<YesNo>> remote{};     ///< yes: by phone or online; reach does not matter
  As<field::Choice<ServiceClass>> service_class{};
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("name", selves.name...);
    visit("group", selves.group...);
    visit("skill", selves.skill...);
    visit("least_level", selves.least_level...);
    visit("credential", selves.credential...);
    visit("training", selves.training...);
    visit("min_age", selves.min_age...);
    visit("max_age", selves.max_age...);
    visit("health_demands", selves.health_demands...);
    visit("dangerous", selves.dangerous...);
    visit("remote", selves.remote...);
    visit("service_class", selves.service_class...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

/// A request for `demand` different people, of one item. A need that asks for several kinds of
/// people ("one social worker and two helpers") is several rows: its lines, of which one is the
/// need and the others name it in `part_of`.
template <template <class> class As>
struct NeedFields {
  static constexpr Entity entity = Entity::need;
  As<field::Id> id;
  As<field::Reference<BeneficiaryTag>> beneficiary;
  As<field::Reference<ItemTag>> item;  ///< must be given
  As<field::Reference<ActivityTag>> activity;
  As<field::Reference<PlaceTag>> place;
  As<field::Point> position;
  As<field::Windows> windows;  ///< none: no time is fixed
  As<field::Number<1, 2'880, 60>> duration_minutes;
  As<field::Number<1, 100'000, 1>> demand;  ///< how many people
  As<field::Number<1, 16, 4>> tier;         ///< 1 the most urgent
  As<field::Word> language;                 ///< wish: speaks it
  As<field::Choice<Gender>> gender{};       ///< wish
  As<field::References<VolunteerTag>> excluded;
  As<field::Number<1, 9>> least_level;  ///< above the item's
  /// The need that this row is a further line of; that one is not part of another. What the row
  /// leaves empty of beneficiary, windows and duration it takes from there, and the place and
  /// position if it has neither.
  As<field::Reference<NeedTag>> part_of;
  /// yes: only a team that comes as a whole will do. A market refuses it ("teams_not_paired").
  As<field::Choice<YesNo>> whole_team{};
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("beneficiary", selves.beneficiary...);
    visit("item", selves.item...);
    visit("activity", selves.activity...);
    visit("place", selves.place...);
    visit("position", selves.position...);
    visit("windows", selves.windows...);
    visit("duration_minutes", selves.duration_minutes...);
    visit("demand", selves.demand...);
    visit("tier", selves.tier...);
    visit("language", selves.language...);
    visit("gender", selves.gender...);
    visit("excluded", selves.excluded...);
    visit("least_level", selves.least_level...);
    visit("part_of", selves.part_of...);
    visit("whole_team", selves.whole_team...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

/// A typed, dated edge. Which entities an edge of a kind joins: see EdgeKind.
template <template <class> class As>
struct EdgeFields {
  static constexpr Entity entity = Entity::edge;
  As<field::Id> id;
  As<field::Choice<EdgeKind>> kind{};
  As<field::Text> from_kind;  ///< needed only where the kind of edge allows several
  As<field::Text> from;
  As<field::Text> to_kind;
  As<field::Text> to;
  As<field::Day> starts;
  As<field::Day> ends;
  As<field::Number<0, 1'000'000'000>> weight;
  As<field::Word> reason;
  As<field::Words> tags;
  As<field::Word> channel;

  template <class Visit, class... Selves>
  static void each(Visit&& visit, Selves&... selves) {
    visit("id", selves.id...);
    visit("kind", selves.kind...);
    visit("from_kind", selves.from_kind...);
    visit("from", selves.from...);
    visit("to_kind", selves.to_kind...);
    visit("to", selves.to...);
    visit("starts", selves.starts...);
    visit("ends", selves.ends...);
    visit("weight", selves.weight...);
    visit("reason", selves.reason...);
    visit("tags", selves.tags...);
    visit("channel", selves.channel...);
  }
};

using Place = PlaceFields<ValueOf>;
using Organisation = OrganisationFields<ValueOf>;
using Household = HouseholdFields<ValueOf>;
using Beneficiary = BeneficiaryFields<ValueOf>;
using Volunteer = VolunteerFields<ValueOf>;
using Activity = ActivityFields<ValueOf>;
using Item = ItemFields<ValueOf>;
using Need = NeedFields<ValueOf>;
using Edge = EdgeFields<ValueOf>;

using Places = PlaceFields<StorageOf>;
using Organisations = OrganisationFields<StorageOf>;
using Households = HouseholdFields<StorageOf>;
using Beneficiaries = BeneficiaryFields<StorageOf>;
using Volunteers = VolunteerFields<StorageOf>;
using Activities = ActivityFields<StorageOf>;
using Items = ItemFields<StorageOf>;
using Needs = NeedFields<StorageOf>;
using Edges = EdgeFields<StorageOf>;

}  // namespace jiedui
