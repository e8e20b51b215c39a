#include "jiedui/pairing/operations.hpp"

namespace jiedui {

Operations& Operations::add(Kind kind, std::string_view volunteer, std::string_view need,
                            std::int32_t number) {
  all_.push_back({kind, Names{std::string(volunteer), std::string(need), number}});
  return *this;
}

Operations& Operations::add_volunteer(Volunteer row) {
  all_.push_back({Kind::add_volunteer, std::move(row)});
  return *this;
}
Operations& Operations::edit_volunteer(Volunteer row) {
  all_.push_back({Kind::edit_volunteer, std::move(row)});
  return *this;
}
Operations& Operations::withdraw_volunteer(std::string_view volunteer) {
  return add(Kind::withdraw_volunteer, volunteer, {});
}
Operations& Operations::add_need(Need row) {
  all_.push_back({Kind::add_need, std::move(row)});
  return *this;
}
Operations& Operations::edit_need(Need row) {
  all_.push_back({Kind::edit_need, std::move(row)});
  return *this;
}
Operations& Operations::withdraw_need(std::string_view need) {
  return add(Kind::withdraw_need, {}, need);
}
Operations& Operations::decline(std::string_view volunteer, std::string_view need) {
  return add(Kind::decline, volunteer, need);
}
Operations& Operations::pin(std::string_view volunteer, std::string_view need) {
  return add(Kind::pin, volunteer, need);
}
Operations& Operations::confirm(std::string_view volunteer, std::string_view need) {
  return add(Kind::confirm, volunteer, need);
}
Operations& Operations::unpin(std::string_view volunteer, std::string_view need) {
  return add(Kind::unpin, volunteer, need);
}
Operations& Operations::set_capacity(std::string_view volunteer, std::int32_t pairs) {
  return add(Kind::set_capacity, volunteer, {}, pairs);
}
Operations& Operations::set_demand(std::string_view need, std::int32_t people) {
  return add(Kind::set_demand, {}, need, people);
}

}  // namespace jiedui
