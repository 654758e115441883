/* arena.c - bump allocation, freed as a whole.                       Layer 0.
 *
 * Chunks form a list, newest first; each is at least twice the last up to
 * a cap, so a small program touches few pages and a large one allocates
 * seldom.
 */
#include "vm/base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct SkArenaChunk {
  SkArenaChunk *older;
  size_t size; /* of the whole chunk, this header included */
};

struct SkArenaCatch {
  SkArenaCatch *outer;
  jmp_buf where;
};

enum { ARENA_FIRST = 4096, ARENA_LARGEST = 1 << 20 };

static void *arena_malloc(void *data, void *old, size_t old_size, size_t size) {
  (void)data;
  (void)old_size;
  if (size) return realloc(old, size);
  free(old);
  return NULL;
}

void sk_arena_init(SkArena *a, SkArenaAllocFn alloc, void *data) {
  *a = (SkArena){.alloc = alloc ? alloc : arena_malloc, .data = data};
}

void sk_arena_free(SkArena *a) {
  for (SkArenaChunk *c = a->chunks; c;) {
    SkArenaChunk *older = c->older;
    a->alloc(a->data, c, c->size, 0);
    c = older;
  }
  a->chunks = NULL;
  a->next = a->end = NULL;
}

static void arena_out_of_memory(SkArena *a) {
  if (!a->catch_top) abort();
  longjmp(a->catch_top->where, 1);
}

void *sk_arena_more(SkArena *a, size_t size) {
  size_t chunk = a->chunks ? a->chunks->size * 2 : ARENA_FIRST;
  if (chunk > ARENA_LARGEST) chunk = ARENA_LARGEST;
  if (size > SIZE_MAX / 2) arena_out_of_memory(a);
  if (chunk < size + sizeof(SkArenaChunk)) chunk = size + sizeof(SkArenaChunk);
  SkArenaChunk *c = a->alloc(a->data, NULL, 0, chunk);
  if (!c) arena_out_of_memory(a);
  *c = (SkArenaChunk){.older = a->chunks, .size = chunk};
  a->chunks = c;
  char *p = (char *)(c + 1);
  a->next = p + size;
  a->end = (char *)c + chunk;
  return p;
}

void *sk_arena_zalloc(SkArena *a, size_t size) { return memset(sk_arena_alloc(a, size), 0, size); }

char *sk_arena_strndup(SkArena *a, const char *s, size_t n) {
  char *copy = sk_arena_alloc(a, n + 1);
  if (n) memcpy(copy, s, n);
  copy[n] = 0;
  return copy;
}

void *sk_arena_grow(SkArena *a, void *old, size_t old_size, size_t size) {
  size_t was = (old_size + 7) & ~(size_t)7, now = (size + 7) & ~(size_t)7;
  if (old && (char *)old + was == a->next && now >= was &&
      now - was <= (size_t)(a->end - a->next)) {
    a->next += now - was;
    return old;
  }
  void *p = sk_arena_alloc(a, size);
  if (old_size) memcpy(p, old, old_size);
  return p;
}

bool sk_arena_protect(SkArena *a, void (*fn)(void *arg), void *arg) {
  SkArenaCatch here = {.outer = a->catch_top};
  a->catch_top = &here;
  if (_setjmp(here.where) == 0) { /* alone in the condition: C17 7.13.1.1 */
    fn(arg);
    a->catch_top = here.outer;
    return true;
  }
  a->catch_top = here.outer;
  return false;
}
