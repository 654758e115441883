/* operator_getters.c - the classes itemgetter, attrgetter and methodcaller.  Layer 8. */
#include "stdlib/native/native_type.h"

/* names: what was given; parts: attrgetter: for each a tuple of the names between its dots; methodcaller:
 * its arguments; keywords: methodcaller's. */
typedef struct Getter { SkObject head; SkTuple *names, *parts; SkDict *keywords; } Getter;

static Getter *as_getter(SkValue v) { return (Getter *)sk_ptr(v); }

static void getter_trace(SkMarker *m, SkObject *o) {
  Getter *g = (Getter *)o;
  sk_mark_ptr(m, g->names);
  sk_mark_ptr(m, g->parts);
  sk_mark_ptr(m, g->keywords);
}

static SkValue getter_new(SkVm *vm, SkValue cls, SkTuple *names, SkTuple *parts, SkDict *keywords) {
  Getter *g = sk_object_new(vm, (SkType *)sk_ptr(cls), 0);
  g->names = names;
  g->parts = parts;
  g->keywords = keywords;
  return sk_from_ptr(g);
}

static SkValue the_argument(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkStr *name = sk_class_name(vm, self);
  if (kwnames && kwnames->count) sk_raise_type(vm, "%U() takes no keyword arguments", name);
  if (nargs != 1) sk_raise_type(vm, "%U expected 1 argument, got %zu", name, nargs);
  return args[0];
}

/* "operator.itemgetter(1, 'a'", to be closed by the caller. */
static void repr_start(SkVm *vm, SkStrBuf *b, SkValue self) {
  SkTuple *names = as_getter(self)->names;
  sk_strbuf_init(vm, b);
  sk_strbuf_addstr(b, sk_format(vm, "%U(", sk_type_fullname(vm, sk_type_of(vm, self))));
  for (size_t i = 0; i < names->count; i++) sk_strbuf_addstr(b, sk_format(vm, i ? ", %R" : "%R", names->items[i]));
}

static SkValue getter_repr(SkVm *vm, SkValue self) {
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_format(vm, "%U(...)", sk_type_fullname(vm, sk_type_of(vm, self))));
  SkStrBuf b;
  repr_start(vm, &b, self);
  sk_strbuf_addc(&b, ')');
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

SK_NATIVE(getter_reduce, "__reduce__(self, /)", "Return state information for pickling") {
  return sk_from_ptr(sk_tuple_pack(vm, 2, sk_class_of(vm, args[0]), sk_from_ptr(as_getter(args[0])->names)));
}
static const SkAttrDef getter_attrs[] = {SK_METHOD(getter_reduce), SK_ATTRS_END};

/* ---- itemgetter ------------------------------------------------------------------------------------------------ */

static SkValue itemgetter_new(SkVm *vm, const SkValue *args) {
  SkTuple *names = sk_as_tuple(args[1]);
  if (names->count == 0) sk_raise_type(vm, "itemgetter expected 1 argument, got 0");
  return getter_new(vm, args[0], names, NULL, NULL);
}
static const SkNativeDef itemgetter_new_def = {"__new__(cls, /, *args)", NULL, itemgetter_new};

static SkValue itemgetter_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkValue obj = the_argument(vm, self, args, nargs, kwnames);
  SkTuple *names = as_getter(self)->names;
  if (names->count == 1) return sk_getitem(vm, obj, names->items[0]);
  SkTuple *all = sk_tuple_new(vm, names->count);
  for (size_t i = 0; i < names->count; i++) {
    SkValue item = sk_getitem(vm, obj, names->items[i]);
    sk_write(vm, all, &all->items[i], item);
  }
  return sk_from_ptr(all);
}

const SkTypeDef sk_itemgetter_type = {
    .name = "operator.itemgetter",
    .doc = "Return a callable object that fetches the given item(s) from its operand.\n"
           "After f = itemgetter(2), the call f(r) returns r[2].\n"
           "After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Getter),
    .slots = {.call = itemgetter_call, .repr = getter_repr},
    .attrs = getter_attrs,
    .new_ = &itemgetter_new_def,
    .trace = getter_trace,
};

/* ---- attrgetter ------------------------------------------------------------------------------------------------ */

static SkTuple *split_at_dots(SkVm *vm, SkStr *name) {
  SkList *parts = sk_list_new(vm, 1);
  size_t start = 0;
  for (size_t i = 0; i <= name->bytes; i++) {
    if (i < name->bytes && name->data[i] != '.') continue;
    SkStr *part = sk_str_new(vm, name->data + start, i - start);
    sk_list_append(vm, parts, sk_from_ptr(sk_str_intern(vm, part)));
    start = i + 1;
  }
  return sk_list_as_tuple(vm, parts);
}

