/* freeze.c - code to bytes.                                           Layer 3.
 *
 *   "SKC" version   fingerprint of the instruction set (8)   strings   code
 *   strings: count, then length and bytes of each; everywhere else a text is its number
 *   code: head, variables, names, constants (nested code in place), instructions, handlers, positions
 *
 * Numbers are little-endian base 128; signed ones zigzag.  thaw.c reads the same order.
 */
#include "vm/bytecode/freeze.h"

#include <stdlib.h>
#include <string.h>

#include "vm/base/arena.h"
#include "vm/base/name.h"
#include "vm/bytecode/freeze_impl.h"

typedef struct Freezer {
  SkBuf *out;
  SkArena arena;
  SkNames strings; /* every text once, numbered in order of appearance */
} Freezer;

static void put(Freezer *f, uint64_t x) {
  for (; x >= 0x80; x >>= 7) sk_buf_add_char(f->out, (char)(x | 0x80));
  sk_buf_add_char(f->out, (char)x);
}
static void put_signed(Freezer *f, int64_t x) { put(f, (uint64_t)x << 1 ^ (uint64_t)(x >> 63)); }
static void put_double(Freezer *f, double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  for (int i = 0; i < 8; i++) sk_buf_add_char(f->out, (char)(bits >> 8 * i));
}
static void put_text(Freezer *f, const char *s, size_t n) { put(f, sk_name_intern(&f->strings, s, n)->id); }

static void freeze_code(Freezer *f, const SkCode *code);

static void freeze_const(Freezer *f, const SkCodeConst *k) {
  put(f, k->kind);
  switch (k->kind) {
    case SK_K_INT: put_signed(f, k->i); break;
    case SK_K_FLOAT: put_double(f, k->d); break;
    case SK_K_COMPLEX: put_double(f, k->d); put_double(f, k->im); break;
    case SK_K_STR: case SK_K_BYTES: case SK_K_BIGINT: put_text(f, k->text, k->length); break;
    case SK_K_TUPLE: case SK_K_FROZENSET:
      put(f, k->count);
      for (size_t i = 0; i < k->count; i++) put(f, k->items[i]);
      break;
    case SK_K_CODE: freeze_code(f, k->code); break;
    default: break;
  }
}

/* Operands one by one; further words whole, most of them are empty caches. */
static void freeze_insns(Freezer *f, const SkCode *code) {
  put(f, code->ninsns);
  for (uint32_t at = 0; at < code->ninsns;) {
    const SkInsn *i = &code->insns[at];
    unsigned words = sk_op_info[i->op].words;
    put(f, i->op);
    put(f, i->a);
    put(f, i->b);
    put(f, i->c);
    for (unsigned w = 1; w < words; w++) put_signed(f, i[w].imm);
    at += words;
  }
}

static void freeze_positions(Freezer *f, const SkCode *code) {
  SkPosition last = {0};
  put(f, code->npositions);
  for (uint32_t n = 0; n < code->npositions; n++) {
    const SkPosition *p = &code->positions[n];
    put(f, p->at - last.at);
    put_signed(f, (int64_t)p->line - last.line);
    put_signed(f, (int64_t)p->end_line - p->line);
    put_signed(f, p->col);
    put_signed(f, (int64_t)p->end_col - p->col);
    last = *p;
  }
}

static void freeze_code(Freezer *f, const SkCode *code) {
  uint32_t nvars = code->nlocals + code->nfree;
  put_text(f, code->name.s, code->name.n);
  put_text(f, code->qualname.s, code->qualname.n);
  put_text(f, code->filename.s, code->filename.n);
  put_signed(f, code->first_line);
  put(f, code->flags);
  put(f, code->argcount);
  put(f, code->posonly);
  put(f, code->kwonly);
  put(f, code->nlocals);
  put(f, code->nfree);
  put(f, code->nregs);
  put_signed(f, code->doc);
  for (uint32_t i = 0; i < nvars; i++) {
    put_text(f, code->varnames[i].s, code->varnames[i].n);
    put(f, code->is_cell[i]);
  }
  put(f, code->nnames);
  for (uint32_t i = 0; i < code->nnames; i++) put_text(f, code->names[i].s, code->names[i].n);
  put(f, code->nconsts);
  for (uint32_t i = 0; i < code->nconsts; i++) freeze_const(f, &code->consts[i]);
  freeze_insns(f, code);
  put(f, code->nhandlers);
  for (uint32_t i = 0; i < code->nhandlers; i++) {
    const SkHandler *h = &code->handlers[i];
    put(f, h->start);
    put(f, h->end - h->start);
    put(f, h->target);
    put(f, h->reg);
  }
  freeze_positions(f, code);
}

uint64_t sk_freeze_fingerprint(void) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (unsigned op = 0; op < SK_OP_COUNT; op++) {
    const SkOpInfo *i = &sk_op_info[op];
    for (const char *s = i->name; *s; s++) hash = (hash ^ (unsigned char)*s) * 0x100000001b3u;
    hash = (hash ^ (uint64_t)(i->a | i->b << 4 | i->c << 8 | i->words << 12)) * 0x100000001b3u;
  }
  for (unsigned n = 0; n < SK_INTRINSIC_COUNT; n++)
    for (const char *s = sk_intrinsic_info[n].name; *s; s++) hash = (hash ^ (unsigned char)*s) * 0x100000001b3u;
  return hash;
}

static void freeze_strings(Freezer *f, SkBuf *out) {
  SkNames *names = &f->strings;
  SkName **by_id = sk_arena_array(&f->arena, SkName *, names->count);
  for (uint32_t i = 0; i < names->room; i++)
    if (names->table[i]) by_id[names->table[i]->id] = names->table[i];
  f->out = out;
  put(f, names->count);
  for (uint32_t i = 0; i < names->count; i++) {
    put(f, by_id[i]->length);
    sk_buf_add(out, by_id[i]->text, by_id[i]->length);
  }
}

typedef struct FreezeCall { Freezer f; const SkCode *code; SkBuf *out, *body; } FreezeCall;

static void freeze_protected(void *arg) {
  FreezeCall *call = arg;
  Freezer *f = &call->f;
  sk_names_init(&f->strings, &f->arena);
  f->out = call->body;
  freeze_code(f, call->code);
  sk_buf_add(call->out, SK_FREEZE_MAGIC, 4);
  uint64_t print = sk_freeze_fingerprint();
  for (int i = 0; i < 8; i++) sk_buf_add_char(call->out, (char)(print >> 8 * i));
  freeze_strings(f, call->out);
  sk_buf_add(call->out, call->body->data, call->body->length);
}

void sk_code_freeze(const SkCode *code, SkBuf *out) {
  SkBuf body;
  sk_buf_init(&body);
  FreezeCall call = {.code = code, .out = out, .body = &body};
  sk_arena_init(&call.f.arena, NULL, NULL);
  if (!sk_arena_protect(&call.f.arena, freeze_protected, &call) || body.failed) out->failed = true;
  sk_arena_free(&call.f.arena);
  sk_buf_free(&body);
}
