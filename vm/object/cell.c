/* cell.c - cells: closure variables, and the values of class attributes.                           Layer 6. */
#include "vm/object/object_impl.h"

void sk_cell_trace(SkMarker *m, SkObject *o) { sk_mark(m, ((SkCell *)o)->value); }

SkCell *sk_cell_new(SkVm *vm, SkValue v) {
  SkCell *c = sk_object_new_id(vm, SK_T_cell, 0);
  c->value = v;
  return c;
}

SK_NATIVE(cell_new, "__new__(cls, contents=?, /)", NULL) { return sk_from_ptr(sk_cell_new(vm, args[1])); }

static SkValue get_contents(SkVm *vm, SkValue self) {
  SkValue v = ((SkCell *)sk_ptr(self))->value;
  if (sk_is_unset(v)) sk_raise_value(vm, "Cell is empty");
  return v;
}
static void set_contents(SkVm *vm, SkValue self, SkValue v) {
  SkCell *c = sk_ptr(self);
  sk_write(vm, c, &c->value, v);
}

static SkValue cell_repr(SkVm *vm, SkValue self) {
  SkValue v = ((SkCell *)sk_ptr(self))->value;
  if (sk_is_unset(v)) return sk_from_ptr(sk_format(vm, "<cell at 0x%lx: empty>", sk_address(self)));
  return sk_from_ptr(sk_format(vm, "<cell at 0x%lx: %T object at 0x%lx>", sk_address(self), v, sk_address(v)));
}

/* An empty cell is less than any other. */
static SkValue cell_compare(SkVm *vm, SkCompareOp op, SkValue a, SkValue b) {
  if (!sk_is_exactly(vm, b, SK_T_cell)) return SK_NOTIMPLEMENTED;
  SkValue x = ((SkCell *)sk_ptr(a))->value, y = ((SkCell *)sk_ptr(b))->value;
  if (!sk_is_unset(x) && !sk_is_unset(y)) return sk_compare(vm, op, x, y);
  return sk_compare(vm, op, sk_smallint(!sk_is_unset(x)), sk_smallint(!sk_is_unset(y)));
}
static SkValue cell_lt(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_LT, a, b); }
static SkValue cell_le(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_LE, a, b); }
static SkValue cell_eq(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_EQ, a, b); }
static SkValue cell_ne(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_NE, a, b); }
static SkValue cell_gt(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_GT, a, b); }
static SkValue cell_ge(SkVm *vm, SkValue a, SkValue b) { return cell_compare(vm, SK_CMP_GE, a, b); }

static const SkAttrDef cell_attrs[] = {SK_GETSET("cell_contents", get_contents, set_contents, NULL), SK_ATTRS_END};

const SkTypeDef sk_cell_type = {
    .name = "cell", .doc = "Create a new cell object.", .kind = SK_KIND_CELL, .size = sizeof(SkCell), .flags = SK_TYPE_FINAL,
    .slots = {.repr = cell_repr, .lt = cell_lt, .le = cell_le, .eq = cell_eq, .ne = cell_ne, .gt = cell_gt, .ge = cell_ge},
    .attrs = cell_attrs, .new_ = &cell_new_def};
