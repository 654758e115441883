/* heapq.c - module _heapq: a list as a priority queue.  Layer 8.
 *
 *   h[i] <= h[2i + 1] and h[i] <= h[2i + 2]; the _max functions turn the order round
 *
 * Comparing may change the list: its size is checked after every comparison.
 */
#include "stdlib/native/native_type.h"

static bool before(SkVm *vm, bool max, SkValue a, SkValue b) { return max ? sk_less(vm, b, a) : sk_less(vm, a, b); }

static void check_size(SkVm *vm, const SkList *l, size_t n) {
  if (l->count != n) sk_raisef(vm, SK_T_RuntimeError, "list changed size during iteration");
}

static SkList *heap_of(SkVm *vm, SkValue v, const char *name, const char *position) {
  if (!sk_is_list(v)) sk_raise_type(vm, "%s() argument%s must be list, not %T", name, position, v);
  return sk_as_list(v);
}

static void swap(SkVm *vm, SkList *l, size_t i, size_t j) {
  SkValue *items = sk_list_items(l), v = items[i];
  sk_barrier(vm, l);
  items[i] = items[j];
  items[j] = v;
}

/* Moves the item at |at| towards the root until its parent comes before it. */
static void sift_up(SkVm *vm, SkList *l, size_t root, size_t at, bool max) {
  size_t n = l->count;
  while (at > root) {
    sk_charge(vm, 1);
    size_t parent = (at - 1) / 2;
    bool wrong = before(vm, max, l->store->items[at], l->store->items[parent]);
    check_size(vm, l, n);
    if (!wrong) break;
    swap(vm, l, at, parent);
    at = parent;
  }
}

/* Moves the item at |at| down to a leaf along the smaller children, then up to where it belongs: items from
 * the end of the heap mostly belong near its leaves, so this compares less than stopping on the way down. */
static void sift_down(SkVm *vm, SkList *l, size_t at, bool max) {
  size_t root = at, n = l->count;
  for (size_t child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n) {
      bool left = before(vm, max, l->store->items[child], l->store->items[child + 1]);
      check_size(vm, l, n);
      if (!left) child++;
    }
    sk_charge(vm, 1);
    swap(vm, l, at, child);
  }
  sift_up(vm, l, root, at, max);
}

static SkValue heap_pop(SkVm *vm, SkList *l, bool max) {
  if (l->count == 0) sk_raisef(vm, SK_T_IndexError, "index out of range");
  SkValue last = sk_list_pop(vm, l, l->count - 1);
  if (l->count == 0) return last;
  SkValue top = l->store->items[0];
  sk_write(vm, l, &l->store->items[0], last);
  sift_down(vm, l, 0, max);
  return top;
}

static SkValue heap_replace(SkVm *vm, SkList *l, SkValue item, bool max) {
  if (l->count == 0) sk_raisef(vm, SK_T_IndexError, "index out of range");
  SkValue top = l->store->items[0];
  sk_write(vm, l, &l->store->items[0], item);
  sift_down(vm, l, 0, max);
  return top;
}

static void heap_make(SkVm *vm, SkList *l, bool max) {
  for (size_t i = l->count / 2; i-- > 0;) {
    if (i < l->count) sift_down(vm, l, i, max);
  }
}

SK_NATIVE(heappush, "heappush(heap, item, /)", "Push item onto heap, maintaining the heap invariant.") {
  SkList *l = heap_of(vm, args[0], "heappush", " 1");
  sk_list_append(vm, l, args[1]);
  sift_up(vm, l, 0, l->count - 1, false);
  return SK_NONE;
}

SK_NATIVE(heappop, "heappop(heap, /)", "Pop the smallest item off the heap, maintaining the heap invariant.") {
  return heap_pop(vm, heap_of(vm, args[0], "heappop", ""), false);
}

SK_NATIVE(heapreplace, "heapreplace(heap, item, /)",
          "Pop and return the current smallest value, and add the new item.\n\n"
          "This is more efficient than heappop() followed by heappush(), and can be\n"
          "more appropriate when using a fixed-size heap.  Note that the value\n"
          "returned may be larger than item!  That constrains reasonable uses of\n"
          "this routine unless written as part of a conditional replacement:\n\n"
          "    if item > heap[0]:\n        item = heapreplace(heap, item)") {
  return heap_replace(vm, heap_of(vm, args[0], "heapreplace", " 1"), args[1], false);
}

SK_NATIVE(heappushpop, "heappushpop(heap, item, /)",
          "Push item on the heap, then pop and return the smallest item from the heap.\n\n"
          "The combined action runs more efficiently than heappush() followed by\na separate call to heappop().") {
  SkList *l = heap_of(vm, args[0], "heappushpop", " 1");
  if (l->count == 0 || !sk_less(vm, l->store->items[0], args[1])) return args[1];
  return heap_replace(vm, l, args[1], false);
}

SK_NATIVE(heapify, "heapify(heap, /)", "Transform list into a heap, in-place, in O(len(heap)) time.") {
  heap_make(vm, heap_of(vm, args[0], "heapify", ""), false);
  return SK_NONE;
}

SK_NATIVE(heappop_max, "_heappop_max(heap, /)", "Maxheap variant of heappop.") {
  return heap_pop(vm, heap_of(vm, args[0], "_heappop_max", ""), true);
}
SK_NATIVE(heapreplace_max, "_heapreplace_max(heap, item, /)", "Maxheap variant of heapreplace.") {
  return heap_replace(vm, heap_of(vm, args[0], "_heapreplace_max", " 1"), args[1], true);
}
SK_NATIVE(heapify_max, "_heapify_max(heap, /)", "Maxheap variant of heapify.") {
  heap_make(vm, heap_of(vm, args[0], "_heapify_max", ""), true);
  return SK_NONE;
}

static const SkNativeDef *const heapq_functions[] = {&heappush_def,    &heappop_def,         &heapreplace_def,
                                                     &heappushpop_def, &heapify_def,         &heappop_max_def,
                                                     &heapreplace_max_def, &heapify_max_def, NULL};

const SkModuleDef sk_heapq_module = {.name = "_heapq", .doc = "Heap queue algorithm (a.k.a. priority queue).", .functions = heapq_functions};
