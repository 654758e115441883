/* pool.c - the constants and names of a code under construction.      Layer 3.
 *
 * Equal constants share an index.  Equality is by kind and content (1, 1.0 and
 * True differ, 0.0 and -0.0 differ); code is never shared.
 */
#include <string.h>

#include "vm/base/hash.h"
#include "vm/bytecode/assemble.h"

#define POOL_GROW(a, array, count, room)                                                       \
  do {                                                                                         \
    if ((count) == (room)) {                                                                   \
      uint32_t more = (room) ? (room) * 2 : 8;                                                 \
      (array) = sk_arena_grow((a)->arena, (array), (room) * sizeof *(array), more * sizeof *(array)); \
      (room) = more;                                                                           \
    }                                                                                          \
  } while (0)

static uint64_t const_hash(const SkCodeConst *k) {
  switch (k->kind) {
    case SK_K_INT: return sk_hash_mix((uint64_t)k->i);
    case SK_K_FLOAT: case SK_K_COMPLEX: return sk_hash_bytes(&k->d, 2 * sizeof(double), 1);
    case SK_K_BIGINT: case SK_K_STR: case SK_K_BYTES: return sk_hash_bytes(k->text, k->length, k->kind);
    case SK_K_TUPLE: case SK_K_FROZENSET: return sk_hash_bytes(k->items, k->count * sizeof(uint32_t), 7);
    default: return k->kind * 0x9E3779B97F4A7C15u;
  }
}

static bool const_same(const SkCodeConst *x, const SkCodeConst *y) {
  if (x->kind != y->kind) return false;
  switch (x->kind) {
    case SK_K_INT: return x->i == y->i;
    case SK_K_FLOAT: case SK_K_COMPLEX: return memcmp(&x->d, &y->d, 2 * sizeof(double)) == 0;
    case SK_K_BIGINT: case SK_K_STR: case SK_K_BYTES:
      return x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
    case SK_K_TUPLE: case SK_K_FROZENSET:
      return x->count == y->count && memcmp(x->items, y->items, x->count * sizeof(uint32_t)) == 0;
    case SK_K_CODE: return false;
    default: return true;
  }
}

static void const_table_grow(SkAsm *a) {
  uint32_t size = a->const_table_size ? a->const_table_size * 2 : 16;
  uint32_t *table = sk_arena_array(a->arena, uint32_t, size);
  for (uint32_t i = 0; i < a->nconsts; i++) {
    uint32_t at = (uint32_t)const_hash(&a->consts[i]) & (size - 1);
    while (table[at]) at = (at + 1) & (size - 1);
    table[at] = i + 1;
  }
  a->const_table = table;
  a->const_table_size = size;
}

uint32_t sk_asm_const(SkAsm *a, const SkCodeConst *k) {
  if (a->nconsts * 2 >= a->const_table_size) const_table_grow(a);
  uint32_t mask = a->const_table_size - 1, at = (uint32_t)const_hash(k) & mask;
  for (; a->const_table[at]; at = (at + 1) & mask)
    if (const_same(&a->consts[a->const_table[at] - 1], k)) return a->const_table[at] - 1;
  POOL_GROW(a, a->consts, a->nconsts, a->consts_room);
  a->consts[a->nconsts] = *k;
  a->const_table[at] = a->nconsts + 1;
  return a->nconsts++;
}

uint32_t sk_asm_const_text(SkAsm *a, SkCodeConstKind kind, const char *s, size_t n) {
  SkCodeConst k = {.kind = kind};
  k.text = s;
  k.length = n;
  return sk_asm_const(a, &k);
}

uint32_t sk_asm_const_int(SkAsm *a, int64_t i) {
  SkCodeConst k = {.kind = SK_K_INT};
  k.i = i;
  return sk_asm_const(a, &k);
}

uint32_t sk_asm_const_items(SkAsm *a, SkCodeConstKind kind, const uint32_t *items, size_t n) {
  SkCodeConst k = {.kind = kind};
  k.items = items;
  k.count = n;
  return sk_asm_const(a, &k);
}

uint32_t sk_asm_const_code(SkAsm *a, SkCode *code) {
  SkCodeConst k = {.kind = SK_K_CODE};
  k.code = code;
  return sk_asm_const(a, &k);
}

static void name_table_grow(SkAsm *a) {
  uint32_t size = a->name_table_size ? a->name_table_size * 2 : 16;
  uint32_t *table = sk_arena_array(a->arena, uint32_t, size);
  for (uint32_t i = 0; i < a->nnames; i++) {
    uint32_t at = (uint32_t)sk_hash_bytes(a->names[i].s, a->names[i].n, 0) & (size - 1);
    while (table[at]) at = (at + 1) & (size - 1);
    table[at] = i + 1;
  }
  a->name_table = table;
  a->name_table_size = size;
}

uint32_t sk_asm_name(SkAsm *a, const char *s, size_t n) {
  if (a->nnames * 2 >= a->name_table_size) name_table_grow(a);
  uint32_t mask = a->name_table_size - 1, at = (uint32_t)sk_hash_bytes(s, n, 0) & mask;
  for (; a->name_table[at]; at = (at + 1) & mask) {
    SkText t = a->names[a->name_table[at] - 1];
    if (t.n == n && memcmp(t.s, s, n) == 0) return a->name_table[at] - 1;
  }
  POOL_GROW(a, a->names, a->nnames, a->names_room);
  a->names[a->nnames] = (SkText){s, n};
  a->name_table[at] = a->nnames + 1;
  if (a->nnames > 0xffff) a->overflow = true;
  return a->nnames++;
}
