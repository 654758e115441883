/* codec_utf.c - decoding the Unicode encodings.  Layer 6. */
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/object/charge.h"
#include "vm/object/codec.h"

static void utf8_decode(SkCoding *c) {
  while (c->at < c->in.n) {
    sk_charge(c->vm, 1);
    const char *p = c->in.p + c->at;
    SkUtf8Scan scan = sk_utf8_scan(p, c->in.n - c->at, false);
    if (scan.error == SK_UTF8_OK) {
      sk_strbuf_add(&c->out, p, c->in.n - c->at);
      c->at = c->in.n;
      return;
    }
    sk_strbuf_add(&c->out, p, scan.error_at);
    c->at += scan.error_at;
    if (scan.error == SK_UTF8_TRUNCATED && !c->final) return;
    sk_codec_decode_error(c, c->at, c->at + scan.error_bytes, sk_utf8_error_text(scan.error));
  }
}

void sk_codec_utf8_decode(SkCoding *c) {
  if (c->codec->mark && c->at == 0) {
    if (!c->final && c->in.n < 3 && memcmp(c->in.p, "\xef\xbb\xbf", c->in.n) == 0) return;
    if (c->in.n >= 3 && memcmp(c->in.p, "\xef\xbb\xbf", 3) == 0) { /* positions are counted behind the mark */
      c->in.p += 3;
      c->in.n -= 3;
      utf8_decode(c);
      c->at += 3;
      return;
    }
  }
  utf8_decode(c);
}

/* ---- 16 and 32 bits ---- */

static uint32_t unit_at(const SkCoding *c, size_t at, int n) {
  uint32_t unit = 0;
  for (int i = 0; i < n; i++) unit |= (uint32_t)(unsigned char)c->in.p[at + (size_t)i] << 8 * (c->order < 0 ? i : n - 1 - i);
  return unit;
}

/* Finds out the byte order: the codec's, or what a mark at the start says, or the machine's. */
static void find_order(SkCoding *c, int n) {
  if (!c->codec->mark) {
    c->order = c->codec->bytes < 0 ? -1 : 1;
  } else if (c->order == 0) {
    if (c->in.n < (size_t)n && !c->final) return;
    c->order = -1;
    if (c->in.n >= (size_t)n) {
      uint32_t first = unit_at(c, 0, n);
      if (first == 0xfeff) c->at = (size_t)n;
      else if (first == (n == 2 ? 0xfffeu : 0xfffe0000u)) c->at = (size_t)n, c->order = 1;
    }
  }
  if (n == 2) c->shown = c->order < 0 ? "utf-16-le" : "utf-16-be";
  else c->shown = c->order < 0 ? "utf-32-le" : "utf-32-be";
}

void sk_codec_utf16_decode(SkCoding *c) {
  find_order(c, 2);
  if (c->order == 0) return;
  size_t turns = 0;
  while (c->at < c->in.n) {
    SK_TURN(c->vm, turns);
    size_t left = c->in.n - c->at;
    if (left < 2) {
      if (!c->final) return;
      sk_codec_decode_error(c, c->at, c->in.n, "truncated data");
      continue;
    }
    uint32_t unit = unit_at(c, c->at, 2);
    if (!sk_utf8_is_surrogate(unit)) {
      sk_strbuf_addc(&c->out, unit);
      c->at += 2;
    } else if (unit >= 0xdc00) {
      sk_codec_decode_error(c, c->at, c->at + 2, "illegal encoding");
    } else if (left < 4) {
      if (!c->final) return;
      sk_codec_decode_error(c, c->at, c->in.n, "unexpected end of data");
    } else {
      uint32_t low = unit_at(c, c->at + 2, 2);
      if (low >= 0xdc00 && low <= 0xdfff) {
        sk_strbuf_addc(&c->out, 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
        c->at += 4;
      } else {
        sk_codec_decode_error(c, c->at, c->at + 2, "illegal UTF-16 surrogate");
      }
    }
  }
}

void sk_codec_utf32_decode(SkCoding *c) {
  find_order(c, 4);
  if (c->order == 0) return;
  size_t turns = 0;
  while (c->at < c->in.n) {
    SK_TURN(c->vm, turns);
    if (c->in.n - c->at < 4) {
      if (!c->final) return;
      sk_codec_decode_error(c, c->at, c->in.n, "truncated data");
      continue;
    }
    uint32_t code = unit_at(c, c->at, 4);
    if (code > 0x10ffff) {
      sk_codec_decode_error(c, c->at, c->at + 4, "code point not in range(0x110000)");
    } else if (sk_utf8_is_surrogate(code)) {
      sk_codec_decode_error(c, c->at, c->at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
    } else {
      sk_strbuf_addc(&c->out, code);
      c->at += 4;
    }
  }
}
