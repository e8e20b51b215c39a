#include "jiedui/ledger/signed_head.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "jiedui/base/error.hpp"
#include "ledger/sign.hpp"

namespace jiedui {

namespace {

using detail::Signature;

constexpr std::string_view head_begin = "jiedui-head-v1";
constexpr std::string_view head_end = "end";
constexpr std::string_view public_begin = "jiedui-public-key-v1";
constexpr std::string_view signing_begin = "jiedui-signing-key-v1";
constexpr std::size_t file_bytes_max = 4'096;

static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_SEEDBYTES == 32);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);

void start_sodium() {
  static const bool ready = sodium_init() >= 0;
  JIEDUI_CHECK(ready);
}

Error key_unreadable(std::string_view wanted) {
  return Error({.code = "key_unreadable",
                .place = "key",
                .message = "the text is not such a key",
                .allowed = std::string(wanted) + " and 64 hexadecimal digits",
                .way_out = "name the other half of the key, or make a new one"});
}

Error head_unreadable(std::string_view field) {
  return Error({.code = "head_unreadable",
                .place = "head " + std::string(field),
                .message = "the text holds no exported head, or one that was changed",
                .allowed = "the lines from jiedui-head-v1 to end, as they were exported",
                .way_out = "take another copy of the head"});
}

