/* itertools_group.c - groupby and tee.  Layer 8. */
#include "stdlib/native/itertools_impl.h"

/* ---- groupby ------------------------------------------------------------------------------------------------ */

/* UNSET marks what is not there: |item| once it was given out, the keys before the first item. */
typedef struct Groupby { SkObject head; SkValue it, key_of, target, key, item, group; } Groupby;

static Groupby *as_groupby(SkValue v) { return (Groupby *)sk_ptr(v); }

static void groupby_trace(SkMarker *m, SkObject *o) {
  Groupby *g = (Groupby *)o;
  const SkValue all[] = {g->it, g->key_of, g->target, g->key, g->item, g->group};
  sk_mark_span(m, all, sizeof all / sizeof *all);
}

static SkValue groupby_new(SkVm *vm, const SkValue *args) {
  SkValue inner = sk_iter(vm, args[1]);
  Groupby *g = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  *g = (Groupby){g->head, inner, args[2], SK_UNSET, SK_UNSET, SK_UNSET, SK_UNSET};
  return sk_from_ptr(g);
}
static const SkNativeDef groupby_new_def = {"__new__(cls, iterable, key=None)", NULL, groupby_new};

/* Takes the next item and its key; false at the end. */
static bool groupby_step(SkVm *vm, Groupby *g) {
  SkValue item = sk_next(vm, g->it);
  if (sk_is_unset(item)) return false;
  SkValue key = sk_is_none(g->key_of) ? item : sk_call1(vm, g->key_of, item);
  sk_barrier(vm, g);
  g->item = item;
  g->key = key;
  return true;
}

static SkValue groupby_next(SkVm *vm, SkValue self) {
  Groupby *g = as_groupby(self);
  g->group = SK_UNSET;
  for (;;) {
    sk_charge(vm, 1);
    if (!sk_is_unset(g->key)) {
      if (sk_is_unset(g->target) || !sk_equal(vm, g->target, g->key)) break;
    }
    if (!groupby_step(vm, g)) return SK_UNSET;
  }
  sk_write(vm, g, &g->target, g->key);
  SkIter *group = sk_object_new(vm, sk_library_type(vm, &sk_it_grouper_type), 0);
  group->a = self;
  group->b = g->target;
  sk_write(vm, g, &g->group, sk_from_ptr(group));
  return sk_from_ptr(sk_tuple_pack(vm, 2, g->key, sk_from_ptr(group)));
}

const SkTypeDef sk_it_groupby_type = {
    .name = "itertools.groupby",
    .doc = "make an iterator that returns consecutive keys and groups from the iterable\n\n"
           "  iterable\n    Elements to divide into groups according to the key function.\n"
           "  key\n    A function for computing the group category for each element.\n"
           "    If the key function is not specified or is None, the element itself\n    is used for grouping.",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Groupby),
    .slots = {.iter = sk_iter_self, .next = groupby_next},
    .new_ = &groupby_new_def,
    .trace = groupby_trace,
};

/* A group: a the groupby, b its key.  It ends when the groupby has gone on to another. */
static SkValue grouper_next(SkVm *vm, SkValue self) {
  SkIter *it = sk_as_iter(self);
  Groupby *g = as_groupby(it->a);
  if (!sk_is(g->group, self)) return SK_UNSET;
  if (sk_is_unset(g->item) && !groupby_step(vm, g)) return SK_UNSET;
  if (!sk_equal(vm, it->b, g->key)) return SK_UNSET;
  SkValue item = g->item;
  g->item = SK_UNSET;
  return item;
}

const SkTypeDef sk_it_grouper_type = {
    .name = "itertools._grouper",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.iter = sk_iter_self, .next = grouper_next},
};

/* ---- tee: readers of a shared chain of buffers ------------------------------------------------------------------ */

enum { TEE_ROOM = 57 };

/* A buffer: items taken from the iterator, and the buffer that follows when it is full. */
typedef struct TeeData { SkObject head; SkValue it, next; uint32_t count; bool running; SkValue items[TEE_ROOM]; } TeeData;

static TeeData *as_data(SkValue v) { return (TeeData *)sk_ptr(v); }

static void tee_data_trace(SkMarker *m, SkObject *o) {
  TeeData *d = (TeeData *)o;
  sk_mark(m, d->it);
  sk_mark(m, d->next);
  sk_mark_span(m, d->items, d->count);
}

const SkTypeDef sk_it_tee_data_type = {
    .name = "itertools._tee_dataobject",
    .doc = "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(TeeData),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .trace = tee_data_trace,
};

