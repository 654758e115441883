/* freeze.c - code to bytes (freeze_impl.h has the layout).            Layer 3.
 *
 * One walk in pre-order fills a buffer per section; the buffers are then put behind each other.
 */
#include "vm/bytecode/freeze.h"

#include <stdlib.h>
#include <string.h>

#include "vm/base/arena.h"
#include "vm/base/hash.h"
#include "vm/base/name.h"
#include "vm/bytecode/freeze_impl.h"
#include "vm/bytecode/places.h"

const uint8_t sk_image_size[SEC_COUNT] = {
    [SEC_WORDS] = sizeof(SkInsn), [SEC_CONSTS] = sizeof(ImageConst), [SEC_SECONDS] = 8, [SEC_CODES] = sizeof(ImageCode),
    [SEC_TEXTS] = 4, [SEC_NAMES] = 4, [SEC_ITEMS] = 4, [SEC_HANDLERS] = sizeof(SkHandler), [SEC_CELLS] = 1, [SEC_PLACES] = 1, [SEC_CHARS] = 1};

typedef struct Freezer {
  SkBuf *section; /* SEC_COUNT of them */
  SkArena arena;
  SkNames texts;  /* every text once, numbered in order of appearance */
  uint32_t ncodes;
} Freezer;

static void put(Freezer *f, int section, const void *what, size_t n) { sk_buf_add(&f->section[section], what, n * sk_image_size[section]); }

static uint32_t text(Freezer *f, const char *s, size_t n) {
  uint32_t before = sk_names_count(&f->texts), length = (uint32_t)n;
  SkName *name = sk_name_intern(&f->texts, s, n);
  if (name->id < before) return name->id;
  put(f, SEC_TEXTS, &length, 1);
  put(f, SEC_CHARS, s, n);
  put(f, SEC_CHARS, "", 1);
  return name->id;
}

static void put_name(Freezer *f, SkText t) {
  uint32_t n = text(f, t.s, t.n);
  put(f, SEC_NAMES, &n, 1);
}

uint64_t sk_insn_kept(unsigned op) {
  switch (op) {
    case SK_OP_LOADKX: case SK_OP_NAMECELL: case SK_OP_CALLKW: case SK_OP_FORITER: case SK_OP_SEND: case SK_OP_UNPACKX:
    case SK_OP_MATCHCLASS: return ~(uint64_t)0;
    case SK_OP_CALLM: {
      SkInsn name = {.method = {.name = 0xffff}};
      return name.w;
    }
    default: return 0;
  }
}

static void freeze_insns(Freezer *f, const SkCode *code) {
  for (uint32_t at = 0; at < code->ninsns;) {
    const SkInsn *i = &code->insns[at];
    unsigned words = sk_op_info[i->op].words;
    uint64_t further[2] = {words > 1 ? i[1].w & sk_insn_kept(i->op) : 0, 0};
    put(f, SEC_WORDS, i, 1);
    put(f, SEC_WORDS, further, words - 1);
    at += words;
  }
}

/* |child|: the number its first nested code will have. */
static ImageConst freeze_const(Freezer *f, const SkCodeConst *k, uint32_t *child) {
  ImageConst out = {.kind = k->kind};
  switch (k->kind) {
    case SK_K_INT: out.x = (uint64_t)k->i; break;
    case SK_K_COMPLEX: put(f, SEC_SECONDS, &k->im, 1); /* fallthrough */
    case SK_K_FLOAT: memcpy(&out.x, &k->d, sizeof out.x); break;
    case SK_K_STR: case SK_K_BYTES: case SK_K_BIGINT: out.x = text(f, k->text, k->length); break;
    case SK_K_TUPLE: case SK_K_FROZENSET:
      out.count = (uint32_t)k->count;
      put(f, SEC_ITEMS, k->items, k->count);
      break;
    case SK_K_CODE: out.x = *child; break;
    default: break;
  }
  return out;
}

/* How many codes |code| is, with those in it. */
static uint32_t count_codes(const SkCode *code) {
  uint32_t n = 1;
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) n += count_codes(code->consts[i].code);
  return n;
}

