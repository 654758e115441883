/* name.c - interned identifiers.                                     Layer 0. */
#include "vm/base/name.h"

#include <string.h>

void sk_names_init(SkNames *names, SkArena *arena) {
  *names = (SkNames){.arena = arena, .room = 256};
  names->table = sk_arena_array(arena, SkName *, names->room);
}

static uint32_t name_hash(const char *s, size_t n) {
  uint32_t h = 2166136261u; /* FNV-1a: names are short */
  for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)s[i]) * 16777619u;
  return h ^ (h >> 15);
}

static void names_grow(SkNames *names) {
  SkName **old = names->table;
  uint32_t n = names->room;
  names->room = n * 2;
  names->table = sk_arena_array(names->arena, SkName *, names->room);
  for (uint32_t i = 0; i < n; i++) {
    if (!old[i]) continue;
    uint32_t at = old[i]->hash & (names->room - 1);
    while (names->table[at]) at = (at + 1) & (names->room - 1);
    names->table[at] = old[i];
  }
}

SkName *sk_name_intern(SkNames *names, const char *text, size_t length) {
  uint32_t hash = name_hash(text, length);
  uint32_t at = hash & (names->room - 1);
  for (SkName *e; (e = names->table[at]); at = (at + 1) & (names->room - 1))
    if (e->hash == hash && e->length == length && memcmp(e->text, text, length) == 0) return e;
  SkName *fresh = sk_arena_alloc(names->arena, sizeof(SkName) + length + 1);
  fresh->id = names->count++;
  fresh->hash = hash;
  fresh->length = length;
  memcpy(fresh->text, text, length);
  fresh->text[length] = 0;
  names->table[at] = fresh;
  if (names->count * 2 > names->room) names_grow(names);
  return fresh;
}

SkName *sk_name_intern_z(SkNames *names, const char *text) {
  return sk_name_intern(names, text, strlen(text));
}
