/* str.c - text objects: making, comparing, hashing, indexing.  Layer 6.
 *
 * Invariant: data[0 .. bytes) is valid UTF-8 (or, with SURROGATES, WTF-8), count its code points, and
 * ASCII is set exactly when count == bytes.
 */
#include "vm/object/str.h"

#include <string.h>

#include "vm/base/hash.h"
#include "vm/base/utf8.h"
#include "vm/object/exception.h"
#include "vm/object/str_impl.h"

enum { CRUMB_STEP = 32 };

/* The CRUMBS payload: offsets of code points 32, 64, ...; owner keeps a shared buffer alive. */
typedef struct Crumbs { SkRaw *owner; size_t offsets[]; } Crumbs;

void sk_str_trace(SkMarker *m, SkObject *o) {
  SkStr *s = (SkStr *)o;
  sk_mark_cell(m, s->side);
  if (o->aux & SK_STR_CRUMBS) sk_mark_cell(m, ((Crumbs *)s->side->data)->owner);
  sk_trace_attributes(m, o);
}

/* ---- making ---- */

static SkStr *str_alloc(SkVm *vm, size_t bytes) {
  SkStr *s = sk_object_new_id(vm, SK_T_str, bytes + 1);
  s->data = s->inline_;
  s->bytes = bytes;
  return s;
}

SkStr *sk_str_new_raw(SkVm *vm, size_t bytes, char **data) {
  SkStr *s = str_alloc(vm, bytes);
  *data = s->inline_;
  return s;
}

void sk_str_finish(SkVm *vm, SkStr *s) {
  (void)vm;
  size_t ascii = sk_utf8_ascii_prefix(s->data, s->bytes);
  if (ascii == s->bytes) {
    s->count = s->bytes;
    s->head.aux |= SK_STR_ASCII;
    return;
  }
  s->count = ascii + sk_utf8_count(s->data + ascii, s->bytes - ascii);
  /* A surrogate starts with ED A0..BF. */
  for (const char *p = s->data + ascii, *end = s->data + s->bytes; (p = memchr(p, 0xed, (size_t)(end - p))); p++)
    if ((unsigned char)p[1] >= 0xa0) {
      s->head.aux |= SK_STR_SURROGATES;
      return;
    }
}

SkStr *sk_str_new(SkVm *vm, const char *utf8, size_t bytes) {
  if (bytes == 1 && (unsigned char)*utf8 < 0x80) return sk_str_from_codepoint(vm, (unsigned char)*utf8);
  if (bytes == 0 && SK_NAME(vm, empty)) return SK_NAME(vm, empty);
  SkStr *s = str_alloc(vm, bytes);
  memcpy(s->inline_, utf8, bytes);
  sk_str_finish(vm, s);
  return s;
}

SkStr *sk_str_from_cstr(SkVm *vm, const char *s) { return sk_str_new(vm, s, strlen(s)); }

SkStr *sk_str_from_codepoint(SkVm *vm, uint32_t c) {
  if (c < 256 && vm->char_strs[c]) return vm->char_strs[c];
  SkStr *s = str_alloc(vm, sk_utf8_size(c));
  sk_utf8_encode(c, s->inline_);
  s->count = 1;
  if (c < 0x80) s->head.aux |= SK_STR_ASCII;
  if (sk_utf8_is_surrogate(c)) s->head.aux |= SK_STR_SURROGATES;
  if (c < 256) vm->char_strs[c] = s;
  return s;
}

/* ---- growing text: s += t in place ---- */

/* A growing buffer: how many bytes are used, then the text. */
typedef struct Growing { size_t used; char text[]; } Growing;

static SkStr *str_on_buffer(SkVm *vm, SkRaw *owner, SkStr *a, SkStr *b) {
  Growing *g = (Growing *)owner->data;
  memcpy(g->text + g->used, b->data, b->bytes);
  g->used += b->bytes;
  SkStr *s = sk_object_new_id(vm, SK_T_str, 0);
  s->data = g->text;
  s->bytes = a->bytes + b->bytes;
  s->side = owner;
  s->head.aux = SK_STR_SHARED;
  return s;
}

static SkRaw *growing_owner(const SkStr *a) {
  if (!(a->head.aux & SK_STR_SHARED)) return NULL;
  return a->head.aux & SK_STR_CRUMBS ? ((Crumbs *)a->side->data)->owner : a->side;
}

