/* thaw_check.c - proves that foreign frozen code refers to nothing but itself.        Layer 3.
 *
 * After this every table can be read without asking: numbers of texts, codes and members exist, parts add up to their
 * sections, texts are UTF-8 where they are texts.  What instructions do is verify.c's business.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/base/utf8.h"
#include "vm/bytecode/freeze.h"
#include "vm/bytecode/freeze_impl.h"
#include "vm/bytecode/places.h"

enum {
  MOST_NESTING = 250,          /* codes inside each other: linking recurses */
  MOST_DIGITS = 1 << 20,       /* of one int */
  MOST_DIGITS_SHARE = 8        /* of all ints together, for each byte of the image */
};

enum { TEXT_GOOD = 1, TEXT_DIGITS = 2 }; /* what has been proven of a text */

typedef struct Check {
  const Image *m;
  const char **text;   /* where each text is */
  uint8_t *known;      /* TEXT_... of each text */
  uint16_t *depth;     /* of each code; 0: nobody holds it yet */
  uint64_t digits;
  uint64_t used[SEC_COUNT];
} Check;

static const char *check_texts(Check *c) {
  const Image *m = c->m;
  uint64_t at = 0, room = m->head->count[SEC_CHARS];
  for (uint32_t i = 0; i < m->head->count[SEC_TEXTS]; i++) {
    c->text[i] = m->chars + at;
    at += (uint64_t)m->texts[i] + 1;
    if (at > room || m->chars[at - 1]) return "damaged code: texts do not add up";
  }
  return at == room ? NULL : "damaged code: texts do not add up";
}

static bool is_text(Check *c, uint64_t n) {
  if (n >= c->m->head->count[SEC_TEXTS]) return false;
  if (!(c->known[n] & TEXT_GOOD) && sk_utf8_scan(c->text[n], c->m->texts[n], true).error == SK_UTF8_OK) c->known[n] |= TEXT_GOOD;
  return c->known[n] & TEXT_GOOD;
}

/* -?[0-9]+ */
static bool is_digits(Check *c, uint64_t n) {
  if (n >= c->m->head->count[SEC_TEXTS]) return false;
  uint32_t length = c->m->texts[n];
  c->digits += length;
  if (length > MOST_DIGITS || c->digits > MOST_DIGITS_SHARE * c->m->head->bytes) return false;
  if (c->known[n] & TEXT_DIGITS) return true;
  const char *s = c->text[n];
  uint32_t i = length && s[0] == '-';
  if (i == length) return false;
  for (; i < length; i++)
    if (s[i] < '0' || s[i] > '9') return false;
  c->known[n] |= TEXT_DIGITS;
  return true;
}

/* A nested code is held once, by one that stands before it. */
static bool takes_code(Check *c, uint64_t child, uint32_t holder) {
  if (child >= c->m->head->count[SEC_CODES] || child <= holder || c->depth[child]) return false;
  c->depth[child] = (uint16_t)(c->depth[holder] + 1);
  return c->depth[child] <= MOST_NESTING;
}

static const char *check_const(Check *c, const ImageConst *k, uint32_t holder) {
  switch (k->kind) {
    case SK_K_NONE: case SK_K_FALSE: case SK_K_TRUE: case SK_K_ELLIPSIS: case SK_K_INT: case SK_K_FLOAT: return NULL;
    case SK_K_COMPLEX: c->used[SEC_SECONDS]++; return NULL;
    case SK_K_STR: return is_text(c, k->x) ? NULL : "damaged code: bad text";
    case SK_K_BYTES: return k->x < c->m->head->count[SEC_TEXTS] ? NULL : "damaged code: bad text";
    case SK_K_BIGINT: return is_digits(c, k->x) ? NULL : "damaged code: bad number";
    case SK_K_TUPLE: case SK_K_FROZENSET: c->used[SEC_ITEMS] += k->count; return NULL; /* verify.c looks at the members */
    case SK_K_CODE: return takes_code(c, k->x, holder) ? NULL : "damaged code: bad nesting";
    default: return "damaged code: unknown constant";
  }
}

