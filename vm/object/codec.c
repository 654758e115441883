/* codec.c - the built-in codecs, str.encode and what decodes bytes.  Layer 6. */
#include "vm/object/codec.h"

#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/call.h"
#include "vm/object/charge.h"
#include "vm/object/exception.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str_methods.h"

/* ---- code units ---- */

static void put_byte(SkCoding *c, uint32_t code) {
  char byte = (char)code;
  sk_strbuf_add(&c->out, &byte, 1);
}

static void put_utf8(SkCoding *c, uint32_t code) { sk_strbuf_addc(&c->out, code); }

/* |n| bytes of |unit|, little end first when |codec| says so. */
static void put_unit(SkCoding *c, uint32_t unit, int n) {
  char tmp[4];
  for (int i = 0; i < n; i++) tmp[c->codec->bytes < 0 ? i : n - 1 - i] = (char)(unit >> 8 * i);
  sk_strbuf_add(&c->out, tmp, (size_t)n);
}

static void put_utf16(SkCoding *c, uint32_t code) {
  if (code < 0x10000) {
    put_unit(c, code, 2);
  } else {
    put_unit(c, 0xd800 + ((code - 0x10000) >> 10), 2);
    put_unit(c, 0xdc00 + (code & 0x3ff), 2);
  }
}

static void put_utf32(SkCoding *c, uint32_t code) { put_unit(c, code, 4); }

static void ascii_decode(SkCoding *c) {
  while (c->at < c->in.n) {
    size_t good = sk_utf8_ascii_prefix(c->in.p + c->at, c->in.n - c->at);
    sk_charge(c->vm, 1 + good / 64);
    sk_strbuf_add(&c->out, c->in.p + c->at, good);
    c->at += good;
    if (c->at < c->in.n) sk_codec_decode_error(c, c->at, c->at + 1, "ordinal not in range(128)");
  }
}

static void latin1_decode(SkCoding *c) {
  for (size_t turns = 0; c->at < c->in.n; c->at++) {
    SK_TURN(c->vm, turns);
    sk_strbuf_addc(&c->out, (unsigned char)c->in.p[c->at]);
  }
}

/* ---- the table ---- */

static const char no_surrogates[] = "surrogates not allowed";
const SkCodec sk_codec_utf8 = {"utf_8", " utf8 u8 utf cp65001 utf8_ucs2 utf8_ucs4 ", "utf-8", no_surrogates, 0x110000, 1, false,
                               put_utf8, sk_codec_utf8_decode, NULL};
const SkCodec sk_codec_ascii = {"ascii", " us_ascii 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6 us ",
                                "ascii", "ordinal not in range(128)", 0x80, 1, false, put_byte, ascii_decode, NULL};
const SkCodec sk_codec_latin1 = {"latin_1", " latin1 iso_8859_1 iso8859_1 iso8859 8859 cp819 csisolatin1 ibm819 iso_8859_1_1987 iso_ir_100 l1 latin ",
                                 "latin-1", "ordinal not in range(256)", 0x100, 1, false, put_byte, latin1_decode, NULL};
static const SkCodec others[] = {
    {"utf_8_sig", " ", "utf-8", no_surrogates, 0x110000, 1, true, put_utf8, sk_codec_utf8_decode, NULL},
    {"utf_16", " utf16 u16 ", "utf-16", no_surrogates, 0x110000, -2, true, put_utf16, sk_codec_utf16_decode, NULL},
    {"utf_16_le", " utf_16le unicodelittleunmarked ", "utf-16-le", no_surrogates, 0x110000, -2, false, put_utf16, sk_codec_utf16_decode, NULL},
    {"utf_16_be", " utf_16be unicodebigunmarked ", "utf-16-be", no_surrogates, 0x110000, 2, false, put_utf16, sk_codec_utf16_decode, NULL},
    {"utf_32", " utf32 u32 ", "utf-32", no_surrogates, 0x110000, -4, true, put_utf32, sk_codec_utf32_decode, NULL},
    {"utf_32_le", " utf_32le ", "utf-32-le", no_surrogates, 0x110000, -4, false, put_utf32, sk_codec_utf32_decode, NULL},
    {"utf_32_be", " utf_32be ", "utf-32-be", no_surrogates, 0x110000, 4, false, put_utf32, sk_codec_utf32_decode, NULL},
    {"unicode_escape", " unicodeescape ", "unicodeescape", "", 0x110000, 1, false, NULL, sk_codec_escape_decode, sk_codec_escape_encode},
    {"raw_unicode_escape", " rawunicodeescape ", "rawunicodeescape", "", 0x110000, 1, false, NULL, sk_codec_raw_escape_decode,
     sk_codec_raw_escape_encode},
};

