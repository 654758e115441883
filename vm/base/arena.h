/* arena.h - bump allocation, freed as a whole.                       Layer 0.
 *
 * The front end (grammar, symbols, compile) lives in arenas: parse trees,
 * names, scopes, instructions under construction.  Nothing in an arena is
 * freed alone, so early return needs no cleanup.
 * Invariant: sk_arena_alloc never returns NULL.  When memory runs out it
 * jumps back to the innermost sk_arena_protect, which returns false; without
 * one the process aborts.  So nobody in between writes a check, and code
 * running under an arena must own nothing but arena memory.
 */
#ifndef SK_BASE_ARENA_H
#define SK_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

#include "vm/base/defs.h"

SK_C_BEGIN

/* realloc with sizes: |size| 0 frees.  Returns NULL when memory is out. */
typedef void *(*SkArenaAllocFn)(void *data, void *old, size_t old_size, size_t size);

typedef struct SkArenaChunk SkArenaChunk;
typedef struct SkArenaCatch SkArenaCatch;

typedef struct SkArena {
  char *next, *end; /* the free part of the newest chunk */
  SkArenaChunk *chunks;
  SkArenaAllocFn alloc;
  void *data;
  SkArenaCatch *catch_top;
} SkArena;

/* |alloc| may be NULL: malloc and free. */
void sk_arena_init(SkArena *a, SkArenaAllocFn alloc, void *data);
void sk_arena_free(SkArena *a);

void *sk_arena_more(SkArena *a, size_t size); /* the slow path of alloc */

/* Uninitialised memory, aligned to 8. */
static inline void *sk_arena_alloc(SkArena *a, size_t size) {
  size = (size + 7) & ~(size_t)7;
  if (size > (size_t)(a->end - a->next)) return sk_arena_more(a, size);
  void *p = a->next;
  a->next += size;
  return p;
}

/* Zeroed memory. */
void *sk_arena_zalloc(SkArena *a, size_t size);
/* A copy of |n| bytes with a NUL after them. */
char *sk_arena_strndup(SkArena *a, const char *s, size_t n);
/* Grows |old| in place when it is the newest allocation, else copies. */
void *sk_arena_grow(SkArena *a, void *old, size_t old_size, size_t size);

#define sk_arena_new(a, type) ((type *)sk_arena_zalloc((a), sizeof(type)))
#define sk_arena_array(a, type, n) ((type *)sk_arena_zalloc((a), sizeof(type) * (size_t)(n)))

/* Runs fn(arg); false when the arena ran out of memory inside. */
bool sk_arena_protect(SkArena *a, void (*fn)(void *arg), void *arg);

SK_C_END

#endif
