/* heap_impl.h - chunks, blocks and the heap record; seen by vm/heap only.  Layer 5.
 *
 *   chunk: 1 MB, 1 MB-aligned         block 0            blocks 1..63, 16 KB each
 *   +----------------------------+    mark bits (8 KB)   a SMALL block holds cells of one size class;
 *   | 0 | 1 | 2 | ...       | 63 |    block table        a RUN is one object over several blocks
 *   +----------------------------+
 *
 * The first chunk of a heap whose memory is a host's is a short one: its last blocks are absent.
 *
 * An object larger than a chunk's 63 blocks has a mapping of its own whose first MB begins like a chunk
 * (all of it is one RUN); every further MB of it is entered in the chunk table too.
 *
 * Mark bits are out of line, one per 16 bytes, and sticky: a set bit means "survived a collection", so a
 * minor collection only has to trace what is reachable from the roots and the remembered set.
 * Invariant: in a block that is |swept|, a cell holds an object if and only if its first word is not
 * zero; in a block that is not, if and only if its mark bit is set.
 */
#ifndef SK_HEAP_HEAP_IMPL_H
#define SK_HEAP_HEAP_IMPL_H

#include "vm/heap/vm.h"

enum {
  CHUNK_BITS = 20, CHUNK_BYTES = 1 << CHUNK_BITS,
  BLOCK_BITS = 14, BLOCK_BYTES = 1 << BLOCK_BITS,
  BLOCKS = CHUNK_BYTES / BLOCK_BYTES,
  GRAIN = 16,
  SMALL_MAX = 4096, /* larger objects are runs of blocks */
  CLASS_COUNT = 32
};

typedef enum BlockState { BLOCK_FREE, BLOCK_SMALL, BLOCK_RUN, BLOCK_RUN_REST, BLOCK_ABSENT /* not in this mapping */ } BlockState;

typedef struct Block {
  uint8_t state, size_class;
  bool swept; /* see the invariant above */
  bool full;  /* found without a free cell: a minor collection leaves it alone */
  bool finalizable; /* some cell of it was of a kind with a finalizer */
  bool fresh; /* never used since it was mapped: its memory is zero */
  uint8_t head;        /* RUN_REST: block number of its RUN */
  uint32_t run_blocks; /* RUN: how many blocks (may pass 63 for a mapping of its own) */
} Block;

typedef struct Chunk {
  uint64_t marks[CHUNK_BYTES / GRAIN / 64];
  Block blocks[BLOCKS];
  size_t mapped;     /* bytes of the mapping: CHUNK_BYTES unless one big object, or short */
  int free_blocks;
  uint64_t *shadow;  /* verify builds: marks of the checking pass */
} Chunk;

static_assert(sizeof(Chunk) <= BLOCK_BYTES, "block 0 holds the metadata");

/* A stretch of free cells of one class.  Every cell's first word is zero ("no object").  With MANY set in
 * |next| the stretch has several cells and its size in bytes stands at offset 24; with CLEAN all of it but
 * these first words is zero. */
typedef struct Interval { uint64_t zero; uintptr_t next; } Interval;
enum { INTERVAL_MANY = 1, INTERVAL_CLEAN = 2, INTERVAL_FLAGS = 3 };
enum { INTERVAL_SIZE_AT = 24 };

typedef struct SizeClass {
  char *cur, *end;      /* bump allocation inside one interval, zeroed already */
  Interval *intervals;  /* single free cells chained (from sweeping and sk_payload_free) */
  uint32_t bytes;
  uint32_t reciprocal;  /* ceil(2^32 / bytes): cell number of an offset without dividing */
  Block **blocks;       /* every SMALL block of this class */
  uint32_t count, room;
  uint32_t sweep_at;    /* next block to sweep */
} SizeClass;

typedef struct WeakEntry { SkObject *target; SkObject **refs; uint32_t count, room; } WeakEntry;
typedef struct Root { SkRootFn *fn; void *arg; } Root;
typedef struct ObjectVec { SkObject **items; size_t count, room; } ObjectVec;

