/* thaw.c - bytes back to code.                                        Layer 3.
 *
 * The bytes may come from anywhere: every count is checked against what is left to read, so damaged input
 * ends in an error, never in a wild read or a huge allocation.
 */
#include <string.h>

#include "vm/bytecode/assemble.h"
#include "vm/bytecode/freeze.h"
#include "vm/bytecode/freeze_impl.h"

enum { THAW_DEPTH = 300 };

typedef struct Thawer {
  const unsigned char *s, *end;
  SkArena arena;
  SkText *strings;
  uint32_t nstrings;
  SkCode **made; /* codes thawed but not yet owned */
  uint32_t nmade, made_room;
  unsigned depth;
  SkThawTrust trust;
  const char *why;
} Thawer;

static void fail(Thawer *t, const char *why) {
  if (!t->why) t->why = why;
  t->s = t->end;
}

static uint64_t get(Thawer *t) {
  uint64_t x = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (t->s == t->end) break;
    unsigned char c = *t->s++;
    x |= (uint64_t)(c & 0x7f) << shift;
    if (!(c & 0x80)) return x;
  }
  fail(t, "damaged code: number cut off");
  return 0;
}
static int64_t get_signed(Thawer *t) {
  uint64_t x = get(t);
  return (int64_t)(x >> 1 ^ (~(x & 1) + 1));
}
static uint32_t get_small(Thawer *t, uint32_t most) {
  uint64_t x = get(t);
  if (x <= most) return (uint32_t)x;
  fail(t, "damaged code: number too large");
  return 0;
}
/* A count of things that take at least a byte each. */
static uint32_t get_count(Thawer *t) {
  uint64_t x = get(t);
  if (x <= (uint64_t)(t->end - t->s)) return (uint32_t)x;
  fail(t, "damaged code: count too large");
  return 0;
}
static double get_double(Thawer *t) {
  uint64_t bits = 0;
  double d;
  if (t->end - t->s < 8) {
    fail(t, "damaged code: number cut off");
    return 0;
  }
  for (int i = 0; i < 8; i++) bits |= (uint64_t)*t->s++ << 8 * i;
  memcpy(&d, &bits, sizeof d);
  return d;
}
static SkText get_text(Thawer *t) {
  uint64_t n = get(t);
  if (n < t->nstrings) return t->strings[n];
  fail(t, "damaged code: no such text");
  return (SkText){"", 0};
}

static void thaw_strings(Thawer *t) {
  uint32_t n = get_count(t);
  t->strings = sk_arena_array(&t->arena, SkText, n + 1);
  for (; t->nstrings < n && !t->why; t->nstrings++) {
    uint32_t length = get_count(t);
    t->strings[t->nstrings] = (SkText){(const char *)t->s, length};
    t->s += length;
  }
}

static SkCode *thaw_code(Thawer *t);

static SkCodeConst thaw_const(Thawer *t) {
  SkCodeConst k;
  memset(&k, 0, sizeof k);
  k.kind = (SkCodeConstKind)get_small(t, SK_K_CODE);
  switch (k.kind) {
    case SK_K_INT: k.i = get_signed(t); break;
    case SK_K_FLOAT: k.d = get_double(t); break;
    case SK_K_COMPLEX: k.d = get_double(t); k.im = get_double(t); break;
    case SK_K_STR: case SK_K_BYTES: case SK_K_BIGINT: {
      SkText text = get_text(t);
      k.text = text.s;
      k.length = text.n;
      break;
    }
    case SK_K_TUPLE: case SK_K_FROZENSET: {
      uint32_t n = get_count(t), *items = sk_arena_array(&t->arena, uint32_t, n);
      for (uint32_t i = 0; i < n; i++) items[i] = get_small(t, UINT32_MAX);
      k.items = items;
      k.count = n;
      break;
    }
    case SK_K_CODE:
      k.code = thaw_code(t);
      if (!k.code) k.kind = SK_K_NONE;
      break;
    default: break;
  }
  return k;
}

static void thaw_insns(Thawer *t, SkAsm *a) {
  uint32_t n = get_count(t);
  a->insns = sk_arena_array(&t->arena, SkInsn, n + 4);
  while (a->ninsns < n && !t->why) {
    SkInsn *i = &a->insns[a->ninsns];
    i->op = (uint16_t)get_small(t, SK_OP_COUNT - 1);
    i->a = (uint16_t)get_small(t, 0xffff);
    i->b = (uint16_t)get_small(t, 0xffff);
    i->c = (uint16_t)get_small(t, 0xffff);
    unsigned words = sk_op_info[i->op].words;
    for (unsigned w = 1; w < words; w++) i[w].imm = get_signed(t);
    a->ninsns += words;
  }
  if (a->ninsns != n) fail(t, "damaged code: instructions do not add up");
}

static void thaw_handlers(Thawer *t, SkAsm *a) {
  uint32_t n = get_count(t);
  a->handlers = sk_arena_array(&t->arena, SkAsmHandler, n);
  for (; a->nhandlers < n && !t->why; a->nhandlers++) {
    SkAsmHandler *h = &a->handlers[a->nhandlers];
    h->start = get_small(t, a->ninsns);
    h->end = h->start + get_small(t, a->ninsns - h->start);
    h->target = sk_asm_label(a);
    a->labels[h->target].at = get_small(t, a->ninsns);
    h->reg = (uint16_t)get_small(t, 0xffff);
  }
}