static void freeze_code(Freezer *f, const SkCode *code) {
  uint32_t nvars = code->nlocals + code->nfree, child = ++f->ncodes;
  SkBuf *places = &f->section[SEC_PLACES];
  size_t before = places->length;
  sk_places_pack(code, places);
  ImageCode c = {.first_line = code->first_line, .flags = code->flags, .argcount = code->argcount, .posonly = code->posonly,
                 .kwonly = code->kwonly, .nlocals = code->nlocals, .nfree = code->nfree, .nregs = code->nregs, .doc = code->doc,
                 .ninsns = code->ninsns, .nconsts = code->nconsts, .nnames = code->nnames, .nhandlers = code->nhandlers,
                 .npositions = code->npositions, .nplaces = (uint32_t)(places->length - before)};
  c.name = text(f, code->name.s, code->name.n);
  c.qualname = text(f, code->qualname.s, code->qualname.n);
  c.filename = text(f, code->filename.s, code->filename.n);
  put(f, SEC_CODES, &c, 1);
  for (uint32_t i = 0; i < code->nnames; i++) put_name(f, code->names[i]);
  for (uint32_t i = 0; i < nvars; i++) put_name(f, code->varnames[i]);
  put(f, SEC_CELLS, code->is_cell, nvars);
  put(f, SEC_HANDLERS, code->handlers, code->nhandlers);
  freeze_insns(f, code);
  for (uint32_t i = 0; i < code->nconsts; i++) {
    ImageConst k = freeze_const(f, &code->consts[i], &child);
    put(f, SEC_CONSTS, &k, 1);
    if (k.kind == SK_K_CODE) child += count_codes(code->consts[i].code);
  }
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) freeze_code(f, code->consts[i].code);
}

uint64_t sk_freeze_fingerprint(void) {
  static const uint32_t layout[] = {SEC_COUNT, SK_K_CODE, sizeof(ImageHead), sizeof(ImageCode), 0x01020304};
  uint64_t hash = sk_hash_bytes(layout, sizeof layout, 2);
  for (unsigned op = 0; op < SK_OP_COUNT; op++) {
    const SkOpInfo *i = &sk_op_info[op];
    const uint8_t shape[] = {i->a, i->b, i->c, i->words};
    hash = sk_hash_bytes(i->name, strlen(i->name), hash);
    hash = sk_hash_bytes(i->doc, strlen(i->doc), hash);
    hash = sk_hash_bytes(shape, sizeof shape, hash);
  }
  for (unsigned n = 0; n < SK_INTRINSIC_COUNT; n++) hash = sk_hash_bytes(sk_intrinsic_info[n].name, strlen(sk_intrinsic_info[n].name), hash);
  return hash;
}

uint64_t sk_freeze_checksum(const void *image, size_t n) {
  size_t from = offsetof(ImageHead, count);
  return sk_hash_bytes((const char *)image + from, n - from, 0x534b43);
}

static void assemble(Freezer *f, SkBuf *out) {
  ImageHead head = {.magic = SK_FREEZE_MAGIC, .fingerprint = sk_freeze_fingerprint(), .bytes = sizeof head};
  for (int s = 0; s < SEC_COUNT; s++) {
    SkBuf *b = &f->section[s];
    if (b->failed || b->length > UINT32_MAX) out->failed = true;
    head.count[s] = (uint32_t)(b->length / sk_image_size[s]);
    while (b->length % 8) sk_buf_add_char(b, 0);
    head.bytes += b->length;
  }
  size_t start = out->length;
  sk_buf_add(out, &head, sizeof head);
  for (int s = 0; s < SEC_COUNT; s++) sk_buf_add(out, f->section[s].data, f->section[s].length);
  if (out->failed) return;
  head.checksum = sk_freeze_checksum(out->data + start, head.bytes);
  memcpy(out->data + start, &head, sizeof head);
}

typedef struct FreezeCall { Freezer f; const SkCode *code; } FreezeCall;

static void freeze_protected(void *arg) {
  FreezeCall *call = arg;
  sk_names_init(&call->f.texts, &call->f.arena);
  freeze_code(&call->f, call->code);
}

void sk_code_freeze(const SkCode *code, SkBuf *out) {
  SkBuf section[SEC_COUNT];
  for (int s = 0; s < SEC_COUNT; s++) sk_buf_init(&section[s]);
  FreezeCall call = {.f = {.section = section}, .code = code};
  sk_arena_init(&call.f.arena, NULL, NULL);
  if (sk_arena_protect(&call.f.arena, freeze_protected, &call)) assemble(&call.f, out);
  else out->failed = true;
  sk_arena_free(&call.f.arena);
  for (int s = 0; s < SEC_COUNT; s++) sk_buf_free(&section[s]);
}