/* Only the string that ends where the buffer's used part ends may be extended. */
static bool can_extend(SkRaw *owner, const SkStr *a, size_t more) {
  Growing *g = (Growing *)owner->data;
  return a->data == g->text && a->bytes == g->used && owner->bytes - sizeof *g - g->used >= more;
}

static SkStr *concat_large(SkVm *vm, SkStr *a, SkStr *b) {
  SkRaw *owner = growing_owner(a);
  if (owner && can_extend(owner, a, b->bytes)) return str_on_buffer(vm, owner, a, b);
  SkRaw *fresh = sk_raw_new(vm, sizeof(Growing) + (a->bytes + b->bytes) * 2);
  Growing *g = (Growing *)fresh->data;
  memcpy(g->text, a->data, a->bytes);
  g->used = a->bytes;
  return str_on_buffer(vm, fresh, a, b);
}

enum { GROW_FROM = 128 };

SkStr *sk_str_concat(SkVm *vm, SkStr *a, SkStr *b) {
  if (a->bytes == 0 && sk_is_exactly(vm, sk_from_ptr(b), SK_T_str)) return b;
  if (b->bytes == 0 && sk_is_exactly(vm, sk_from_ptr(a), SK_T_str)) return a;
  SkStr *s;
  if ((a->head.aux & (SK_STR_JOINED | SK_STR_SHARED)) && a->bytes >= GROW_FROM) {
    s = concat_large(vm, a, b);
  } else {
    if (a->bytes > SIZE_MAX / 4 || b->bytes > SIZE_MAX / 4) sk_raise_nomem(vm);
    s = str_alloc(vm, a->bytes + b->bytes);
    memcpy(s->inline_, a->data, a->bytes);
    memcpy(s->inline_ + a->bytes, b->data, b->bytes);
  }
  s->count = a->count + b->count;
  s->head.aux |= SK_STR_JOINED | (a->head.aux & b->head.aux & SK_STR_ASCII) |
                 ((a->head.aux | b->head.aux) & SK_STR_SURROGATES);
  return s;
}

/* ---- comparing and hashing ---- */

bool sk_str_equal(const SkStr *a, const SkStr *b) {
  if (a == b) return true;
  if (a->bytes != b->bytes) return false;
  if (a->hash && b->hash && a->hash != b->hash) return false;
  return memcmp(a->data, b->data, a->bytes) == 0;
}

bool sk_str_equal_cstr(const SkStr *a, const char *s) {
  size_t n = strlen(s);
  return a->bytes == n && memcmp(a->data, s, n) == 0;
}

/* UTF-8 sorts bytewise in code point order. */
int sk_str_compare(const SkStr *a, const SkStr *b) {
  size_t n = a->bytes < b->bytes ? a->bytes : b->bytes;
  int c = memcmp(a->data, b->data, n);
  return c ? c : (a->bytes > b->bytes) - (a->bytes < b->bytes);
}

int64_t str_hash_bytes(SkVm *vm, const char *s, size_t n) {
  int64_t h = (int64_t)(sk_hash_bytes(s, n, vm->hash_seed) & SK_HASH_MODULUS);
  return h ? h : 1;
}

int64_t sk_str_hash(SkVm *vm, SkStr *s) {
  if (!s->hash) s->hash = str_hash_bytes(vm, s->data, s->bytes);
  return s->hash;
}

/* ---- indexing ---- */

static SK_NOINLINE void str_make_crumbs(SkVm *vm, SkStr *s) {
  size_t n = s->count / CRUMB_STEP;
  SkRaw *raw = sk_raw_new(vm, sizeof(Crumbs) + n * sizeof(size_t));
  Crumbs *c = (Crumbs *)raw->data;
  c->owner = s->head.aux & SK_STR_SHARED ? s->side : NULL;
  size_t at = 0;
  for (size_t i = 0; i < n; i++) {
    for (int j = 0; j < CRUMB_STEP; j++) at += sk_utf8_width(s->data[at]);
    c->offsets[i] = at;
  }
  sk_write_ptr(vm, s, &s->side, raw);
  s->head.aux |= SK_STR_CRUMBS;
}

size_t sk_str_offset(SkVm *vm, SkStr *s, size_t index) {
  sk_assert(index <= s->count);
  if (sk_str_is_ascii(s)) return index;
  if (index == s->count) return s->bytes;
  if (index >= CRUMB_STEP && !(s->head.aux & SK_STR_CRUMBS)) str_make_crumbs(vm, s);
  size_t at = index < CRUMB_STEP ? 0 : ((Crumbs *)s->side->data)->offsets[index / CRUMB_STEP - 1];
  for (size_t left = index % CRUMB_STEP; left > 0; left--) at += sk_utf8_width(s->data[at]);
  return at;
}

