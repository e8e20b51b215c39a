#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "jiedui/base/export.hpp"
#include "jiedui/network/entities.hpp"

namespace jiedui {

/// Operations of a Dispatcher that belong together: Dispatcher::apply() does all of them or none.
/// Each function notes one and returns the list.
class JIEDUI_API Operations {
 public:
  Operations& add_volunteer(Volunteer row);
  Operations& edit_volunteer(Volunteer row);
  Operations& withdraw_volunteer(std::string_view volunteer);
  Operations& add_need(Need row);
  Operations& edit_need(Need row);
  Operations& withdraw_need(std::string_view need);
  Operations& decline(std::string_view volunteer, std::string_view need);
  Operations& pin(std::string_view volunteer, std::string_view need);
  Operations& confirm(std::string_view volunteer, std::string_view need);
  Operations& unpin(std::string_view volunteer, std::string_view need);
  Operations& set_capacity(std::string_view volunteer, std::int32_t pairs);
  Operations& set_demand(std::string_view need, std::int32_t people);
  std::size_t size() const { return all_.size(); }

 private:
  friend class Dispatcher;
  enum class Kind : std::uint8_t {
    add_volunteer,
    edit_volunteer,
    withdraw_volunteer,
    add_need,
    edit_need,
    withdraw_need,
    decline,
    pin,
    confirm,
    unpin,
    set_capacity,
    set_demand,
  };
  struct Names {
    std::string volunteer, need;
    std::int32_t number = 0;
  };
  struct One {
    Kind kind;
    std::variant<Names, Volunteer, Need> what;
  };
  Operations& add(Kind kind, std::string_view volunteer, std::string_view need,
                  std::int32_t number = 0);

  std::vector<One> all_;
};

}  // namespace jiedui
