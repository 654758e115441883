// utf8_test.cc - UTF-8 walking and validation, and the byte buffer.
#include "vm/base/utf8.h"

#include <string>

#include "gtest/gtest.h"
#include "vm/base/buf.h"

namespace {

SkUtf8Scan Scan(const std::string &s, bool surrogates = false) {
  return sk_utf8_scan(s.data(), s.size(), surrogates);
}

TEST(Utf8, EveryCodePointRoundTrips) {
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    char text[4];
    size_t n = sk_utf8_encode(c, text), width;
    ASSERT_EQ(n, sk_utf8_size(c));
    ASSERT_EQ(sk_utf8_decode(text, &width), c);
    ASSERT_EQ(width, n);
    SkUtf8Scan scan = sk_utf8_scan(text, n, false);
    bool surrogate = sk_utf8_is_surrogate(c);
    ASSERT_EQ(scan.error == SK_UTF8_OK, !surrogate) << c;
    SkUtf8Scan wide = sk_utf8_scan(text, n, true);
    ASSERT_EQ(wide.error, SK_UTF8_OK) << c;
    ASSERT_EQ(wide.has_surrogates, surrogate);
  }
}

TEST(Utf8, CountAndOffsetAgreeAtEveryLength) {
  std::string text;
  size_t count = 0;
  const char *pieces[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "bcdefgh"};
  const size_t sizes[] = {1, 1, 1, 1, 7};
  for (int i = 0; i < 60; i++) {
    text += pieces[i * 7 % 5];
    count += sizes[i * 7 % 5];
    ASSERT_EQ(sk_utf8_count(text.data(), text.size()), count);
    size_t index = 0;
    for (const char *p = text.data(), *end = p + text.size(); p < end; sk_utf8_next(&p)) {
      ASSERT_EQ(sk_utf8_offset(text.data(), text.size(), index++), size_t(p - text.data()));
    }
    ASSERT_EQ(sk_utf8_offset(text.data(), text.size(), count), text.size());
  }
}

// What bytes.decode() reports for the same input.
TEST(Utf8, ErrorsCoverTheMaximalSubpart) {
  struct Row {
    std::string bytes;
    SkUtf8Error error;
    size_t at, length;
  } rows[] = {
      {"ab\x80", SK_UTF8_BAD_START, 2, 1},
      {"\xC0\x80", SK_UTF8_BAD_START, 0, 1},
      {"\xE0\x80\x80", SK_UTF8_BAD_CONTINUATION, 0, 1},
      {"\xED\xA0\x80", SK_UTF8_BAD_CONTINUATION, 0, 1},
      {"\xF4\x90\x80\x80", SK_UTF8_BAD_CONTINUATION, 0, 1},
      {"\xF0\x9F\x98(", SK_UTF8_BAD_CONTINUATION, 0, 3},
      {"x\xE2\x82", SK_UTF8_TRUNCATED, 1, 2},
      {"\xF5", SK_UTF8_BAD_START, 0, 1},
  };
  for (const Row &row : rows) {
    SkUtf8Scan scan = Scan(row.bytes);
    EXPECT_EQ(scan.error, row.error);
    EXPECT_EQ(scan.error_at, row.at);
    EXPECT_EQ(scan.error_bytes, row.length);
  }
}

TEST(Buf, GrowsAndFormats) {
  SkBuf b;
  sk_buf_init(&b);
  for (int i = 0; i < 1000; i++) sk_buf_addf(&b, "%d,", i);
  sk_buf_add_code_point(&b, 0x20AC);
  std::string text = sk_buf_cstr(&b);
  EXPECT_EQ(text.substr(0, 8), "0,1,2,3,");
  EXPECT_EQ(text.substr(text.size() - 7), "999,\xE2\x82\xAC");
  EXPECT_EQ(text.size(), b.length);
  sk_buf_free(&b);
}

}  // namespace
