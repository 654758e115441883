/* weak.c - weak references and queued finalizers.  Layer 5.
 *
 * A table from target to its weakref objects, outside the heap: it keeps neither alive.  When a target
 * dies, its references are cleared before anything else can see it, and those that are alive
 * themselves are queued, so that their callbacks run at the next safepoint.
 */
#include "vm/heap/heap_impl.h"

static size_t weak_slot(const SkHeap *h, const SkObject *target) {
  size_t i = ((uintptr_t)target / GRAIN * 0x9e3779b97f4a7c15u) >> 32 & (h->weak_size - 1);
  while (h->weak[i].target && h->weak[i].target != target) i = (i + 1) & (h->weak_size - 1);
  return i;
}

static bool weak_rebuild(SkHeap *h, size_t size) {
  WeakEntry *old = h->weak;
  size_t old_size = h->weak_size;
  WeakEntry *weak = sk_mem_new(h->vm, size * sizeof *weak);
  if (!weak) return false;
  h->weak = weak;
  h->weak_size = size;
  h->weak_used = 0;
  for (size_t i = 0; i < old_size; i++) {
    if (!old[i].target) continue;
    if (old[i].count == 0) {
      sk_mem_free(h->vm, old[i].refs, old[i].room * sizeof *old[i].refs);
      continue;
    }
    weak[weak_slot(h, old[i].target)] = old[i];
    h->weak_used++;
  }
  sk_mem_free(h->vm, old, old_size * sizeof *old);
  return true;
}

void sk_weak_register(SkVm *vm, SkObject *target, SkObject *ref) {
  SkHeap *h = vm->heap;
  bool ok = (h->weak_used + 1) * 2 <= h->weak_size || weak_rebuild(h, h->weak_size ? h->weak_size * 2 : 64);
  if (!ok) heap_out_of_memory(vm);
  WeakEntry *e = &h->weak[weak_slot(h, target)];
  if (e->count == e->room) {
    uint32_t room = e->room ? e->room * 2 : 2;
    SkObject **refs = sk_mem_grow(vm, e->refs, e->room * sizeof *refs, room * sizeof *refs);
    if (!refs) heap_out_of_memory(vm);
    e->refs = refs;
    e->room = room;
  }
  if (!e->target) h->weak_used++;
  e->target = target;
  e->refs[e->count++] = ref;
  target->gc |= SK_GC_WEAKREFS;
}

void sk_weak_unregister(SkVm *vm, SkObject *target, SkObject *ref) {
  SkHeap *h = vm->heap;
  if (!h->weak_size) return;
  WeakEntry *e = &h->weak[weak_slot(h, target)];
  for (uint32_t i = 0; e->target && i < e->count; i++)
    if (e->refs[i] == ref) {
      memmove(&e->refs[i], &e->refs[i + 1], (--e->count - i) * sizeof *e->refs);
      return;
    }
}

size_t sk_weak_refs(SkVm *vm, SkObject *target, SkObject **out, size_t room) {
  SkHeap *h = vm->heap;
  if (!h->weak_size || !(target->gc & SK_GC_WEAKREFS)) return 0;
  WeakEntry *e = &h->weak[weak_slot(h, target)];
  if (!e->target) return 0;
  for (size_t i = 0; i < e->count && i < room; i++) out[i] = e->refs[i];
  return e->count;
}

void heap_weak_after_mark(SkVm *vm, SkMarker *m) {
  SkHeap *h = vm->heap;
  bool shrunk = false;
  for (size_t i = 0; i < h->weak_size; i++) {
    WeakEntry *e = &h->weak[i];
    if (!e->target) continue;
    bool alive = is_marked(e->target);
    uint32_t kept = 0;
    for (uint32_t j = 0; j < e->count; j++) {
      SkObject *ref = e->refs[j];
      if (!is_marked(ref)) continue;
      if (alive) {
        e->refs[kept++] = ref;
        continue;
      }
      ref->aux |= 1; /* weakref.c: target is dead, whatever the field says */
      object_vec_push(h, &h->dead_weakrefs, ref); /* or, without memory, no callback */
    }
    e->count = kept;
    shrunk |= kept == 0;
  }
  if (shrunk) weak_rebuild(h, h->weak_size);
  /* Clearing is the owner's: it knows where the target is kept in a weakref. */
  for (size_t i = 0; i < h->dead_weakrefs.count; i++) sk_mark_ptr(m, h->dead_weakrefs.items[i]);
}

void sk_gc_watch(SkVm *vm, SkObject *o) {
  o->gc |= SK_GC_FINALIZE;
  if (!object_vec_push(vm->heap, &vm->heap->watched, o)) heap_out_of_memory(vm);
}

void sk_gc_set_watch_filter(SkVm *vm, SkWatchedFn *still_watched) { vm->heap->still_watched = still_watched; }

void sk_gc_set_handlers(SkVm *vm, SkPendingFn *del, SkPendingFn *weakref_died) {
  vm->heap->on_del = del;
  vm->heap->on_weakref_died = weakref_died;
}

bool sk_gc_has_pending(const SkVm *vm) { return vm->heap->dead_with_del.count || vm->heap->dead_weakrefs.count; }

void sk_gc_run_pending(SkVm *vm) {
  SkHeap *h = vm->heap;
  while (h->dead_weakrefs.count) {
    SkObject *ref = h->dead_weakrefs.items[--h->dead_weakrefs.count];
    if (h->on_weakref_died) h->on_weakref_died(vm, ref);
  }
  while (h->dead_with_del.count) {
    SkObject *o = h->dead_with_del.items[--h->dead_with_del.count];
    o->gc &= (uint8_t)~SK_GC_FINALIZE;
    if (h->on_del) h->on_del(vm, o);
  }
}
