/* exc_group.c - exception groups: construction, split, subgroup, derive, leaves (PEP 654).  Layer 6.
 *
 * Splitting is iterative: a group nested 100,000 deep costs heap, not C stack, and every group on the way
 * is rebuilt once, by its own derive().
 */
#include <string.h>

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/exc_group_impl.h"
#include "vm/object/exception_impl.h"
#include "vm/object/func.h"
#include "vm/object/ops.h"
#include "vm/object/seq.h"
#include "vm/object/str.h"

/* With one base each, the built-in class that an exception's class descends from says it; else the mro. */
SkStr *sk_group_message(SkExc *g) { return sk_as_str(sk_exc_field(g, SK_GROUP_MESSAGE)); }
SkTuple *sk_group_members(SkExc *g) { return sk_as_tuple(sk_exc_field(g, SK_GROUP_MEMBERS)); }

/* ---- construction ---- */

static SkTuple *check_members(SkVm *vm, SkValue v, bool *has_base) {
  if (!sk_is_list(v) && !sk_is_tuple(v)) {
    SkType *t = sk_type_of(vm, v);
    if (sk_is_dict(v) || !t->slots->getitem || (t->flags & SK_TYPE_MAPPING))
      sk_raise_type(vm, "second argument (exceptions) must be a sequence");
  }
  SkTuple *members = sk_to_tuple(vm, v);
  if (members->count == 0) sk_raise_value(vm, "second argument (exceptions) must be a non-empty sequence");
  const SkType *last = NULL;
  sk_charge(vm, members->count / 8);
  for (size_t i = 0; i < members->count; i++) {
    if (!sk_is_exc(members->items[i]))
      sk_raise_value(vm, "Item %zd of second argument (exceptions) is not an exception", i);
    SkType *t = sk_type_of(vm, members->items[i]);
    if (t == last) continue; /* members are often of one class */
    *has_base |= !sk_type_is_subtype(t, vm->types[SK_T_Exception]);
    last = t;
  }
  return members;
}