static void thaw_positions(Thawer *t, SkAsm *a) {
  uint32_t n = get_count(t), at = 0;
  int64_t line = 0;
  a->positions = sk_arena_array(&t->arena, SkAsmPosition, n);
  for (; a->npositions < n && !t->why; a->npositions++) {
    SkRange *r = &a->positions[a->npositions].range;
    a->positions[a->npositions].at = at += get_small(t, a->ninsns);
    r->line = (uint32_t)(line += get_signed(t));
    r->end_line = (uint32_t)(line + get_signed(t));
    int64_t col = get_signed(t);
    r->col = (uint32_t)col;
    r->end_col = (uint32_t)(col + get_signed(t));
  }
}

static void thaw_names(Thawer *t, SkAsm *a, SkAsmHead *h) {
  uint32_t nvars = h->nlocals + h->nfree;
  if (nvars > (uint64_t)(t->end - t->s)) {
    fail(t, "damaged code: count too large");
    nvars = h->nlocals = h->nfree = 0;
  }
  SkText *vars = sk_arena_array(&t->arena, SkText, nvars);
  uint8_t *cells = sk_arena_array(&t->arena, uint8_t, nvars);
  for (uint32_t i = 0; i < nvars; i++) {
    vars[i] = get_text(t);
    cells[i] = (uint8_t)get_small(t, 2);
  }
  h->varnames = vars;
  h->is_cell = cells;
  uint32_t n = get_count(t);
  a->names = sk_arena_array(&t->arena, SkText, n);
  for (; a->nnames < n; a->nnames++) a->names[a->nnames] = get_text(t);
}

static void thaw_head(Thawer *t, SkAsmHead *h) {
  *h = (SkAsmHead){.name = get_text(t), .doc = -1};
  h->qualname = get_text(t);
  h->filename = get_text(t);
  h->first_line = (int)get_signed(t);
  h->flags = get_small(t, UINT32_MAX);
  h->argcount = get_small(t, 0xffff);
  h->posonly = get_small(t, 0xffff);
  h->kwonly = get_small(t, 0xffff);
  h->nlocals = get_small(t, 0xffff);
  h->nfree = get_small(t, 0xffff);
  h->nregs = get_small(t, 0xffff);
  h->doc = (int32_t)get_signed(t);
}

static SkCode *thaw_finish(Thawer *t, SkAsm *a, const SkAsmHead *h) {
  SkCode *code = sk_asm_finish(a, h);
  if (!code) {
    fail(t, "out of memory");
    return NULL;
  }
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) sk_code_retain(code->consts[i].code);
  if (t->nmade == t->made_room) {
    uint32_t more = t->made_room ? t->made_room * 2 : 64;
    t->made = sk_arena_grow(&t->arena, t->made, t->made_room * sizeof code, more * sizeof code);
    t->made_room = more;
  }
  t->made[t->nmade++] = code;
  uint32_t at;
  const char *why = t->trust == SK_THAW_VERIFY ? sk_code_verify(code, &at) : NULL;
  if (why) fail(t, why);
  return code;
}

static SkCode *thaw_code(Thawer *t) {
  SkAsm a;
  SkAsmHead h;
  if (++t->depth > THAW_DEPTH) fail(t, "damaged code: nested too deeply");
  sk_asm_init(&a, &t->arena);
  thaw_head(t, &h);
  thaw_names(t, &a, &h);
  uint32_t n = get_count(t);
  a.consts = sk_arena_array(&t->arena, SkCodeConst, n);
  for (; a.nconsts < n && !t->why; a.nconsts++) a.consts[a.nconsts] = thaw_const(t);
  thaw_insns(t, &a);
  thaw_handlers(t, &a);
  thaw_positions(t, &a);
  t->depth--;
  return t->why ? NULL : thaw_finish(t, &a, &h);
}

typedef struct ThawCall { Thawer t; SkCode *result; } ThawCall;

static void thaw_protected(void *arg) {
  ThawCall *call = arg;
  Thawer *t = &call->t;
  uint64_t print = 0;
  if (t->end - t->s < 12 || memcmp(t->s, SK_FREEZE_MAGIC, 4)) {
    fail(t, "no frozen code");
    return;
  }
  for (int i = 0; i < 8; i++) print |= (uint64_t)t->s[4 + i] << 8 * i;
  t->s += 12;
  if (print != sk_freeze_fingerprint()) fail(t, "code frozen by another build");
  thaw_strings(t);
  if (!t->why) call->result = thaw_code(t);
  if (call->result && t->s != t->end) fail(t, "damaged code: bytes left over");
}

SkCode *sk_code_thaw(const void *bytes, size_t n, SkThawTrust trust, const char **why) {
  ThawCall call = {.t = {.s = bytes, .trust = trust}};
  call.t.end = call.t.s + n;
  sk_arena_init(&call.t.arena, NULL, NULL);
  if (!sk_arena_protect(&call.t.arena, thaw_protected, &call)) call.t.why = "out of memory";
  if (call.t.why) call.result = NULL;
  for (uint32_t i = 0; i < call.t.nmade; i++)
    if (call.t.made[i] != call.result) sk_code_release(call.t.made[i]);
  sk_arena_free(&call.t.arena);
  if (why) *why = call.t.why;
  return call.result;
}
