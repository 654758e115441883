/* heap.h - allocation, the write barrier, roots, finalization.  Layer 5.
 *
 * Non-moving, size-class blocks in 1 MB chunks, out-of-line mark bits, lazy sweep, sticky-mark
 * generations, conservative C stack, precise VM stack (design: vm/heap/README.md).
 *
 * GC safety in four sentences:
 *  1. A Value or object pointer in a C local or parameter is safe; interior pointers count.
 *     When only a derived pointer remains in use, end with sk_keep(v).
 *  2. A Value in malloc'ed or static memory is not: put it in a heap object or a root.
 *  3. An object is born zeroed and valid; raw stores into it are fine until the next allocation.
 *  4. Any later store of a Value goes through sk_write (or sk_barrier before a bulk of stores).
 */
#ifndef SK_HEAP_HEAP_H
#define SK_HEAP_HEAP_H

#include "vm/heap/ids.h"
#include "vm/heap/value.h"

SK_C_BEGIN

enum {
  SK_GC_OLD = 1,        /* survived a collection: stores into it must be remembered */
  SK_GC_REMEMBERED = 2, /* already in the remembered set */
  SK_GC_FINALIZE = 4,   /* its class has __del__ that has not run yet */
  SK_GC_WEAKREFS = 8    /* has an entry in the weak reference table */
};

typedef struct SkMarker SkMarker;
typedef struct SkHeap SkHeap;
typedef void SkTraceFn(SkMarker *m, SkObject *o);
typedef void SkFinalizeFn(SkVm *vm, SkObject *o);

typedef struct SkKindInfo { const char *name; SkTraceFn *trace; SkFinalizeFn *finalize; } SkKindInfo;
/* |kinds| has SK_KIND_COUNT rows (vm/object/kinds.c, from kinds.def) and outlives the heap.
 * |limit| in bytes, 0: most of the machine's memory.  False: the system gave no memory. */
bool sk_heap_init(SkVm *vm, const SkKindInfo *kinds, size_t limit);
/* Runs the C finalizers of everything alive and unmaps the heap.  No script code runs. */
void sk_heap_free(SkVm *vm);

/* Allocates |bytes| (header included), zeroed but for the header.  Never returns NULL: past the heap
 * limit, or when the system refuses, it raises MemoryError after a full collection. */
void *sk_alloc(SkVm *vm, size_t bytes, SkKind kind, uint32_t shape);

/* Payload cells, owned by one object (see kinds.def).  |data| follows an 16-byte head.  A request
 * that cannot be met raises MemoryError before anything is touched; sizes are checked for overflow. */
typedef struct SkRaw { SkObject head; size_t bytes; unsigned char data[]; } SkRaw;
typedef struct SkValues { SkObject head; size_t count; SkValue items[]; } SkValues;
SkRaw *sk_raw_new(SkVm *vm, size_t bytes);
SkValues *sk_values_new(SkVm *vm, size_t count); /* items are the int 0 */

/* Gives back a payload cell that certainly nobody refers to any more (optional; growth paths). */
void sk_payload_free(SkVm *vm, void *cell);

/* Registers an object whose class has __del__ (SK_TYPE_HAS_DEL): sk_object_new does it. */
void sk_gc_watch(SkVm *vm, SkObject *o);
SK_INLINE void sk_gc_unwatch(SkObject *o) { o->gc &= (uint8_t)~SK_GC_FINALIZE; } /* it may die quietly now */
/* Asked about watched objects that survive their first collection and about dead ones: false lets go of it. */
typedef bool SkWatchedFn(const SkObject *o);
void sk_gc_set_watch_filter(SkVm *vm, SkWatchedFn *still_watched);

/* ---- the write barrier -------------------------------------------------------------------- */
/* A generator's registers are written in place without barriers: call sk_barrier(vm, gen) each time
 * it is resumed, so that a minor collection traces it again. */
void sk_remember(SkVm *vm, SkObject *o);
SK_INLINE void sk_barrier(SkVm *vm, void *container) {
  SkObject *o = (SkObject *)container;
  if (SK_UNLIKELY((o->gc & (SK_GC_OLD | SK_GC_REMEMBERED)) == SK_GC_OLD)) sk_remember(vm, o);
}
/* *slot = v, where slot lies in |container| or in a payload cell that it owns. */
SK_INLINE void sk_write(SkVm *vm, void *container, SkValue *slot, SkValue v) {
  sk_barrier(vm, container);
  *slot = v;
}
/* The same for a typed pointer field: sk_write_ptr(vm, list, &list->items, cell). */
#define sk_write_ptr(vm, container, field, p)                                                              \
  do { /* the value first: computing it may collect, which would make an earlier barrier void */          \
    __typeof__(*(field)) sk_new_value_ = (p);                                                              \
    sk_barrier((vm), (container));                                                                         \
    *(field) = sk_new_value_;                                                                              \
  } while (0)