static bool named(const SkCodec *codec, const char *name, size_t n) {
  if (strlen(codec->name) == n && memcmp(codec->name, name, n) == 0) return true;
  for (const char *p = codec->aliases; (p = memmem(p, strlen(p), name, n)); p++)
    if (p[-1] == ' ' && p[n] == ' ') return true;
  return false;
}

const SkCodec *sk_codec_find(const char *name, size_t n) {
  char tmp[40];
  size_t m = 0;
  if (n == 5 && memcmp(name, "utf-8", 5) == 0) return &sk_codec_utf8;
  for (size_t i = 0; i < n; i++) {
    char c = name[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
    bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (!word && (m == 0 || tmp[m - 1] == '_')) continue;
    if (m == sizeof tmp - 1) return NULL;
    tmp[m++] = word ? c : '_';
  }
  if (m && tmp[m - 1] == '_') m--;
  if (m == 0) return NULL;
  const SkCodec *first[] = {&sk_codec_utf8, &sk_codec_ascii, &sk_codec_latin1};
  for (size_t i = 0; i < 3; i++)
    if (named(first[i], tmp, m)) return first[i];
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (named(&others[i], tmp, m)) return &others[i];
  return NULL;
}

/* ---- encoding ---- */

static bool can_encode(const SkCodec *codec, uint32_t code) {
  return code < codec->limit && (codec->limit <= 0x100 || !sk_utf8_is_surrogate(code));
}

static void encode_chars(SkCoding *c) {
  SkStr *s = c->text;
  const char *p = s->data, *end = s->data + s->bytes;
  size_t index = 0, turns = 0;
  while (p < end) {
    SK_TURN(c->vm, turns);
    const char *next = p;
    uint32_t code = sk_utf8_next(&next);
    if (SK_LIKELY(can_encode(c->codec, code))) {
      c->codec->put(c, code);
      p = next;
      index++;
      continue;
    }
    size_t stop = index;
    for (const char *q = p; q < end && !can_encode(c->codec, sk_utf8_next(&q));) stop++;
    sk_charge(c->vm, (stop - index) / 8 + 1);
    index = sk_codec_encode_error(c, index, stop, c->codec->reason);
    p = s->data + sk_str_offset(c->vm, s, index);
  }
}

SkBytes *sk_codec_encode(SkVm *vm, const SkCodec *codec, SkStr *s, SkValue errors) {
  bool byte_codec = codec->put == put_byte || codec->put == put_utf8;
  if (byte_codec && !codec->mark && (sk_str_is_ascii(s) || (codec->put == put_utf8 && !(s->head.aux & SK_STR_SURROGATES))))
    return sk_bytes_new(vm, s->data, s->bytes);
  SkCoding c = {.vm = vm, .codec = codec, .shown = codec->shown, .text = s, .errors = errors, .mode = sk_codec_error_mode(errors)};
  sk_strbuf_init(vm, &c.out);
  if (codec->encode) {
    codec->encode(&c);
  } else {
    if (codec->mark) codec->put(&c, 0xfeff);
    encode_chars(&c);
  }
  return sk_strbuf_finish_bytes(&c.out);
}

/* ---- decoding ---- */

SkStr *sk_codec_decode(SkVm *vm, const SkCodec *codec, SkChars in, SkValue errors, bool final, size_t *used, int *order) {
  sk_charge_bytes(vm, in.n);
  if ((codec == &sk_codec_utf8 || codec == &sk_codec_ascii) && sk_utf8_is_ascii(in.p, in.n)) {
    if (used) *used = in.n;
    return sk_str_new(vm, in.p, in.n);
  }
  SkCoding c = {.vm = vm, .codec = codec, .shown = codec->shown, .in = in, .errors = errors, .mode = sk_codec_error_mode(errors),
                .final = final, .order = order ? *order : 0};
  sk_strbuf_init(vm, &c.out);
  codec->decode(&c);
  if (used) *used = c.at;
  if (order) *order = c.order;
  return sk_strbuf_finish(&c.out);
}

SkStr *sk_str_decode_utf8(SkVm *vm, const char *p, size_t n) {
  return sk_codec_decode(vm, &sk_codec_utf8, (SkChars){p, n}, SK_UNSET, true, NULL, NULL);
}

/* ---- by name ---- */

static const SkCodec *codec_arg(SkVm *vm, SkValue encoding, SkValue errors, const char *method) {
  char what[48];
  for (int i = 0; i < 2; i++) {
    SkValue v = i ? errors : encoding;
    if (sk_is_unset(v) || sk_is_str(v)) continue;
    strcat(strcpy(what, method), i ? "() argument 'errors'" : "() argument 'encoding'");
    sk_str_arg(vm, v, what);
  }
  if (sk_is_unset(encoding)) return &sk_codec_utf8;
  SkStr *name = sk_as_str(encoding);
  if (!sk_is_unset(errors)) sk_str_cstr(vm, sk_as_str(errors));
  sk_str_cstr(vm, name);
  return sk_codec_find(name->data, name->bytes);
}

/* What a registered codec makes: the first of a pair. */
static SkValue call_registered(SkVm *vm, SkValue encoding, SkValue errors, SkValue input, int which) {
  SkValue info = sk_codec_lookup(vm, sk_as_str(encoding));
  SkValue text_flag = sk_getattr_opt(vm, info, sk_intern(vm, "_is_text_encoding"));
  if (!sk_is_unset(text_flag) && !sk_truth(vm, text_flag))
    sk_raisef(vm, SK_T_LookupError, "'%S' is not a text encoding; use codecs.%s() to handle arbitrary codecs", encoding,
              which ? "decode" : "encode");
  SkValue fn = sk_getitem(vm, info, sk_smallint(which));
  SkValue pair = sk_is_unset(errors) ? sk_call1(vm, fn, input) : sk_call2(vm, fn, input, errors);
  if (!sk_is_tuple(pair) || sk_as_tuple(pair)->count != 2)
    sk_raise_type(vm, "%s must return a tuple (object, integer)", which ? "decoder" : "encoder");
  return sk_as_tuple(pair)->items[0];
}

SkValue sk_encode(SkVm *vm, SkStr *s, SkValue encoding, SkValue errors) {
  const SkCodec *codec = codec_arg(vm, encoding, errors, "encode");
  if (codec) return sk_from_ptr(sk_codec_encode(vm, codec, s, errors));
  SkValue v = call_registered(vm, encoding, errors, sk_from_ptr(s), 0);
  if (sk_is_bytearray(v)) return sk_from_ptr(sk_bytes_new(vm, sk_bytearray_data(sk_as_bytearray(v)), sk_as_bytearray(v)->length));
  if (!sk_is_bytes(v))
    sk_raise_type(vm, "'%S' encoder returned '%T' instead of 'bytes'; use codecs.encode() to encode to arbitrary types", encoding, v);
  return v;
}

SkStr *sk_decode(SkVm *vm, SkValue bytes_like, SkValue encoding, SkValue errors) {
  const SkCodec *codec = codec_arg(vm, encoding, errors, "decode");
  SkChars in = sk_to_bytes(vm, bytes_like);
  if (codec) {
    SkStr *s = sk_codec_decode(vm, codec, in, errors, true, NULL, NULL);
    sk_keep(bytes_like.bits);
    return s;
  }
  SkValue v = call_registered(vm, encoding, errors, bytes_like, 1);
  if (!sk_is_str(v))
    sk_raise_type(vm, "'%S' decoder returned '%T' instead of 'str'; use codecs.decode() to decode to arbitrary types", encoding, v);
  return sk_as_str(v);
}

SK_STR_METHOD(encode, "encode(self, /, encoding='utf-8', errors='strict')", "S as bytes in the given encoding.") {
  return sk_encode(vm, sk_as_str(args[0]), args[1], args[2]);
}
