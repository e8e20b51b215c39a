#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __AVX512DQ__
#include <immintrin.h>
#endif

// Private to the room: what is the same for sixteen entries is done for all at once. The vectors
// are those of GCC and Clang; a machine without such wide ones takes several steps. Intrinsics
// stand where the language has no word for what AVX-512 does in one step (in their masked forms, of
// which GCC 12 does not warn); the answers are the same.

namespace jiedui::lanes {

inline constexpr std::size_t count = 16;

/// One value of each of the entries that lie side by side.
template <class T>
using Column = std::array<T, count>;

// Vectors are passed by reference: how they are passed by value hangs on the machine.
using Ints = std::int32_t __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(64)));
using HalfInts = std::int32_t __attribute__((vector_size(32)));
using HalfDoubles = double __attribute__((vector_size(64)));

template <class Vector, class T>
void load(Vector& vector, const T* from) {
  std::memcpy(&vector, from, sizeof(vector));
}
template <class Vector, class T>
void store(const Vector& vector, T* to) {
  std::memcpy(to, &vector, sizeof(vector));
}

/// For each of a mask's lanes, all ones or zero, a bit.
inline std::uint32_t bits(const Ints& mask) {
#ifdef __AVX512DQ__
  return _mm512_movepi32_mask(reinterpret_cast<const __m512i&>(mask));
#else
  Column<std::int32_t> of;
  store(mask, of.data());
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < count; ++i) bits |= (of[i] != 0 ? 1U : 0U) << i;
  return bits;
#endif
}
/// For each lane whether a < b.
inline std::uint32_t less(const HalfDoubles& a, const HalfDoubles& b) {
#ifdef __AVX512DQ__
  return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ);
#else
  Column<std::int64_t> of;
  const auto mask = a < b;
  store(mask, of.data());
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < count / 2; ++i) bits |= (of[i] != 0 ? 1U : 0U) << i;
  return bits;
#endif
}

/// Whole numbers as doubles.
inline void convert(HalfDoubles& to, const HalfInts& from) {
#ifdef __AVX512DQ__
  to = _mm512_maskz_cvtepi32_pd(0xFF, reinterpret_cast<const __m256i&>(from));
#else
  to = __builtin_convertvector(from, HalfDoubles);
#endif
}
/// The roots, cut off to whole numbers.
inline void whole_roots(HalfInts& roots, const HalfDoubles& squares) {
#ifdef __AVX512DQ__
  reinterpret_cast<__m256i&>(roots) =
      _mm512_maskz_cvttpd_epi32(0xFF, _mm512_maskz_sqrt_pd(0xFF, squares));
#else
  std::array<double, count / 2> of;
  std::array<std::int32_t, count / 2> whole;
  store(squares, of.data());
  for (std::size_t i = 0; i < of.size(); ++i)
    whole[i] = static_cast<std::int32_t>(std::sqrt(of[i]));
  load(roots, whole.data());
#endif
}
/// table[index] in each lane.
inline void look_up(Ints& values, const std::int32_t* table, const Ints& index) {
#ifdef __AVX512DQ__
  reinterpret_cast<__m512i&>(values) = _mm512_mask_i32gather_epi32(
      _mm512_setzero_si512(), 0xFFFF, reinterpret_cast<const __m512i&>(index), table, 4);
#else
  Column<std::int32_t> of;
  store(index, of.data());
  for (std::int32_t& value : of) value = table[value];
  load(values, of.data());
#endif
}

/// Writes the values whose bit is set to `to`, one behind the other; up to `count` places behind
/// `to` are overwritten. No branch is taken on the bits: nobody could foretell it.
template <class T>
void append(T* to, const T* values, std::uint32_t bits) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
#ifdef __AVX512DQ__
  if constexpr (sizeof(T) == 4) {
    const auto mask = static_cast<__mmask16>(bits);
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(mask, _mm512_loadu_si512(values)));
  } else {
    const auto low = static_cast<__mmask8>(bits);
    const auto high = static_cast<__mmask8>(bits >> 8U);
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi64(low, _mm512_loadu_si512(values)));
    _mm512_storeu_si512(to + __builtin_popcount(low),
                        _mm512_maskz_compress_epi64(high, _mm512_loadu_si512(values + 8)));
  }
#else
  for (std::size_t i = 0; i < count; ++i) {
    *to = values[i];
    to += bits >> i & 1U;
  }
#endif
}

}  // namespace jiedui::lanes