SkValue exc_group_new(SkVm *vm, SkType *cls, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  (void)kwnames;
  if (nargs != 2) sk_raise_type(vm, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zd given)", nargs);
  if (sk_is_none(args[0])) sk_raise_type(vm, "BaseExceptionGroup.__new__() argument 1 must be str, not None");
  if (!sk_is_str(args[0])) sk_raise_type(vm, "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args[0]);
  bool has_base = false;
  SkTuple *members = check_members(vm, args[1], &has_base);
  if (cls == vm->types[SK_T_BaseExceptionGroup] && !has_base) cls = vm->types[SK_T_ExceptionGroup];
  if (has_base && cls == vm->types[SK_T_ExceptionGroup]) sk_raise_type(vm, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (has_base && sk_type_is_subtype(cls, vm->types[SK_T_Exception]))
    sk_raise_type(vm, "Cannot nest BaseExceptions in '%N'", cls);
  SkValue self = exc_new(vm, cls, args, nargs, NULL);
  sk_as_exc(self)->flags |= SK_EXC_IS_GROUP;
  sk_exc_set_field(vm, sk_as_exc(self), SK_GROUP_MESSAGE, args[0]);
  sk_exc_set_field(vm, sk_as_exc(self), SK_GROUP_MEMBERS, sk_from_ptr(members));
  return self;
}

void exc_group_init(SkVm *vm, SkValue self, const SkValue *args, size_t nargs, SkTuple *kwnames) {
  exc_init(vm, self, args, nargs, kwnames);
}

SkValue sk_group_new(SkVm *vm, SkStr *message, SkValue members) {
  SkValue args[] = {sk_from_ptr(message), members};
  return exc_group_new(vm, vm->types[SK_T_BaseExceptionGroup], args, 2, NULL);
}

SkValue exc_group_str(SkVm *vm, SkValue self) {
  SkExc *g = sk_as_exc(self);
  size_t n = sk_group_members(g)->count;
  return sk_from_ptr(sk_format(vm, "%U (%zd sub-exception%s)", sk_group_message(g), n, n == 1 ? "" : "s"));
}

/* ---- deriving a part ---- */

/* Both have the same traceback object, as in CPython. */
static void copy_trace(SkVm *vm, SkExc *to, SkExc *from) {
  sk_exc_set_traceback(vm, to, sk_exc_traceback(vm, from));
}

/* Notes are copied so that a note added to one part does not appear in the other. */
static void copy_notes(SkVm *vm, SkValue to, SkValue from) {
  SkShape *s = sk_shape_of(vm, from);
  if (!(s->cls->flags & SK_TYPE_HEAP) && !(s->flags & SK_SHAPE_DICT) && s->count == 0) return; /* no attributes at all */
  SkValue notes = sk_getattr_opt(vm, from, SK_NAME(vm, dunder_notes));
  if (sk_is_unset(notes) || !(sk_type_of(vm, notes)->flags & SK_TYPE_SEQUENCE)) return;
  sk_setattr(vm, to, SK_NAME(vm, dunder_notes), sk_from_ptr(sk_to_list(vm, notes)));
}

static bool has_builtin_derive(SkVm *vm, SkValue group) {
  SkType *t = sk_type_of(vm, group);
  if (t == vm->types[SK_T_ExceptionGroup] || t == vm->types[SK_T_BaseExceptionGroup]) return true;
  SkCell *mine = sk_type_lookup_cell(vm, t, SK_NAME(vm, derive));
  return mine == sk_type_lookup_cell(vm, vm->types[SK_T_BaseExceptionGroup], SK_NAME(vm, derive));
}

SkValue group_subset(SkVm *vm, SkValue group, SkList *members) {
  if (!members || members->count == 0) return SK_NONE;
  SkExc *g = sk_as_exc(group);
  SkValue part;
  if (has_builtin_derive(vm, group)) {
    part = sk_group_new(vm, sk_group_message(g), sk_from_ptr(members));
  } else {
    SkValue arg = sk_from_ptr(members);
    part = sk_call_method(vm, group, SK_NAME(vm, derive), &arg, 1);
    if (!sk_is_exc_group(vm, part)) sk_raise_type(vm, "derive must return an instance of BaseExceptionGroup");
  }
  SkExc *p = sk_as_exc(part);
  copy_trace(vm, p, g);
  sk_write_ptr(vm, p, &p->context, g->context);
  sk_write_ptr(vm, p, &p->cause, g->cause);
  p->flags |= SK_EXC_SUPPRESS_CONTEXT; /* CPython sets the cause, None included, and setting it has this effect */
  copy_notes(vm, part, group);
  return part;
}

/* ---- splitting ---- */

/* One group on the way down: what of it matched so far, what did not, which member comes next. */
enum { FRAME_GROUP, FRAME_NEXT, FRAME_MATCH, FRAME_REST, FRAME_WORDS };

static void push_frame(SkVm *vm, SkList *stack, SkValue group) {
  sk_list_append(vm, stack, group);
  sk_list_append(vm, stack, sk_smallint(0));
  sk_list_append(vm, stack, SK_NONE);
  sk_list_append(vm, stack, SK_NONE);
}

/* The lists of a level are made when something goes into them, with room for all of its members. */
static void put(SkVm *vm, SkList *stack, int which, SkValue e) {
  SkValue *frame = sk_list_items(stack) + stack->count - FRAME_WORDS;
  if (!sk_is_list(frame[which])) {
    SkList *l = sk_list_new(vm, sk_group_members(sk_as_exc(frame[FRAME_GROUP]))->count);
    sk_write(vm, stack, &frame[which], sk_from_ptr(l));
  }
  sk_list_append(vm, sk_as_list(frame[which]), e);
}

static void deliver(SkVm *vm, SkList *stack, SkSplit part, bool want_rest) {
  if (!sk_is_none(part.match)) put(vm, stack, FRAME_MATCH, part.match);
  if (want_rest && !sk_is_none(part.rest)) put(vm, stack, FRAME_REST, part.rest);
}

/* A class decides for all its instances: groups repeat few classes, so the last answers are kept. */
typedef struct Known { const SkType *type[4]; bool match[4]; unsigned next; } Known;

static bool ask(SkVm *vm, const SkMatcher *m, Known *known, SkValue e) {
  if (!m->by_class) return m->matches(vm, e, m->want);
  const SkType *t = sk_type_of(vm, e);
  for (int i = 0; i < 4; i++)
    if (known->type[i] == t) return known->match[i];
  unsigned at = known->next++ & 3;
  known->type[at] = t;
  return known->match[at] = m->matches(vm, e, m->want);
}

/* Goes down into |group|, which does not match as a whole. */
static SkSplit split_members(SkVm *vm, SkValue group, const SkMatcher *m, bool want_rest) {
  SkList *stack = sk_list_new(vm, FRAME_WORDS * 4);
  Known known = {{NULL}, {false}, 0};
  push_frame(vm, stack, group);
  for (;;) {
    sk_charge(vm, 1);
    SkValue *frame = sk_list_items(stack) + stack->count - FRAME_WORDS;
    SkTuple *members = sk_group_members(sk_as_exc(frame[FRAME_GROUP]));
    size_t next = (size_t)sk_smallint_get(frame[FRAME_NEXT]);
    if (next < members->count) {
      frame[FRAME_NEXT] = sk_smallint((int64_t)next + 1);
      SkValue e = members->items[next];
      if (ask(vm, m, &known, e)) deliver(vm, stack, (SkSplit){e, SK_NONE}, want_rest);
      else if (sk_is_exc_group(vm, e)) push_frame(vm, stack, e);
      else deliver(vm, stack, (SkSplit){SK_NONE, e}, want_rest);
      continue;
    }
    SkValue done = frame[FRAME_GROUP], match = frame[FRAME_MATCH], rest = frame[FRAME_REST];
    stack->count -= FRAME_WORDS;
    SkSplit part = {group_subset(vm, done, sk_is_list(match) ? sk_as_list(match) : NULL), SK_NONE};
    part.rest = group_subset(vm, done, sk_is_list(rest) ? sk_as_list(rest) : NULL);
    if (stack->count == 0) return part;
    deliver(vm, stack, part, want_rest);
  }
}

SkSplit group_split_by(SkVm *vm, SkValue exc, const SkMatcher *m, bool want_rest) {
  if (m->matches(vm, exc, m->want)) return (SkSplit){exc, SK_NONE};
  if (!sk_is_exc_group(vm, exc)) return (SkSplit){SK_NONE, exc};
  return split_members(vm, exc, m, want_rest);
}

static bool match_class(SkVm *vm, SkValue e, SkValue want) { return exc_class_matches(sk_type_of(vm, e), want); }
static bool match_predicate(SkVm *vm, SkValue e, SkValue want) { return sk_truth(vm, sk_call1(vm, want, e)); }

static bool is_exception_class(SkVm *vm, SkValue v) {
  (void)vm;
  return sk_is_type(v) && (sk_as_type(v)->flags & SK_TYPE_EXCEPTION);
}

static SkMatcher matcher_for(SkVm *vm, SkValue want) {
  if (is_exception_class(vm, want)) return (SkMatcher){match_class, want, true};
  if (sk_is_tuple(want) && sk_as_tuple(want)->count) {
    SkTuple *t = sk_as_tuple(want);
    size_t good = 0;
    while (good < t->count && is_exception_class(vm, t->items[good])) good++;
    if (good == t->count) return (SkMatcher){match_class, want, true};
  }
  if (sk_is_tuple(want) && sk_as_tuple(want)->count == 0) return (SkMatcher){match_class, want, true};
  if (!sk_is_type(want) && sk_type_of(vm, want)->slots->call) return (SkMatcher){match_predicate, want, false};
  sk_raise_type(vm, "expected an exception type, a tuple of exception types, or a callable (other than a class)");
}

SkSplit sk_group_split(SkVm *vm, SkValue exc, SkValue want) {
  SkMatcher m = matcher_for(vm, want);
  return group_split_by(vm, exc, &m, true);
}

/* ---- methods ---- */

SK_NATIVE(group_derive, "derive(self, object, /)", "Make a group like this one with other members.") {
  SkValue a[] = {sk_exc_field(sk_as_exc(args[0]), SK_GROUP_MESSAGE), args[1]};
  return exc_group_new(vm, vm->types[SK_T_BaseExceptionGroup], a, 2, NULL);
}

SK_NATIVE(group_split, "split(self, object, /)", "Split into the part that matches and the rest.") {
  SkSplit s = sk_group_split(vm, args[0], args[1]);
  return sk_from_ptr(sk_tuple_pack(vm, 2, s.match, s.rest));
}

SK_NATIVE(group_subgroup, "subgroup(self, object, /)", "The part that matches, or None.") {
  SkMatcher m = matcher_for(vm, args[1]);
  return group_split_by(vm, args[0], &m, false).match;
}

SK_NATIVE(group_leaves, "leaves(self, /)", "Iterate over (index path, exception) of all leaves, depth first. (Skein)") {
  SkList *out = sk_list_new(vm, 4), *stack = sk_list_new(vm, 8);
  sk_list_append(vm, stack, sk_from_ptr(vm->empty_tuple));
  sk_list_append(vm, stack, args[0]);
  while (stack->count) {
    SkValue e = sk_list_pop(vm, stack, stack->count - 1), path = sk_list_pop(vm, stack, stack->count - 1);
    if (!sk_is_exc_group(vm, e)) {
      sk_list_append(vm, out, sk_from_ptr(sk_tuple_pack(vm, 2, path, e)));
      continue;
    }
    SkTuple *members = sk_group_members(sk_as_exc(e));
    sk_charge(vm, members->count);
    for (size_t i = members->count; i-- > 0;) {
      SkValue step = sk_from_ptr(sk_tuple_pack(vm, 1, sk_smallint((int64_t)i)));
      sk_list_append(vm, stack, sk_binary(vm, SK_BIN_ADD, path, step));
      sk_list_append(vm, stack, members->items[i]);
    }
  }
  return sk_iter(vm, sk_from_ptr(out));
}

static SkValue get_message(SkVm *vm, SkValue self) { (void)vm; return sk_exc_field(sk_as_exc(self), SK_GROUP_MESSAGE); }
static SkValue get_members(SkVm *vm, SkValue self) { (void)vm; return sk_exc_field(sk_as_exc(self), SK_GROUP_MEMBERS); }
static void refuse(SkVm *vm, SkValue self, SkValue v) { (void)self; (void)v; sk_raisef(vm, SK_T_AttributeError, "readonly attribute"); }

SK_NATIVE(group_class_getitem, "__class_getitem__(cls, object, /)", NULL) { return sk_generic_alias_new(vm, args[0], args[1]); }

const SkAttrDef exc_group_attrs[] = {
    SK_GETSET("message", get_message, refuse, "exception message"),
    SK_GETSET("exceptions", get_members, refuse, "nested exceptions"),
    SK_METHOD(group_derive),
    SK_METHOD(group_split),
    SK_METHOD(group_subgroup),
    SK_METHOD(group_leaves),
    SK_CLASSMETHOD(group_class_getitem),
    SK_ATTRS_END,
};