static SkValue data_new(SkVm *vm, SkValue it) {
  TeeData *d = sk_object_new(vm, sk_library_type(vm, &sk_it_tee_data_type), 0);
  d->it = it;
  d->next = SK_NONE;
  return sk_from_ptr(d);
}

/* A reader: a its buffer, index its place there. */
static SkValue tee_at(SkVm *vm, SkValue data, uint64_t index) {
  SkIter *t = sk_object_new(vm, sk_library_type(vm, &sk_it_tee_type), 0);
  t->a = data;
  t->index = index;
  return sk_from_ptr(t);
}

typedef struct Fetch { TeeData *data; SkValue item; } Fetch;
static void fetch(SkVm *vm, void *arg) {
  Fetch *f = arg;
  f->item = sk_next(vm, f->data->it);
}

/* The item at |i|, asked from the iterator when nobody has yet; UNSET at the end. */
static SkValue data_item(SkVm *vm, TeeData *d, uint64_t i) {
  if (i < d->count) return d->items[i];
  if (d->running) sk_raisef(vm, SK_T_RuntimeError, "cannot re-enter the tee iterator");
  Fetch f = {d, SK_UNSET};
  d->running = true;
  bool done = sk_protect(vm, fetch, &f);
  d->running = false;
  if (!done) sk_throw(vm, sk_take_raised(vm));
  if (sk_is_unset(f.item)) return f.item;
  sk_write(vm, d, &d->items[d->count], f.item);
  d->count++;
  return f.item;
}

static SkValue tee_next(SkVm *vm, SkValue self) {
  SkIter *t = sk_as_iter(self);
  if (t->index >= TEE_ROOM) {
    TeeData *d = as_data(t->a);
    if (sk_is_none(d->next)) {
      SkValue next = data_new(vm, d->it);
      if (sk_is_none(d->next)) sk_write(vm, d, &d->next, next);
    }
    sk_write(vm, t, &t->a, d->next);
    t->index = 0;
  }
  SkValue v = data_item(vm, as_data(t->a), t->index);
  if (!sk_is_unset(v)) t->index++;
  return v;
}

SK_NATIVE(tee_copy, "__copy__(self, /)", "Returns an independent iterator.") {
  return tee_at(vm, sk_as_iter(args[0])->a, sk_as_iter(args[0])->index);
}

static SkValue tee_from(SkVm *vm, SkValue iterable) {
  SkValue it = sk_iter(vm, iterable);
  if (sk_is_native_exactly(vm, it, &sk_it_tee_type)) return tee_at(vm, sk_as_iter(it)->a, sk_as_iter(it)->index);
  return tee_at(vm, data_new(vm, it), 0);
}

static SkValue tee_new(SkVm *vm, const SkValue *args) { return tee_from(vm, args[1]); }
static const SkNativeDef tee_new_def = {"__new__(cls, iterable, /)", NULL, tee_new};

static const SkAttrDef tee_attrs[] = {SK_METHOD(tee_copy), SK_ATTRS_END};

const SkTypeDef sk_it_tee_type = {
    .name = "itertools._tee",
    .doc = "Iterator wrapped to make it copyable.",
    .kind = SK_KIND_ITER,
    .size = sizeof(SkIter),
    .flags = SK_TYPE_FINAL | SK_TYPE_WEAKREFABLE,
    .slots = {.iter = sk_iter_self, .next = tee_next},
    .attrs = tee_attrs,
    .new_ = &tee_new_def,
};

static SkValue tee_function(SkVm *vm, const SkValue *args) {
  int64_t n = sk_to_index(vm, args[1]);
  if (n < 0) sk_raise_value(vm, "n must be >= 0");
  SkTuple *all = sk_tuple_new(vm, (size_t)n);
  if (n == 0) return sk_from_ptr(all);
  SkValue it = sk_iter(vm, args[0]), copy = sk_getattr_opt(vm, it, sk_intern(vm, "__copy__"));
  if (sk_is_unset(copy)) {
    it = tee_from(vm, it);
    copy = sk_getattr(vm, it, sk_intern(vm, "__copy__"));
  }
  sk_write(vm, all, &all->items[0], it);
  for (int64_t i = 1; i < n; i++) {
    SkValue another = sk_call0(vm, copy);
    sk_write(vm, all, &all->items[i], another);
  }
  return sk_from_ptr(all);
}
const SkNativeDef sk_it_tee_def = {"tee(iterable, n=2, /)", "Returns a tuple of n independent iterators.", tee_function};
