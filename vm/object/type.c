/* type.c - class attributes: lookup along the mro, the method cache, changes.             Layer 6.
 *
 * A class's namespace maps names to cells.  Caches hold cells, so giving an attribute another value
 * invalidates nothing; only changes of structure do (a name comes or goes, a descriptor replaces
 * something else, the mro changes).  A class is flagged SK_TYPE_CACHED, with its whole mro, when a
 * lookup through it was cached: without the flag a change need not flush anything.
 */
#include "vm/object/func.h"
#include "vm/object/object_impl.h"

/* ---- the method cache ----------------------------------------------------------------------------- */

static MethodCacheLine *cache_line(const SkVm *vm, const SkType *t, const SkStr *name) {
  uint64_t h = ((uint64_t)(uintptr_t)t >> 4) * 31 + ((uint64_t)(uintptr_t)name >> 4);
  ObjectState *st = object_state(vm);
  return &st->cache[(h ^ h >> 10) & (st->cache_size - 1)];
}

static SK_COLD void grow_cache(SkVm *vm) {
  ObjectState *st = object_state(vm);
  MethodCacheLine *more = sk_mem_new(vm, METHOD_CACHE_SIZE * sizeof *more);
  if (!more) return;
  sk_mem_free(vm, st->cache, st->cache_size * sizeof *st->cache);
  st->cache = more;
  st->cache_size = METHOD_CACHE_SIZE;
}

static SkCell *lookup_slow(SkVm *vm, SkType *t, SkStr *name) {
  if (!t->mro) return sk_type_own_cell(vm, t, name); /* inside mro() of a metaclass */
  SkTuple *mro = t->mro;
  for (size_t i = 0; i < mro->count; i++) {
    SkCell *cell = sk_type_own_cell(vm, sk_as_type(mro->items[i]), name);
    if (cell) return cell;
  }
  return NULL;
}

SkCell *sk_type_lookup_cell(SkVm *vm, SkType *t, SkStr *name) {
  if (SK_UNLIKELY(!(name->head.aux & SK_STR_INTERNED))) name = sk_str_intern(vm, name);
  MethodCacheLine *line = cache_line(vm, t, name);
  if (SK_LIKELY(line->type == t && line->name == name)) return line->cell;
  SkTuple *mro = t->mro;
  SkCell *cell = lookup_slow(vm, t, name);
  if (!mro || t->mro != mro) return cell; /* a key's __eq__ may even have changed the bases */
  for (size_t i = 0; i < t->mro->count; i++) sk_as_type(t->mro->items[i])->flags |= SK_TYPE_CACHED;
  ObjectState *st = object_state(vm);
  if (++st->cache_misses == METHOD_CACHE_MISSES && st->cache_size < METHOD_CACHE_SIZE) grow_cache(vm);
  *cache_line(vm, t, name) = (MethodCacheLine){t, name, cell};
  return cell;
}

SkValue sk_type_lookup(SkVm *vm, SkType *t, SkStr *name) {
  SkCell *cell = sk_type_lookup_cell(vm, t, name);
  return cell ? cell->value : SK_UNSET;
}

bool sk_type_is_subtype(const SkType *t, const SkType *of) {
  if (t == of || t->base == of) return true;
  if (!t->mro) {
    for (; t; t = t->base)
      if (t == of) return true;
    return false;
  }
  const SkValue *p = t->mro->items, *end = p + t->mro->count;
  for (; p < end; p++)
    if (p->bits == (uint64_t)of + 1) return true;
  return false;
}

/* ---- subclasses ------------------------------------------------------------------------------------- */

static bool is_direct_base(const SkType *base, const SkType *t) {
  for (size_t i = 0; t->bases && i < t->bases->count; i++)
    if (sk_is(t->bases->items[i], sk_from_ptr(base))) return true;
  return false;
}

/* The built-in subclasses of built-in classes live as long as these: nobody keeps a list of them. */
void type_each_subclass(SkVm *vm, SkType *t, void (*fn)(SkVm *, SkType *, void *), void *arg) {
  for (uint32_t id = t->id + 1; id < SK_T_COUNT; id++)
    if (is_direct_base(t, vm->types[id])) fn(vm, vm->types[id], arg);
  if (!t->subclasses) return;
  for (size_t i = 0; i < t->subclasses->count; i++) {
    SkValue sub = weakref_get(vm, sk_list_items(t->subclasses)[i]);
    if (!sk_is_none(sub)) fn(vm, sk_as_type(sub), arg);
  }
}

void type_add_subclass(SkVm *vm, SkType *base, SkType *t) {
  if (!base->subclasses) sk_write_ptr(vm, base, &base->subclasses, sk_list_new(vm, 4));
  SkValue ref = weakref_plain(vm, &t->head);
  SkList *l = base->subclasses;
  for (size_t i = 0; i < l->count; i++) { /* takes the place of a dead one */
    if (!sk_is_none(weakref_get(vm, sk_list_items(l)[i]))) continue;
    for (size_t j = i; j + 1 < l->count; j++) sk_list_items(l)[j] = sk_list_items(l)[j + 1];
    sk_barrier(vm, l);
    sk_list_items(l)[l->count - 1] = ref;
    return;
  }
  sk_list_append(vm, l, ref);
}

void type_remove_subclass(SkVm *vm, SkType *base, SkType *t) {
  SkList *l = base->subclasses;
  for (size_t i = 0; l && i < l->count; i++) {
    SkValue sub = weakref_get(vm, sk_list_items(l)[i]);
    if (sk_is_none(sub) || sk_as_type(sub) != t) continue;
    sk_list_pop(vm, l, i);
    return;
  }
}

/* ---- flushing ------------------------------------------------------------------------------------------ */