size_t sk_str_index(SkVm *vm, SkStr *s, size_t byte_offset) {
  if (sk_str_is_ascii(s)) return byte_offset;
  if (byte_offset == s->bytes) return s->count;
  if (byte_offset < CRUMB_STEP * 2) return sk_utf8_count(s->data, byte_offset);
  if (!(s->head.aux & SK_STR_CRUMBS)) {
    if (s->count < CRUMB_STEP) return sk_utf8_count(s->data, byte_offset);
    str_make_crumbs(vm, s);
  }
  const Crumbs *c = (const Crumbs *)s->side->data;
  size_t low = 0, high = s->count / CRUMB_STEP; /* how many crumbs lie at or before the offset */
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (c->offsets[mid] <= byte_offset) low = mid + 1;
    else high = mid;
  }
  size_t base = low ? c->offsets[low - 1] : 0;
  return low * CRUMB_STEP + sk_utf8_count(s->data + base, byte_offset - base);
}

uint32_t sk_str_at(SkVm *vm, SkStr *s, size_t index) {
  if (sk_str_is_ascii(s)) return (unsigned char)s->data[index];
  size_t width;
  return sk_utf8_decode(s->data + sk_str_offset(vm, s, index), &width);
}

SkValue sk_str_getchar(SkVm *vm, SkStr *s, size_t index) {
  return sk_from_ptr(sk_str_from_codepoint(vm, sk_str_at(vm, s, index)));
}

SkStr *sk_str_slice(SkVm *vm, SkStr *s, size_t from, size_t to) {
  if (from >= to) return SK_NAME(vm, empty);
  if (from == 0 && to == s->count && sk_is_exactly(vm, sk_from_ptr(s), SK_T_str)) return s;
  if (to - from == 1) return sk_str_from_codepoint(vm, sk_str_at(vm, s, from));
  size_t a = sk_str_offset(vm, s, from), b = sk_str_offset(vm, s, to);
  SkStr *t = str_alloc(vm, b - a);
  memcpy(t->inline_, s->data + a, b - a);
  t->count = to - from;
  if (t->count == t->bytes) t->head.aux |= SK_STR_ASCII;
  else if (s->head.aux & SK_STR_SURROGATES) sk_str_finish(vm, t);
  return t;
}

SkStr *sk_str_part(SkVm *vm, SkStr *s, size_t from, size_t to) {
  if (from == 0 && to == s->bytes && sk_is_exactly(vm, sk_from_ptr(s), SK_T_str)) return s;
  if (to - from <= 1 || !sk_str_is_ascii(s)) return sk_str_new(vm, s->data + from, to - from);
  SkStr *t = str_alloc(vm, to - from);
  memcpy(t->inline_, s->data + from, to - from);
  t->count = to - from;
  t->head.aux |= SK_STR_ASCII;
  return t;
}

SkValue str_piece(SkVm *vm, SkValue s, size_t from, size_t to) { return sk_from_ptr(sk_str_part(vm, sk_as_str(s), from, to)); }

const char *sk_str_cstr(SkVm *vm, SkStr *s) {
  if (memchr(s->data, 0, s->bytes)) sk_raise_value(vm, "embedded null character");
  if (!(s->head.aux & SK_STR_SHARED)) return s->data; /* str_alloc leaves a zero byte behind */
  SkRaw *copy = sk_raw_new(vm, s->bytes + 1);
  memcpy(copy->data, s->data, s->bytes);
  return (const char *)copy->data;
}

/* A growing buffer is copied into one that counts a zero byte behind the text as used, so that nobody extends it. */
const char *sk_str_terminated(SkVm *vm, SkStr *s) {
  if (!(s->head.aux & SK_STR_SHARED)) return s->data;
  Growing *g = (Growing *)growing_owner(s)->data;
  if (s->data == g->text && g->used == s->bytes + 1 && !g->text[s->bytes]) return s->data;
  SkRaw *own = sk_raw_new(vm, sizeof(Growing) + s->bytes + 1);
  g = (Growing *)own->data;
  g->used = s->bytes + 1;
  memcpy(g->text, s->data, s->bytes);
  sk_write_ptr(vm, s, &s->side, own);
  s->data = g->text;
  s->head.aux &= (uint16_t)~SK_STR_CRUMBS; /* they are made again when asked for */
  return s->data;
}
