/* bytes_case.c - ASCII letters in bytes and bytearray: conversion and classification.  Layer 6. */
#include "vm/object/bytes_impl.h"
#include "vm/object/charge.h"

static bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static bool is_alpha(unsigned char c) { return is_lower(c) || is_upper(c); }
static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
static bool is_space(unsigned char c) { return c == ' ' || (c >= 9 && c <= 13); }

/* ---- conversion ---- */

typedef enum Mode { LOWER, UPPER, SWAP, CAPITALIZE, TITLE } Mode;

static SkValue convert(SkVm *vm, SkValue self, Mode mode) {
  SkChars s = bytes_self(self);
  char *p;
  SkValue out = bytes_like_raw(vm, self, s.n, &p);
  bool in_word = false;
  for (size_t i = 0, turns = 0; i < s.n; i++) {
    SK_TURN(vm, turns);
    unsigned char c = (unsigned char)s.p[i];
    bool up = mode == UPPER || (mode == SWAP && is_lower(c)) || (mode == CAPITALIZE && i == 0) || (mode == TITLE && !in_word);
    in_word = is_alpha(c);
    if (up && is_lower(c)) c = (unsigned char)(c - 32);
    else if (!up && is_upper(c)) c = (unsigned char)(c + 32);
    p[i] = (char)c;
  }
  return out;
}

SK_BYTES_METHOD(lower, "lower(self, /)", "A copy with the ASCII letters in lower case.") { return convert(vm, args[0], LOWER); }
SK_BYTES_METHOD(upper, "upper(self, /)", "A copy with the ASCII letters in upper case.") { return convert(vm, args[0], UPPER); }
SK_BYTES_METHOD(swapcase, "swapcase(self, /)", "A copy with the case of the ASCII letters swapped.") { return convert(vm, args[0], SWAP); }
SK_BYTES_METHOD(capitalize, "capitalize(self, /)", "A copy with the first byte in upper case, the rest in lower case.") {
  return convert(vm, args[0], CAPITALIZE);
}
SK_BYTES_METHOD(title, "title(self, /)", "A copy whose words start in upper case and go on in lower case.") { return convert(vm, args[0], TITLE); }

/* ---- classification ---- */

static SkValue all(SkVm *vm, SkValue self, bool (*is)(unsigned char)) {
  SkChars s = bytes_self(self);
  sk_charge(vm, s.n / 16);
  for (size_t i = 0; i < s.n; i++)
    if (!is((unsigned char)s.p[i])) return SK_FALSE;
  return sk_bool(s.n > 0);
}

#define BYTES_ALL(name, is, doc) \
  SK_BYTES_METHOD(name, #name "(self, /)", doc) { return all(vm, args[0], is); }
BYTES_ALL(isalnum, is_alnum, "True if there are bytes and all are ASCII letters or digits.")
BYTES_ALL(isalpha, is_alpha, "True if there are bytes and all are ASCII letters.")
BYTES_ALL(isdigit, is_digit, "True if there are bytes and all are ASCII digits.")
BYTES_ALL(isspace, is_space, "True if there are bytes and all are ASCII white space.")

SK_BYTES_METHOD(isascii, "isascii(self, /)", "True if all bytes are ASCII, or there are none.") {
  SkChars s = bytes_self(args[0]);
  sk_charge(vm, s.n / 16);
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] < 0) return SK_FALSE;
  return SK_TRUE;
}

/* Some letter is |is|, none is |is_not|. */
static SkValue only(SkVm *vm, SkValue self, bool (*is)(unsigned char), bool (*is_not)(unsigned char)) {
  SkChars s = bytes_self(self);
  bool some = false;
  sk_charge(vm, s.n / 16);
  for (size_t i = 0; i < s.n; i++) {
    if (is_not((unsigned char)s.p[i])) return SK_FALSE;
    some |= is((unsigned char)s.p[i]);
  }
  return sk_bool(some);
}

SK_BYTES_METHOD(islower, "islower(self, /)", "True if there are ASCII letters and all are in lower case.") {
  return only(vm, args[0], is_lower, is_upper);
}
SK_BYTES_METHOD(isupper, "isupper(self, /)", "True if there are ASCII letters and all are in upper case.") {
  return only(vm, args[0], is_upper, is_lower);
}

SK_BYTES_METHOD(istitle, "istitle(self, /)", "True if there are words and all start in upper case and go on in lower case.") {
  SkChars s = bytes_self(args[0]);
  sk_charge(vm, s.n / 16);
  bool some = false, in_word = false;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (is_upper(c) ? in_word : is_lower(c) && !in_word) return SK_FALSE;
    in_word = is_alpha(c);
    some |= in_word;
  }
  return sk_bool(some);
}
