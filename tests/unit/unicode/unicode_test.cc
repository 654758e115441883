// unicode_test.cc - our tables say what utf8proc says: of every character, and of random text in NFKC.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <utf8proc.h>

#include <random>
#include <vector>

#include "vm/base/unicode.h"

namespace {

constexpr int32_t kLast = 0x10FFFF;

bool IsSurrogate(int32_t c) { return c >= 0xD800 && c < 0xE000; }

std::vector<uint32_t> Decomposed(int32_t c, int options) {
  int32_t out[64];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, out, 64, static_cast<utf8proc_option_t>(options), &boundary);
  return std::vector<uint32_t>(out, out + (n > 0 ? n : 0));
}

TEST(Unicode, CategoriesAndCaseOfEveryCharacter) {
  for (int32_t c = 0; c <= kLast; c++) {
    uint32_t u = static_cast<uint32_t>(c);
    ASSERT_EQ(int(sk_unicode_category(u)), int(utf8proc_category(c))) << std::hex << c;
    ASSERT_EQ(int32_t(sk_unicode_lower(u)), utf8proc_tolower(c)) << std::hex << c;
    ASSERT_EQ(int32_t(sk_unicode_upper(u)), utf8proc_toupper(c)) << std::hex << c;
    ASSERT_EQ(int32_t(sk_unicode_title(u)), utf8proc_totitle(c)) << std::hex << c;
  }
}

TEST(Unicode, WhatIsNoCharacterStandsForItself) {
  for (uint32_t c : {0x110000u, 0x7fffffffu, 0xffffffffu}) {
    EXPECT_EQ(sk_unicode_category(c), SK_CN);
    EXPECT_EQ(sk_unicode_lower(c), c);
    uint32_t out[SK_UNICODE_PARTS];
    ASSERT_EQ(sk_unicode_fold(c, out), 1u);
    EXPECT_EQ(out[0], c);
    ASSERT_EQ(sk_unicode_decompose(c, out), 1u);
    EXPECT_EQ(out[0], c);
  }
}

TEST(Unicode, FoldsAndDecomposesEveryCharacter) {
  for (int32_t c = 0; c <= kLast; c++) {
    if (IsSurrogate(c)) continue;
    uint32_t fold[SK_UNICODE_FOLD], parts[SK_UNICODE_PARTS];
    size_t n = sk_unicode_fold(static_cast<uint32_t>(c), fold), m = sk_unicode_decompose(static_cast<uint32_t>(c), parts);
    ASSERT_EQ(std::vector<uint32_t>(fold, fold + n), Decomposed(c, UTF8PROC_CASEFOLD)) << std::hex << c;
    ASSERT_EQ(std::vector<uint32_t>(parts, parts + m), Decomposed(c, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT)) << std::hex << c;
  }
}

std::vector<uint32_t> OurNfkc(const std::vector<int32_t> &text) {
  std::vector<uint32_t> all;
  for (int32_t c : text) {
    uint32_t parts[SK_UNICODE_PARTS];
    size_t n = sk_unicode_decompose(static_cast<uint32_t>(c), parts);
    all.insert(all.end(), parts, parts + n);
  }
  all.resize(sk_unicode_compose(all.data(), all.size()));
  return all;
}

std::vector<uint32_t> TheirNfkc(const std::vector<int32_t> &text) {
  const int options = UTF8PROC_STABLE | UTF8PROC_COMPAT;
  std::vector<int32_t> all;
  for (int32_t c : text)
    for (uint32_t part : Decomposed(c, options | UTF8PROC_DECOMPOSE)) all.push_back(int32_t(part));
  // utf8proc orders marks only while it decomposes UTF-8.
  std::vector<uint8_t> utf8;
  for (int32_t c : all) {
    uint8_t one[4];
    utf8.insert(utf8.end(), one, one + utf8proc_encode_char(c, one));
  }
  std::vector<int32_t> out(all.size() * 4 + 8);
  utf8proc_ssize_t n = utf8proc_decompose(utf8.data(), utf8proc_ssize_t(utf8.size()), out.data(), utf8proc_ssize_t(out.size()),
                                          static_cast<utf8proc_option_t>(options | UTF8PROC_COMPOSE));
  n = utf8proc_normalize_utf32(out.data(), n, static_cast<utf8proc_option_t>(options | UTF8PROC_COMPOSE));
  return std::vector<uint32_t>(out.begin(), out.begin() + n);
}

TEST(Unicode, ComposesEveryCharacterAfterALetterAndAMark) {
  for (int32_t c = 0; c <= kLast; c++) {
    if (IsSurrogate(c)) continue;
    for (std::vector<int32_t> text : {std::vector<int32_t>{c}, {'a', c}, {'e', 0x323, c}, {c, 0x302, 0x301}})
      ASSERT_EQ(OurNfkc(text), TheirNfkc(text)) << std::hex << c;
  }
}

TEST(Unicode, ComposesRandomText) {
  std::mt19937 random(7);
  const int32_t starts[] = {'a', 'O', 0x300, 0x320, 0x338, 0x345, 0x3b1, 0x5b0, 0x1100, 0x1161, 0x11a8, 0xac00, 0x1e00, 0x1f00, 0xfb00, 0x11131, 0x1d15e};
  for (int round = 0; round < 100000; round++) {
    std::vector<int32_t> text(1 + random() % 8);
    for (int32_t &c : text) c = starts[random() % (sizeof starts / sizeof *starts)] + int32_t(random() % 24);
    ASSERT_EQ(OurNfkc(text), TheirNfkc(text)) << round;
  }
}

}  // namespace