static const char *check_places(const ImageCode *in, const uint8_t *places) {
  SkCode code = {.npositions = in->npositions, .places = places, .nplaces = in->nplaces};
  SkPlaces all;
  SkPosition p;
  int64_t last = -1;
  for (sk_places_begin(&all, &code); sk_places_next(&all, &p); last = p.at)
    if (p.at <= last || p.at >= in->ninsns) return "damaged code: positions out of order";
  return all.bad || all.s != all.end ? "damaged code: bad positions" : NULL;
}

static bool take(Check *c, int section, uint64_t n) {
  c->used[section] += n;
  return c->used[section] <= c->m->head->count[section];
}

static const char *check_code(Check *c, uint32_t n) {
  const Image *m = c->m;
  const ImageCode *in = &m->codes[n];
  uint64_t nvars = (uint64_t)in->nlocals + in->nfree, names = c->used[SEC_NAMES], places = c->used[SEC_PLACES], cells = c->used[SEC_CELLS];
  if (!c->depth[n]) return "damaged code: bad nesting";
  if (!is_text(c, in->name) || !is_text(c, in->qualname) || !is_text(c, in->filename)) return "damaged code: bad text";
  const ImageConst *k = m->consts + c->used[SEC_CONSTS];
  if (!take(c, SEC_WORDS, in->ninsns) || !take(c, SEC_CONSTS, in->nconsts) || !take(c, SEC_NAMES, in->nnames + nvars) ||
      !take(c, SEC_HANDLERS, in->nhandlers) || !take(c, SEC_CELLS, nvars) || !take(c, SEC_PLACES, in->nplaces))
    return "damaged code: parts do not add up";
  for (uint64_t i = names; i < c->used[SEC_NAMES]; i++)
    if (!is_text(c, m->names[i])) return "damaged code: bad name";
  for (uint64_t i = cells; i < c->used[SEC_CELLS]; i++)
    if (m->cells[i] > 2) return "damaged code: bad variable";
  const char *why = check_places(in, m->places + places);
  for (uint32_t i = 0; i < in->nconsts && !why; i++) why = check_const(c, &k[i], n);
  return why;
}

static const char *check_all(Check *c) {
  const char *why = check_texts(c);
  c->depth[0] = 1;
  for (uint32_t n = 0; n < c->m->head->count[SEC_CODES] && !why; n++) why = check_code(c, n);
  for (int s = SEC_WORDS; s < SEC_COUNT && !why; s++)
    if (s != SEC_CODES && s != SEC_TEXTS && s != SEC_CHARS && c->used[s] != c->m->head->count[s]) why = "damaged code: parts do not add up";
  return why;
}

/* Caches are nobody's to bring along.  Unknown instructions stay as they are: the verifier refuses them. */
static void empty_caches(const Image *m) {
  uint32_t n = m->head->count[SEC_WORDS];
  for (uint32_t at = 0; at < n; at++) {
    unsigned op = m->words[at].op, words = op < SK_OP_COUNT ? sk_op_info[op].words : 1;
    for (unsigned w = 1; w < words && at + 1 < n; w++) m->words[++at].w &= w == 1 ? sk_insn_kept(op) : 0;
  }
}

const char *sk_image_check(const Image *m) {
  size_t texts = m->head->count[SEC_TEXTS], codes = m->head->count[SEC_CODES];
  Check c = {.m = m, .text = malloc((texts + 1) * sizeof *c.text), .known = calloc(texts + 1, 1), .depth = calloc(codes + 1, sizeof *c.depth)};
  const char *why = c.text && c.known && c.depth ? check_all(&c) : sk_thaw_no_memory;
  if (!why) empty_caches(m);
  free(c.text);
  free(c.known);
  free(c.depth);
  return why;
}