/* ---- tracing: called from trace functions only ---------------------------------------------- */
void sk_mark(SkMarker *m, SkValue v);            /* marks and queues for tracing */
void sk_mark_ptr(SkMarker *m, const void *p);    /* same for an object pointer; NULL is fine */
void sk_mark_cell(SkMarker *m, const void *p);   /* marks an owned payload cell, contents not traced */
void sk_mark_span(SkMarker *m, const SkValue *items, size_t n);
/* The same for registers, where a word may be stale: what is no object any more is passed over. */
void sk_mark_doubtful(SkMarker *m, const SkValue *items, size_t n);
/* The same for anything, pointers inside objects included: the C stack of a thread that waits. */
void sk_mark_words(SkMarker *m, const void *from, const void *to);
bool sk_marker_is_checking(const SkMarker *m); /* the verify pass: C stacks are not read */
SkVm *sk_marker_vm(SkMarker *m);

/* ---- roots ------------------------------------------------------------------------------------ */
/* A registered root: |fn| is called at every collection to mark what |arg| holds. */
typedef void SkRootFn(SkMarker *m, void *arg);
void sk_root_add(SkVm *vm, SkRootFn *fn, void *arg);
void sk_root_remove(SkVm *vm, SkRootFn *fn, void *arg);

/* ---- collections ------------------------------------------------------------------------------- */
void sk_gc_collect(SkVm *vm, bool full);
/* Runs queued __del__ and weakref callbacks; called by the VM at safepoints, never inside sk_alloc. */
void sk_gc_run_pending(SkVm *vm);
/* What run_pending calls: |fn| gets the dead object (__del__) or the weakref whose target died. */
typedef void SkPendingFn(SkVm *vm, SkObject *o);
void sk_gc_set_handlers(SkVm *vm, SkPendingFn *del, SkPendingFn *weakref_died);
bool sk_gc_enable(SkVm *vm, bool on);  /* gc.disable(): only explicit collections and memory pressure; returns the old state */
bool sk_gc_has_pending(const SkVm *vm);
/* Calls fn for every live object (gc.get_objects, heap checker). Nothing may be allocated meanwhile. */
void sk_heap_walk(SkVm *vm, void (*fn)(SkObject *o, void *arg), void *arg);
size_t sk_heap_bytes(const SkVm *vm);       /* bytes of blocks in use */
size_t sk_heap_peak(const SkVm *vm);        /* the most there have been */
uint64_t sk_gc_collections(const SkVm *vm);
void sk_heap_set_limit(SkVm *vm, size_t bytes); /* 0: none */
/* MemoryError now if |bytes| more could never fit under the limit: call before big computations. */
void sk_heap_require(SkVm *vm, size_t bytes);

/* ---- weak references (vm/object/weakref.c is the script's view) --------------------------------- */
/* Table object -> list of SK_KIND_WEAKREF objects.  When a target dies bit 0 of head.aux is set in each
 * of its refs (weakref.c then treats the target as gone; it must not trace it, ever) at mark end,
 * before any finalizer, and their callbacks are queued. */
void sk_weak_register(SkVm *vm, SkObject *target, SkObject *ref);
void sk_weak_unregister(SkVm *vm, SkObject *target, SkObject *ref);
/* Fills at most |room| refs of |target|; returns how many there are. */
size_t sk_weak_refs(SkVm *vm, SkObject *target, SkObject **out, size_t room);

/* Weak tables kept outside the heap: |fn| runs when marking is done and drops what !sk_gc_is_live(). */
typedef void SkAfterMarkFn(SkVm *vm, void *arg);
void sk_gc_after_mark(SkVm *vm, SkAfterMarkFn *fn, void *arg);
bool sk_gc_is_live(const void *object);

/* ---- scratch memory: rewound by sk_protect when something raises --------------------------------- */
void *sk_scratch(SkVm *vm, size_t bytes);     /* 16-byte aligned, uninitialised, not scanned */
size_t sk_scratch_mark(SkVm *vm);
void sk_scratch_release(SkVm *vm, size_t mark);
/* Each thread has a region of its own: gives the VM |s| for what it has. */
typedef struct SkScratch { struct SkScratchPart *top; } SkScratch; /* all zero: nothing yet */
void sk_scratch_free(SkVm *vm, SkScratch *s);
void sk_scratch_swap(SkVm *vm, SkScratch *s);

SK_C_END

#endif
