// value_test.cc - sections 4 and 5 of skein.h: handles, refs, values in and out, patterns, calls.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "tests/unit/api/host.h"

namespace {

class ValueTest : public HostTest {};

// ---- handles ----

TEST_F(ValueTest, AHandleEndsWithItsScope) {
  skein_scope outer = skein_scope_open(vm_);
  skein_val a = skein_int(vm_, 1);
  skein_scope inner = skein_scope_open(vm_);
  skein_val b = skein_int(vm_, 2);
  skein_scope_close(vm_, inner);
  skein_val c = skein_int(vm_, 3);  // the same slot as b
  int64_t n = 7;
  EXPECT_EQ(skein_get_int(vm_, b, &n), SKEIN_ERR_MISUSE);
  EXPECT_EQ(n, 0);
  EXPECT_STREQ(skein_misuse(vm_), "a handle whose scope was closed, or of another VM");
  EXPECT_EQ(skein_get_int(vm_, c, &n), SKEIN_OK);
  EXPECT_EQ(n, 3);
  skein_scope_close(vm_, outer);
  EXPECT_EQ(skein_typeof(vm_, a), SKEIN_T_ABSENT);
  EXPECT_EQ(skein_get_int(vm_, skein_val{0}, &n), SKEIN_ERR_MISUSE);
  EXPECT_STREQ(skein_misuse(vm_), "the absent handle");
}

TEST_F(ValueTest, ClosingTheOuterScopeClosesTheInner) {
  skein_scope outer = skein_scope_open(vm_);
  skein_scope_open(vm_);
  skein_val b = skein_int(vm_, 2);
  skein_scope_close(vm_, outer);
  EXPECT_EQ(skein_typeof(vm_, b), SKEIN_T_ABSENT);
  skein_scope_close(vm_, outer);  // again: nothing
  skein_scope_close(vm_, skein_scope{~UINT64_C(0)});
}

TEST_F(ValueTest, EscapeKeepsOne) {
  skein_scope scope = skein_scope_open(vm_);
  skein_val kept = skein_scope_escape(vm_, scope, Eval("['kept']"));
  skein_gc(vm_);
  EXPECT_EQ(Repr(kept), "['kept']");
  EXPECT_EQ(skein_scope_escape(vm_, skein_scope_open(vm_), skein_val{0}).bits, 0u);
}

TEST_F(ValueTest, HandlesOfAnotherVmAreForeign) {
  skein_vm *other = NewVm();
  skein_val mine = skein_int(vm_, 1), theirs = skein_int(other, 1), out;
  EXPECT_EQ(skein_get_attr(vm_, theirs, "real", &out), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_list(other, &mine, 1, &out), SKEIN_ERR_MISUSE);
  EXPECT_EQ(out.bits, 0u);
  EXPECT_FALSE(skein_is(vm_, mine, theirs));
  skein_vm_free(other);
}

TEST_F(ValueTest, RefsLiveOutsideOfScopes) {
  skein_scope scope = skein_scope_open(vm_);
  skein_ref *ref = skein_ref_new(vm_, Eval("{'a': [1]}"));
  skein_scope_close(vm_, scope);
  skein_gc(vm_);
  ASSERT_NE(ref, nullptr);
  EXPECT_EQ(Repr(skein_ref_get(vm_, ref)), "{'a': [1]}");
  skein_vm *other = NewVm();
  EXPECT_EQ(skein_ref_get(other, ref).bits, 0u);
  skein_ref_free(other, ref);  // not its own: nothing
  skein_vm_free(other);
  EXPECT_EQ(Repr(skein_ref_get(vm_, ref)), "{'a': [1]}");
  skein_ref_free(vm_, ref);
  skein_ref_free(vm_, nullptr);
  EXPECT_EQ(skein_ref_new(vm_, skein_val{0}), nullptr);
  EXPECT_EQ(skein_ref_get(vm_, nullptr).bits, 0u);
}

TEST_F(ValueTest, ManyHandlesAtOnce) {
  std::vector<skein_val> all;
  for (int i = 0; i < 20000; i++) all.push_back(skein_int(vm_, i));
  skein_val list;
  ASSERT_EQ(skein_list(vm_, all.data(), all.size(), &list), SKEIN_OK);
  size_t n;
  ASSERT_EQ(skein_len(vm_, list, &n), SKEIN_OK);
  EXPECT_EQ(n, 20000u);
}

// ---- values ----

TEST_F(ValueTest, MakersAndTypes) {
  skein_val v, items[] = {skein_none(vm_), skein_bool(vm_, true), skein_float(vm_, 1e300)};
  ASSERT_EQ(skein_tuple(vm_, items, 3, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "(None, True, 1e+300)");
  EXPECT_EQ(skein_typeof(vm_, v), SKEIN_T_TUPLE);
  EXPECT_STREQ(skein_type_name(vm_, v), "tuple");
  ASSERT_EQ(skein_bytes(vm_, "a\0b", 3, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "b'a\\x00b'");
  ASSERT_EQ(skein_bytes(vm_, nullptr, 0, &v), SKEIN_OK);
  ASSERT_EQ(skein_int_text(vm_, "-0x1_0000_0000_0000_0000_0000", &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "-1208925819614629174706176");
  EXPECT_EQ(skein_int_text(vm_, "12x", &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "ValueError: invalid literal for int() with base 0: '12x'");
  EXPECT_EQ(skein_str(vm_, "\xff", 1, &v), SKEIN_ERR_EXC);
  EXPECT_EQ(v.bits, 0u);
  EXPECT_EQ(Error(), "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte");
  EXPECT_EQ(skein_str(vm_, nullptr, 3, &v), SKEIN_ERR_MISUSE);
  ASSERT_EQ(skein_dict(vm_, &v), SKEIN_OK);
  ASSERT_EQ(skein_set_key(vm_, v, "k\xc3\xa9y", items[1]), SKEIN_OK);
  EXPECT_EQ(Repr(v), "{'k\xc3\xa9y': True}");
  ASSERT_EQ(skein_get_key(vm_, v, "k\xc3\xa9y", &v), SKEIN_OK);
  EXPECT_TRUE(skein_is(vm_, v, items[1]));
  EXPECT_EQ(skein_set_attr(vm_, v, "\xff", v), SKEIN_ERR_EXC);  // a name that is no text
}

TEST_F(ValueTest, ReadingFailsClearly) {
  int64_t i = 7;
  double d = 7;
  bool b = true;
  const char *s = "x";
  const void *p = "x";
  size_t n = 7;
  EXPECT_EQ(skein_get_int(vm_, Eval("1.5"), &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: 'float' object cannot be interpreted as an integer");
  EXPECT_EQ(i, 0);
  EXPECT_EQ(skein_get_float(vm_, Eval("10**400"), &d), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "OverflowError: int too large to convert to float");
  EXPECT_EQ(skein_get_str(vm_, Eval("b''"), &s, &n), SKEIN_ERR_EXC);
  EXPECT_EQ(s, nullptr);
  EXPECT_EQ(n, 0u);
  EXPECT_EQ(skein_get_bytes(vm_, Eval("bytearray(1)"), &p, &n), SKEIN_ERR_EXC);
  EXPECT_EQ(p, nullptr);
  ASSERT_EQ(skein_get_bool(vm_, Eval("[]"), &b), SKEIN_OK);
  EXPECT_FALSE(b);
  ASSERT_EQ(skein_get_int(vm_, Eval("True"), &i), SKEIN_OK);
  EXPECT_EQ(i, 1);
  ASSERT_EQ(skein_get_float(vm_, Eval("3"), &d), SKEIN_OK);
  EXPECT_EQ(d, 3.0);
  for (int k = 0; k < 8; k++) skein_exc_take(vm_);
}

TEST_F(ValueTest, TextOfAGrowingStringIsTerminated) {
  ASSERT_EQ(Exec("s = 'x' * 200\nfor i in range(50): s += 'ab'\nt = s\nfor i in range(3): t += 'z'\n"), SKEIN_OK);
  const char *text;
  size_t n;
  skein_val s;
  ASSERT_EQ(skein_get_global(vm_, "s", &s), SKEIN_OK);
  ASSERT_EQ(skein_get_str(vm_, s, &text, &n), SKEIN_OK);
  EXPECT_EQ(n, 300u);
  EXPECT_EQ(strlen(text), 300u);
  ASSERT_EQ(Exec("u = s + 'more'\nfor i in range(99): u += 'yy'\n"), SKEIN_OK);
  skein_gc(vm_);
  EXPECT_EQ(strlen(text), 300u);
  EXPECT_EQ(Repr(Eval("(t[-4:], u[298:304], len(u), s[::100], s == t[:-3])")), "('bzzz', 'abmore', 502, 'xxa', True)");
}

TEST_F(ValueTest, ItemsAndIndexes) {
  skein_val l = Eval("[10, 20, 30]"), v;
  ASSERT_EQ(skein_get_index(vm_, l, -1, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "30");
  EXPECT_EQ(skein_get_index(vm_, l, 3, &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "IndexError: list index out of range");
  ASSERT_EQ(skein_append(vm_, l, v.bits ? v : skein_none(vm_)), SKEIN_OK);
  EXPECT_EQ(Repr(l), "[10, 20, 30, None]");
  EXPECT_EQ(skein_append(vm_, Eval("()"), l), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_get_key(vm_, Eval("{}"), "k", &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "KeyError: 'k'");
  ASSERT_EQ(Exec("class M(dict):\n  def __missing__(self, k): return k * 2\nm = M()\n"), SKEIN_OK);
  ASSERT_EQ(skein_get_key(vm_, Eval("m"), "k", &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "'kk'");
  ASSERT_EQ(skein_get_index(vm_, Eval("'abc'"), 1, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "'b'");
  bool same;
  ASSERT_EQ(skein_equal(vm_, Eval("1"), Eval("1.0"), &same), SKEIN_OK);
  EXPECT_TRUE(same);
  ASSERT_EQ(skein_equal(vm_, Eval("float('nan')"), Eval("1"), &same), SKEIN_OK);
  EXPECT_FALSE(same);
  EXPECT_EQ(skein_get_attr(vm_, l, nullptr, &v), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_get_attr(vm_, l, "x", nullptr), SKEIN_ERR_MISUSE);
}

TEST_F(ValueTest, Iterating) {
  skein_val it, v;
  bool more = true;
  ASSERT_EQ(skein_iter(vm_, Eval("(x * x for x in range(3))"), &it), SKEIN_OK);
  std::string all;
  while (skein_next(vm_, it, &v, &more) == SKEIN_OK && more) all += Repr(v) + " ";
  EXPECT_EQ(all, "0 1 4 ");
  EXPECT_EQ(v.bits, 0u);
  EXPECT_EQ(skein_iter(vm_, Eval("5"), &it), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: 'int' object is not iterable");
  ASSERT_EQ(skein_iter(vm_, Eval("(1 // 0 for x in 'a')"), &it), SKEIN_OK);
  EXPECT_EQ(skein_next(vm_, it, &v, &more), SKEIN_ERR_EXC);
  EXPECT_FALSE(more);
}

TEST_F(ValueTest, Calls) {
  ASSERT_EQ(Exec("def f(*a, **k): return a, k\n"), SKEIN_OK);
  skein_val f, v, k, args[20];
  ASSERT_EQ(skein_get_global(vm_, "f", &f), SKEIN_OK);
  for (int i = 0; i < 20; i++) args[i] = skein_int(vm_, i);
  ASSERT_EQ(skein_call(vm_, f, args, 20, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), {})");
  ASSERT_EQ(skein_build(vm_, &k, "{s:i}", "k", 5), SKEIN_OK);
  ASSERT_EQ(skein_call_kw(vm_, f, args, 1, k, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "((0,), {'k': 5})");
  ASSERT_EQ(skein_call_kw(vm_, f, nullptr, 0, skein_val{0}, nullptr), SKEIN_OK);
  EXPECT_EQ(skein_call_kw(vm_, f, nullptr, 0, args[1], &v), SKEIN_ERR_EXC);
  EXPECT_EQ(skein_call_kw(vm_, f, nullptr, 0, Eval("{1: 2}"), &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: keywords must be strings");
  ASSERT_EQ(skein_call_method(vm_, Eval("'a,b'"), "split", (args[0] = Eval("','"), args), 1, &v), SKEIN_OK);
  EXPECT_EQ(Repr(v), "['a', 'b']");
  EXPECT_EQ(skein_call(vm_, args[1], nullptr, 0, &v), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: 'int' object is not callable");
  EXPECT_EQ(skein_call(vm_, f, nullptr, 2, &v), SKEIN_ERR_MISUSE);
  args[2] = skein_val{12345};
  EXPECT_EQ(skein_call(vm_, f, args, 20, &v), SKEIN_ERR_MISUSE);
}

// ---- patterns ----

TEST_F(ValueTest, Building) {
  skein_val v, one = skein_int(vm_, 1);
  ASSERT_EQ(skein_build(vm_, &v, "{s:i, s:[dd], s:(zz) , s#:b}", "a", -1, "b", 0.5, 2.0, "c", "t", nullptr, "dx", size_t{1}, 3), SKEIN_OK);
  EXPECT_EQ(Repr(v), "{'a': -1, 'b': [0.5, 2.0], 'c': ('t', None), 'd': True}");
  ASSERT_EQ(skein_build(vm_, &v, "[q u y v n () {}]", INT64_MIN, UINT64_MAX, "b\0", size_t{2}, one), SKEIN_OK);
  EXPECT_EQ(Repr(v), "[-9223372036854775808, 18446744073709551615, b'b\\x00', 1, None, (), {}]");
  for (const char *bad : {"", "[", "i i", "{i}", "{i:}", "x", "]", "(i]", "s##", "i#"}) {
    EXPECT_EQ(skein_build(vm_, &v, bad), SKEIN_ERR_MISUSE) << bad;
    EXPECT_EQ(v.bits, 0u);
  }
  EXPECT_EQ(skein_build(vm_, &v, "[s]", nullptr), SKEIN_ERR_MISUSE);
  EXPECT_STREQ(skein_misuse(vm_), "skein_build: NULL for s (z makes None of it)");
  EXPECT_EQ(skein_build(vm_, &v, "[v]", skein_val{99}), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_build(vm_, &v, "{[]:i}", 1), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: unhashable type: 'list'");
  EXPECT_EQ(skein_build(vm_, &v, std::string(100, '[').append(100, ']').c_str()), SKEIN_ERR_MISUSE);
}

TEST_F(ValueTest, Parsing) {
  skein_val args[4] = {Eval("7"), Eval("'te\u00fct'"), Eval("[1.5, (b'xy', None)]"), Eval("True")};
  int i = 0, flag = 0;
  const char *s = nullptr;
  const void *p = nullptr;
  size_t n = 0;
  double d = 0;
  int64_t missing = 99;
  ASSERT_EQ(skein_parse(vm_, args, 4, "is(d(yn))|bq", &i, &s, &d, &p, &n, &flag, &missing), SKEIN_OK);
  EXPECT_EQ(i, 7);
  EXPECT_STREQ(s, "te\u00fct");
  EXPECT_EQ(d, 1.5);
  EXPECT_EQ(std::string(static_cast<const char *>(p), n), "xy");
  EXPECT_EQ(flag, 1);
  EXPECT_EQ(missing, 99);
  EXPECT_EQ(skein_parse(vm_, args, 2, "si", &s, &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: argument 1 must be str, not int");
  EXPECT_EQ(skein_parse(vm_, args + 2, 1, "(d(yi))", &d, &p, &n, &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: argument 1, item 2, item 2 must be int, not NoneType");
  EXPECT_EQ(skein_parse(vm_, args + 2, 1, "(ddd)", &d, &d, &d), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "ValueError: argument 1 must have 3 items, not 2");
  args[0] = Eval("2**31");
  EXPECT_EQ(skein_parse(vm_, args, 1, "i", &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "OverflowError: argument 1 does not fit a C int");
  uint64_t u;
  EXPECT_EQ(skein_parse(vm_, (args[0] = Eval("-1"), args), 1, "u", &u), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "OverflowError: argument 1 does not fit an unsigned 64-bit integer");
  EXPECT_EQ(skein_parse(vm_, args, 1, "ii", &i, &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: function() takes exactly 2 arguments (1 given)");
  EXPECT_EQ(skein_parse(vm_, args, 3, "|i", &i), SKEIN_ERR_EXC);
  EXPECT_EQ(Error(), "TypeError: function() takes at most 1 argument (3 given)");
  EXPECT_EQ(skein_parse(vm_, args, 1, "(", &i), SKEIN_ERR_MISUSE);
  EXPECT_EQ(skein_parse(vm_, args, 1, "i||", &i), SKEIN_ERR_MISUSE);
  args[0] = skein_val{5};
  EXPECT_EQ(skein_parse(vm_, args, 1, "i", &i), SKEIN_ERR_MISUSE);
}

}  // namespace
