# Writes rule_pack_texts.cpp: the files of src/wire/rule_packs as constants.
# cmake -DFOLDER=… -DOUTPUT=… -P embed_rule_packs.cmake
file(GLOB files "${FOLDER}/*.json")
list(SORT files)
set(body "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  string(REGEX REPLACE "\\.json$" "" name "${name}")
  file(READ "${file}" text)
  string(APPEND body "    {\"${name}\", R\"json(${text})json\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"wire/rule_pack_texts.hpp\"

#include <array>

namespace {
constexpr auto texts = std::to_array<jiedui::detail::RulePackText>({
${body}});
}  // namespace

std::span<const jiedui::detail::RulePackText> jiedui::detail::rule_pack_texts() { return texts; }
")