static SkValue attrgetter_new(SkVm *vm, const SkValue *args) {
  SkTuple *names = sk_as_tuple(args[1]);
  if (names->count == 0) sk_raise_type(vm, "attrgetter expected 1 argument, got 0");
  SkTuple *parts = sk_tuple_new(vm, names->count);
  for (size_t i = 0; i < names->count; i++) {
    if (!sk_is_str(names->items[i])) sk_raise_type(vm, "attribute name must be a string");
    SkTuple *split = split_at_dots(vm, sk_as_str(names->items[i]));
    sk_write(vm, parts, &parts->items[i], sk_from_ptr(split));
  }
  return getter_new(vm, args[0], names, parts, NULL);
}
static const SkNativeDef attrgetter_new_def = {"__new__(cls, /, *args)", NULL, attrgetter_new};

static SkValue get_dotted(SkVm *vm, SkValue obj, SkValue path) {
  SkTuple *parts = sk_as_tuple(path);
  for (size_t i = 0; i < parts->count; i++) obj = sk_getattr(vm, obj, sk_as_str(parts->items[i]));
  return obj;
}

static SkValue attrgetter_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkValue obj = the_argument(vm, self, args, nargs, kwnames);
  SkTuple *parts = as_getter(self)->parts;
  if (parts->count == 1) return get_dotted(vm, obj, parts->items[0]);
  SkTuple *all = sk_tuple_new(vm, parts->count);
  for (size_t i = 0; i < parts->count; i++) {
    SkValue v = get_dotted(vm, obj, parts->items[i]);
    sk_write(vm, all, &all->items[i], v);
  }
  return sk_from_ptr(all);
}

const SkTypeDef sk_attrgetter_type = {
    .name = "operator.attrgetter",
    .doc = "Return a callable object that fetches the given attribute(s) from its operand.\n"
           "After f = attrgetter('name'), the call f(r) returns r.name.\n"
           "After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\n"
           "After h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Getter),
    .slots = {.call = attrgetter_call, .repr = getter_repr},
    .attrs = getter_attrs,
    .new_ = &attrgetter_new_def,
    .trace = getter_trace,
};

/* ---- methodcaller: names[0] the method, parts its arguments ---------------------------------------------------- */

static SkValue methodcaller_new(SkVm *vm, const SkValue *args) {
  SkTuple *names = sk_as_tuple(args[1]);
  if (names->count == 0) sk_raise_type(vm, "methodcaller needs at least one argument, the method name");
  if (!sk_is_str(names->items[0])) sk_raise_type(vm, "method name must be a string");
  SkTuple *rest = sk_tuple_from(vm, names->items + 1, names->count - 1);
  return getter_new(vm, args[0], names, rest, sk_as_dict(args[2]));
}
static const SkNativeDef methodcaller_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, methodcaller_new};

static SkValue methodcaller_call(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  SkValue obj = the_argument(vm, self, args, nargs, kwnames);
  Getter *g = as_getter(self);
  SkStr *name = sk_str_intern(vm, sk_as_str(g->names->items[0]));
  if (g->keywords->live == 0) return sk_call_method(vm, obj, name, g->parts->items, g->parts->count);
  return sk_call_spread(vm, sk_getattr(vm, obj, name), g->parts, g->keywords);
}

static SkValue methodcaller_repr(SkVm *vm, SkValue self) {
  if (!sk_repr_enter(vm, self)) return sk_from_ptr(sk_format(vm, "%U(...)", sk_type_fullname(vm, sk_type_of(vm, self))));
  SkStrBuf b;
  repr_start(vm, &b, self);
  size_t i = 0;
  SkDict *keywords = as_getter(self)->keywords;
  for (SkValue k, v; sk_dict_next(keywords, &i, &k, &v);) sk_strbuf_addstr(&b, sk_format(vm, ", %S=%R", k, v));
  sk_strbuf_addc(&b, ')');
  sk_repr_leave(vm, self);
  return sk_from_ptr(sk_strbuf_finish(&b));
}

/* With keywords: a partial of the class, which gets the name and the arguments when called. */
SK_NATIVE(methodcaller_reduce, "__reduce__(self, /)", "Return state information for pickling") {
  Getter *g = as_getter(args[0]);
  SkValue cls = sk_class_of(vm, args[0]), names = sk_from_ptr(g->names);
  if (g->keywords->live == 0) return sk_from_ptr(sk_tuple_pack(vm, 2, cls, names));
  extern const SkTypeDef sk_partial_type;
  SkValue partial = sk_from_ptr(sk_library_type(vm, &sk_partial_type));
  SkValue maker = sk_call_spread(vm, partial, sk_tuple_pack(vm, 2, cls, g->names->items[0]), g->keywords);
  return sk_from_ptr(sk_tuple_pack(vm, 2, maker, sk_from_ptr(g->parts)));
}
static const SkAttrDef methodcaller_attrs[] = {SK_METHOD(methodcaller_reduce), SK_ATTRS_END};

const SkTypeDef sk_methodcaller_type = {
    .name = "operator.methodcaller",
    .doc = "Return a callable object that calls the given method on its operand.\n"
           "After f = methodcaller('name'), the call f(r) returns r.name().\n"
           "After g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Getter),
    .slots = {.call = methodcaller_call, .repr = methodcaller_repr},
    .attrs = methodcaller_attrs,
    .new_ = &methodcaller_new_def,
    .trace = getter_trace,
};