/* Scratch memory: parts as they were needed, the newest on top. */
typedef struct SkScratchPart {
  struct SkScratchPart *below;
  size_t start;      /* bytes in the parts below */
  size_t used, room;
  char data[] __attribute__((aligned(16)));
} SkScratchPart;

struct SkHeap {
  SkVm *vm;
  const SkKindInfo *kinds;
  SizeClass classes[CLASS_COUNT];
  uint8_t class_of[SMALL_MAX / GRAIN + 1];

  Chunk **table;       /* open addressing by address >> 20; a big mapping has an entry per MB */
  uintptr_t *table_keys;
  size_t table_size, table_used;
  Chunk **chunks;      /* each mapping once */
  size_t chunk_count, chunk_room;
  uintptr_t lowest, highest; /* every object lies in [lowest, highest) */

  size_t used_bytes, limit; /* blocks in use, big mappings included */
  size_t most_bytes;        /* the most there have been in use */
  size_t since;             /* bytes handed out since the last collection */
  size_t minor_at;          /* collect when |since| reaches this */
  size_t nursery;           /* bytes of new objects between two minor collections, while the heap is small */
  int sparse;               /* stress build: library modules that are being loaded */
  unsigned sparse_turn;
  size_t marked;            /* objects that the last collection found alive and new */
  size_t live_after_major, major_at;
  bool collecting, enabled;
  bool untraced;            /* the mark stack found no memory: some marked objects were not traced */
  uint64_t collections, minors;
  uint64_t allocations, fail_at; /* hunting build oom */

  ObjectVec remembered, dead_with_del, dead_weakrefs, mark_stack;
  ObjectVec watched, watched_old; /* have __del__; the old ones can only die in a full collection */
  SkWatchedFn *still_watched;
  Root *roots;
  size_t root_count, root_room;
  WeakEntry *weak; /* open addressing by target address */
  size_t weak_size, weak_used;
  SkPendingFn *on_del, *on_weakref_died;
  struct { SkAfterMarkFn *fn; void *arg; } after_mark[8]; /* the runtime's own few weak tables */
  int after_mark_count;

  SkScratch scratch; /* of the running thread */
};

struct SkMarker {
  SkVm *vm;
  SkHeap *heap;
  SkObject *current; /* being traced: named when the verify pass finds a missing barrier */
  bool checking;     /* verify pass: marks go to the shadow bits */
};

SK_INLINE Chunk *chunk_of(const void *p) { return (Chunk *)((uintptr_t)p & ~(uintptr_t)(CHUNK_BYTES - 1)); }
SK_INLINE size_t grain_of(const void *p) { return ((uintptr_t)p & (CHUNK_BYTES - 1)) / GRAIN; }
SK_INLINE bool is_marked(const void *p) {
  size_t g = grain_of(p);
  return chunk_of(p)->marks[g / 64] >> (g & 63) & 1;
}
SK_INLINE Block *block_of(const void *p) {
  return &chunk_of(p)->blocks[((uintptr_t)p & (CHUNK_BYTES - 1)) >> BLOCK_BITS];
}

/* chunk.c */
Chunk *heap_find_chunk(const SkHeap *h, uintptr_t address); /* NULL: not ours */
Block *heap_take_blocks(SkVm *vm, size_t count, char **start); /* NULL: no memory */
void heap_give_blocks(SkHeap *h, Chunk *c, int first, size_t count);
void heap_unmap_all(SkHeap *h);

/* sweep.c */
bool heap_sweep_next(SkVm *vm, SizeClass *k); /* false: every block of the class is swept */
void heap_sweep_runs(SkVm *vm);
void heap_finalize_cell(SkVm *vm, SkObject *o);

/* mark.c */
void heap_mark_all(SkVm *vm, bool full);
void heap_mark_conservative(SkMarker *m, uintptr_t word);
SkObject *heap_object_at(const SkHeap *h, uintptr_t word); /* NULL: no object there */
void heap_check_barriers(SkVm *vm);

/* stack.c */
void heap_scan_stack(SkMarker *m, const void *base);

/* weak.c */
void heap_weak_after_mark(SkVm *vm, SkMarker *m);

SK_NORETURN void heap_out_of_memory(SkVm *vm);
bool object_vec_push(SkHeap *h, ObjectVec *v, SkObject *o);

#endif