static bool clear_cached(SkVm *vm, SkType *t);
static void clear_cached_sub(SkVm *vm, SkType *t, void *any) {
  if (clear_cached(vm, t)) *(bool *)any = true;
}
static bool clear_cached(SkVm *vm, SkType *t) {
  bool any = t->flags & SK_TYPE_CACHED;
  t->flags &= ~(uint32_t)SK_TYPE_CACHED;
  type_each_subclass(vm, t, clear_cached_sub, &any);
  return any;
}

/* The structure of t changed: forgets every cached lookup if one may have gone through t. */
void type_flush(SkVm *vm, SkType *t) {
  if (!clear_cached(vm, t)) return;
  memset(object_state(vm)->cache, 0, object_state(vm)->cache_size * sizeof(MethodCacheLine));
  if (vm->hooks.flush_caches) vm->hooks.flush_caches(vm);
}

/* ---- change ---------------------------------------------------------------------------------------------- */

static bool is_dunder(const SkStr *s) {
  return s->bytes > 4 && s->data[0] == '_' && s->data[1] == '_' && s->data[s->bytes - 1] == '_' && s->data[s->bytes - 2] == '_';
}

/* Caches know what kind of value a cell held: method, property, plain. */
static bool changes_kind(const SkVm *vm, SkValue old, SkValue v) {
  SkType *a = sk_type_of(vm, old), *b = sk_type_of(vm, v);
  return a != b && (type_is_descr(a) || type_is_descr(b));
}

static bool own_set(SkVm *vm, SkType *t, SkStr *name, SkValue v) {
  SkCell *cell = sk_type_own_cell(vm, t, name);
  if (sk_is_unset(v)) {
    if (!cell) return false;
    sk_dict_delete(vm, sk_type_ns(vm, t), sk_from_ptr(name));
    sk_write(vm, cell, &cell->value, SK_UNSET);
    return true;
  }
  if (cell) {
    bool structural = changes_kind(vm, cell->value, v);
    sk_write(vm, cell, &cell->value, v);
    return structural;
  }
  sk_dict_set_str(vm, sk_type_ns(vm, t), name, sk_from_ptr(sk_cell_new(vm, v)));
  return true;
}

static void refresh_flags_sub(SkVm *vm, SkType *t, void *arg) { (void)arg; type_refresh_flags(vm, t); }

static bool watches_itself(SkValue del) {
  if (!sk_has_kind(del, SK_KIND_NATIVE)) return false;
  SkType *owner = ((SkNative *)sk_ptr(del))->owner;
  return owner && owner->flags & SK_TYPE_OWN_WATCH;
}

/* Flags that follow from class attributes. */
void type_refresh_flags(SkVm *vm, SkType *t) {
  SkCell *del = sk_type_lookup_cell(vm, t, SK_NAME(vm, dunder_del));
  bool has_del = del && !watches_itself(del->value);
  bool hook = t->slots->getattribute && slot_is_dispatcher(t->slots, SK_SLOT_getattribute);
  t->flags = (t->flags & ~(uint32_t)(SK_TYPE_HAS_DEL | SK_TYPE_GETATTR_HOOK)) | (has_del ? SK_TYPE_HAS_DEL : 0) |
             (hook ? SK_TYPE_GETATTR_HOOK : 0);
  type_each_subclass(vm, t, refresh_flags_sub, NULL);
}

void sk_type_set(SkVm *vm, SkType *t, SkStr *name, SkValue v) {
  name = sk_str_intern(vm, name);
  bool structural = own_set(vm, t, name, v);
  if (!is_dunder(name)) {
    if (structural) type_flush(vm, t);
    return;
  }
  bool is_slot = slot_by_name(vm, name) >= 0;
  if (structural || is_slot) type_flush(vm, t);
  if (is_slot) type_update_slots(vm, t, name);
  if (is_slot || name == SK_NAME(vm, dunder_del)) type_refresh_flags(vm, t);
}

/* ---- names ------------------------------------------------------------------------------------------------- */

/* The name that messages use: C's "collections.deque" with the module, a script's class without. */
SkStr *sk_type_name(SkVm *vm, SkType *t) {
  return !(t->flags & (SK_TYPE_HEAP | SK_TYPE_BARE_NAME)) && strchr(t->def->name, '.') ? sk_intern(vm, t->def->name) : t->name;
}

SkStr *sk_type_fullname(SkVm *vm, SkType *t) {
  SkValue module = sk_getattr_opt(vm, sk_from_ptr(t), SK_NAME(vm, dunder_module));
  if (!sk_is_str(module) || sk_as_str(module) == SK_NAME(vm, builtins)) return t->qualname;
  return sk_format(vm, "%U.%U", sk_as_str(module), t->qualname);
}

/* ---- the heap's view ------------------------------------------------------------------------------------------ */

void sk_type_trace(SkMarker *m, SkObject *o) {
  SkType *t = (SkType *)o;
  const void *ptrs[] = {t->base, t->bases, t->mro, t->ns, t->name, t->qualname, t->subclasses, t->new_native, t->init_native,
                        sk_marker_vm(m)->shapes[o->shape]->cls};
  for (size_t i = 0; i < sizeof ptrs / sizeof *ptrs; i++) sk_mark_ptr(m, ptrs[i]);
  for (const SkShape *s = t->shapes; s; s = s->next) sk_mark_ptr(m, s->name);
}

/* Shapes stay (shape.c says why), without their tables; nothing with these ids is alive any more. */
void sk_type_finalize(SkVm *vm, SkObject *o) {
  SkType *t = (SkType *)o;
  if (t->slots_owned) sk_mem_free(vm, (void *)t->slots, sizeof *t->slots);
  for (SkShape *s = t->shapes; s; s = s->next) shape_free_table(vm, s);
  t->slots = NULL;
  t->shapes = NULL;
}