std::vector<std::string_view> words_of(std::string_view text) {
  static constexpr std::string_view white = " \t\r\n";
  std::vector<std::string_view> words;
  for (auto at = text.find_first_not_of(white); at != std::string_view::npos;
       at = text.find_first_not_of(white, at)) {
    const auto end = std::min(text.find_first_of(white, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

Hash256 parse_key(std::string_view text, std::string_view begin) {
  const auto words = words_of(text);
  if (words.size() == 2 && words[0] == begin)
    if (const auto key = Hash256::parse(words[1])) return *key;
  throw key_unreadable(begin);
}

std::string key_text(std::string_view begin, const std::array<std::uint8_t, 32>& bytes) {
  return std::string(begin) + " " + Hash256{bytes}.to_string();
}

/// Refuses a file that exists: a key that is lost cannot be made again.
void write_new(const std::filesystem::path& path, const std::string& text, unsigned mode) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (file < 0 && errno == EEXIST)
    throw Error({.code = "file_exists",
                 .place = path.filename().string(),
                 .message = "there is such a file already",
                 .allowed = "a file that does not exist",
                 .way_out = "name another file"});
  const auto length = static_cast<ssize_t>(text.size());
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == length && ::fsync(file) == 0;
  const int reason = errno;
  const bool closed = file >= 0 && ::close(file) == 0;
  if (written && closed) return;
  if (file >= 0) ::unlink(path.c_str());
  throw Error(
      {.code = "file_unwritable",
       .place = path.filename().string(),
       .message = "the file cannot be written (system error " + std::to_string(reason) + ")",
       .allowed = "an existing folder in which files may be made",
       .way_out = "check the path and the folder's permissions"});
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(file_bytes_max, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (file.gcount() == 0 && !file.eof()))
    throw Error({.code = "file_unreadable",
                 .place = path.filename().string(),
                 .message = "the file cannot be read",
                 .allowed = "a file that this program may read",
                 .way_out = "check path and permissions"});
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

struct ReadHead {
  ChainHead head;
  std::optional<PublicKey> key;
  std::optional<Signature> signature;
};

template <class Whole>
Whole whole_number(std::string_view text, std::string_view field) {
  Whole value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) throw head_unreadable(field);
  return value;
}

/// The values between the words that name them; what was broken into lines is put together again.
class HeadFields {
 public:
  explicit HeadFields(std::string_view text) {
    const auto words = words_of(text);
    const auto begin = std::find(words.begin(), words.end(), head_begin);
    const auto end = std::find(begin, words.end(), head_end);
    if (end == words.end()) throw head_unreadable("end");
    words_.assign(begin + 1, end);
    next_ = words_.begin();
  }
  bool done() const { return next_ == words_.end(); }
  std::string take(std::string_view field) {
    static constexpr std::array<std::string_view, 6> names{"book", "entries", "booked",
                                                           "hash", "key",     "signature"};
    if (done() || *next_ != field) throw head_unreadable(field);
    std::string value;
    for (++next_; !done() && std::find(names.begin(), names.end(), *next_) == names.end(); ++next_)
      value += *next_;
    return value;
  }

 private:
  std::vector<std::string_view> words_;
  std::vector<std::string_view>::const_iterator next_;
};

ReadHead parse_head(std::string_view text) {
  HeadFields fields{text};
  ReadHead read;
  const auto book = Id128::parse(fields.take("book"));
  if (!book) throw head_unreadable("book");
  read.head.book = *book;
  read.head.count = whole_number<std::uint64_t>(fields.take("entries"), "entries");
  read.head.booked = BookedTime{
      std::chrono::nanoseconds{whole_number<std::int64_t>(fields.take("booked"), "booked")}};
  const auto hash = Hash256::parse(fields.take("hash"));
  if (!hash) throw head_unreadable("hash");
  read.head.hash = *hash;
  if (fields.done()) return read;
  const auto key = Hash256::parse(fields.take("key"));
  if (!key) throw head_unreadable("key");
  read.key = PublicKey{key->bytes};
  const std::string digits = fields.take("signature");
  const auto first = Hash256::parse(std::string_view(digits).substr(0, 64));
  const auto second =
      digits.size() == 128 ? Hash256::parse(std::string_view(digits).substr(64)) : std::nullopt;
  if (!first || !second || !fields.done()) throw head_unreadable("signature");
  Signature& signature = read.signature.emplace();
  std::copy(second->bytes.begin(), second->bytes.end(),
            std::copy(first->bytes.begin(), first->bytes.end(), signature.begin()));
  return read;
}

/// What is signed: a name of its own, so that the signature is good for nothing else; the values.
std::array<std::uint8_t, 80> signed_bytes(const ChainHead& head) {
  std::array<std::uint8_t, 80> bytes{};
  std::copy(head_begin.begin(), head_begin.end(), bytes.begin());
  const std::array<std::uint64_t, 4> words{
      head.book.low, head.book.high, head.count,
      static_cast<std::uint64_t>(head.booked.time_since_epoch().count())};
  for (std::size_t word = 0; word < words.size(); ++word)
    for (unsigned i = 0; i < 8; ++i)
      bytes[16 + 8 * word + i] = static_cast<std::uint8_t>(words[word] >> (8 * i));
  std::copy(head.hash.bytes.begin(), head.hash.bytes.end(), bytes.begin() + 48);
  return bytes;
}

std::string head_lines(const ChainHead& head) {
  return std::string(head_begin) + "\nbook      " + head.book.to_string() + "\nentries   " +
         std::to_string(head.count) + "\nbooked    " +
         std::to_string(head.booked.time_since_epoch().count()) + "\nhash      " +
         head.hash.to_string() + "\n";
}

}  // namespace

std::string PublicKey::to_string() const {
  return key_text(public_begin, bytes);
}

PublicKey PublicKey::parse(std::string_view text) {
  return {parse_key(text, public_begin).bytes};
}

SigningKey::~SigningKey() {
  sodium_memzero(bytes.data(), bytes.size());
}

SigningKey SigningKey::generate() {
  return SigningKey{random_secret().bytes};
}

PublicKey SigningKey::public_key() const {
  start_sodium();
  PublicKey half;
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(half.bytes.data(), secret.data(), bytes.data());
  sodium_memzero(secret.data(), secret.size());
  return half;
}

detail::Signature detail::sign(std::span<const std::uint8_t> message, const SigningKey& key) {
  start_sodium();
  PublicKey half;
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(half.bytes.data(), secret.data(), key.bytes.data());
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  return signature;
}

void write_key(const SigningKey& key, const std::filesystem::path& path) {
  write_new(path, key_text(signing_begin, key.bytes) + "\n", 0600);
}

void write_key(const PublicKey& key, const std::filesystem::path& path) {
  write_new(path, key.to_string() + "\n", 0644);
}

SigningKey read_signing_key(const std::filesystem::path& path) {
  return SigningKey{parse_key(read_text(path), signing_begin).bytes};
}

PublicKey read_public_key(const std::filesystem::path& path) {
  return PublicKey::parse(read_text(path));
}

std::string head_text(const ChainHead& head) {
  return head_lines(head) + std::string(head_end) + "\n";
}

std::string sign_head(const ChainHead& head, const SigningKey& key) {
  const PublicKey half = key.public_key();
  const Signature signature = detail::sign(signed_bytes(head), key);
  Hash256 first, second;
  std::copy(signature.begin(), signature.begin() + 32, first.bytes.begin());
  std::copy(signature.begin() + 32, signature.end(), second.bytes.begin());
  // Two lines: mail breaks longer ones.
  return head_lines(head) + "key       " + Hash256{half.bytes}.to_string() + "\nsignature " +
         first.to_string() + "\n          " + second.to_string() + "\n" + std::string(head_end) +
         "\n";
}

ChainHead read_head(std::string_view text) {
  return parse_head(text).head;
}

ChainHead check_head(std::string_view text, const PublicKey& key) {
  start_sodium();
  const ReadHead read = parse_head(text);
  const std::string place = "head at entry " + std::to_string(read.head.count);
  if (!read.signature)
    throw Error({.code = "head_unsigned",
                 .place = place,
                 .message = "the head carries no signature",
                 .allowed = "a signed head",
                 .way_out = "read it without a key if you trust where it was kept"});
  const auto message = signed_bytes(read.head);
  if (*read.key != key || crypto_sign_verify_detached(read.signature->data(), message.data(),
                                                      message.size(), key.bytes.data()) != 0)
    throw Error({.code = "head_signature_wrong",
                 .place = place,
                 .message = *read.key != key ? "the head names another key"
                                             : "a value of the head was changed, or its signature",
                 .allowed = "a head that was signed with this key",
                 .way_out = "check which key signed it, or take another copy of the head"});
  return read.head;
}

}  // namespace jiedui
