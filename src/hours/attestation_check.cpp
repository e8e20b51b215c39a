#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>

#include "hours/attestation_encoding.hpp"
#include "jiedui/hours/attestation.hpp"

namespace jiedui {

namespace {

constexpr std::size_t parts_shown = 12;
constexpr std::size_t label_columns = 28;

struct Words {
  std::string_view code, headline, meaning;
};

/// By number of the verdict.
constexpr std::array<Words, 9> words{{
    {"valid", "VALID 有效", "Signed by the issuer, and not revoked. 签名有效,未被撤销。"},
    {"not_checked", "SIGNATURE VALID, REVOCATION NOT CHECKED 签名有效,未核查是否撤销",
     "Signed by the issuer. Whether it was revoked since only the issuer's current list tells.\n"
     "确由出具单位签名;此后是否被撤销,须用出具单位最新的撤销名单核查。"},
    {"list_older", "SIGNATURE VALID, LIST TOO OLD 签名有效,撤销名单过旧",
     "The revocation list is older than the attestation: get the current one.\n"
     "撤销名单早于本证明,请取得最新名单。"},
    {"list_unusable", "SIGNATURE VALID, LIST UNUSABLE 签名有效,撤销名单无法使用",
     "The revocation list is unreadable, or not signed with this key: take another copy.\n"
     "撤销名单无法识别,或不是用此密钥签名,请另取一份。"},
    {"superseded", "SUPERSEDED 已被取代",
     "Do not accept it: the issuer issued another one in its place.\n"
     "请勿接受:出具单位已另行出具新的证明。"},
    {"revoked", "REVOKED 已撤销",
     "Do not accept it: the issuer took it back. 请勿接受:出具单位已撤销。"},
    {"key_differs", "SIGNED WITH ANOTHER KEY 签名密钥不符",
     "It is not from the issuer whose key was given. 不是所给密钥的单位出具的。"},
    {"signature_wrong", "SIGNATURE WRONG 签名无效",
     "It was changed or forged: do not accept it. 内容被改动或系伪造,请勿接受。"},
    {"unreadable", "UNREADABLE 无法识别",
     "This is no attestation, or not the whole text of one. 不是证明,或文本不完整。"},
}};

const Words& words_of(AttestationVerdict verdict) {
  return words.at(static_cast<std::size_t>(verdict));
}

/// Columns that a text takes on a terminal; Chinese characters take two.
std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += byte < 0x80 ? 1 : byte >= 0xE0 ? 2 : 0;
  }
  return count;
}

void row(std::ostream& out, std::string_view label, std::string_view value) {
  const std::size_t wide = columns(label);
  out << "  " << label << std::string(wide < label_columns ? label_columns - wide : 1, ' ') << value
      << '\n';
}

template <class Part, class Name>
void rows(std::ostream& out, std::string_view label, const std::vector<Part>& parts, Name name) {
  for (std::size_t i = 0; i < std::min(parts.size(), parts_shown); ++i)
    row(out, i == 0 ? label : "", hours_text(parts[i].seconds) + "  " + name(parts[i]));
  if (parts.size() > parts_shown)
    row(out, "", "and more 其余: " + std::to_string(parts.size() - parts_shown));
}

std::string source_words(const SourceSeconds& part) {
  switch (part.source) {
    case RecordSource::clock:
      return "clock 打卡签到";
    case RecordSource::organisation:
      return "organisation 组织录入";
    case RecordSource::declared:
      return "declared 本人申报";
    case RecordSource::backfilled:
      return "back-filled 补录";
  }
  return "other 其他";
}

void write_facts(std::ostream& out, const Attestation& attestation) {
  const auto named = [](const NamedSeconds& part) {
    return part.name.empty() ? std::string("not stated 未注明") : part.name;
  };
  row(out, "Attestation 证明编号", attestation.id.to_string());
  if (!attestation.replaces.is_zero())
    row(out, "In place of 取代", attestation.replaces.to_string());
  if (!attestation.name.empty()) row(out, "Name 姓名", attestation.name);
  const bool national = attestation.number_kind == VolunteerNumberKind::national;
  row(out, national ? "Volunteer number 志愿者编号" : "Pseudonym 匿名编号", attestation.number);
  row(out, "Confirmed service 服务时间", hours_text(attestation.seconds) + "  (h:mm:ss)");
  row(out, "Period 服务期间", attestation.period.to_string() + ", " + attestation.zone);
  rows(out, "By source 按记录来源", attestation.sources, source_words);
  rows(out, "By organisation 按组织", attestation.organisations, named);
  rows(out, "By item 按服务内容", attestation.items, named);
  rows(out, "By day 按日期", attestation.days,
       [](const DaySeconds& part) { return format(part.day); });
  row(out, "Issuer 出具单位", attestation.issuer_name + ", " + attestation.issuer_id);
  row(out, "Issued 出具时间", format(attestation.issued));
  row(out, "Key 公钥开头", attestation.key_mark);
  row(out, "Books 账本", attestation.head.book.to_string());
  row(out, "",
      "entry " + std::to_string(attestation.head.count) + ", " +
          std::to_string(attestation.entries) + " entries counted");
}

}  // namespace

std::string_view to_string(AttestationVerdict verdict) {
  return words_of(verdict).code;
}

bool is_showable(std::string_view text) {
  return offline::is_showable(text);
}

Attestation read_attestation(std::string_view text) {
  const auto read = offline::read_attestation(text);
  if (!read)
    throw Error({.code = "attestation_unreadable",
                 .place = "attestation",
                 .message = "the text is no attestation, or not the whole of one",
                 .allowed = "JD1: and what follows it, as the issuer gave it out",
                 .way_out = "scan or copy it again; a later version needs a later jiedui"});
  return detail::decoded(*read, text);
}

AttestationCheck verify_attestation(std::string_view text, const PublicKey& key,
                                    std::optional<std::string_view> revocations) {
  const offline::Check found = offline::verify(text, key.bytes, revocations);
  AttestationCheck check{.verdict = static_cast<AttestationVerdict>(found.verdict),
                         .list_dated = found.list_dated};
  if (found.attestation) check.attestation = detail::decoded(*found.attestation, text);
  if (found.revocation) check.revocation = detail::decoded(*found.revocation);
  return check;
}

std::ostream& operator<<(std::ostream& out, const AttestationCheck& check) {
  std::ostringstream text;  // its own, so that the caller's width and fill do not leak in
  text << words_of(check.verdict).headline << '\n' << words_of(check.verdict).meaning << '\n';
  if (check.list_dated) row(text, "Revocation list of 名单日期", format(*check.list_dated));
  if (check.revocation) {
    row(text, "Since 自", format(check.revocation->when));
    if (!check.revocation->successor.is_zero())
      row(text, "Successor 新证明编号", check.revocation->successor.to_string());
  }
  if (check.attestation) write_facts(text, *check.attestation);
  return out << text.str();
}

}  // namespace jiedui
