/* ops.c - text of objects: repr, str, ascii, format; and the guard against printing in circles.        Layer 6. */
#include "vm/object/charge.h"
#include "vm/object/object_impl.h"

SkStr *sk_repr(SkVm *vm, SkValue v) {
  sk_enter(vm, " while getting the repr of an object");
  sk_charge(vm, 1);
  SkValue s = SK_SLOTS(vm, v)->repr(vm, v);
  if (!sk_is_str(s)) sk_raise_type(vm, "__repr__ returned non-string (type %T)", s);
  return sk_as_str(s);
}

SkStr *sk_str(SkVm *vm, SkValue v) {
  if (sk_is_exactly(vm, v, SK_T_str)) return sk_as_str(v);
  sk_enter(vm, " while getting the str of an object");
  SkValue s = SK_SLOTS(vm, v)->str(vm, v);
  if (!sk_is_str(s)) sk_raise_type(vm, "__str__ returned non-string (type %T)", s);
  return sk_as_str(s);
}

static void add_escape(SkStrBuf *b, uint32_t c) {
  static const char digits[] = "0123456789abcdef";
  int n = c > 0xffff ? 8 : c > 0xff ? 4 : 2;
  sk_strbuf_adds(b, n == 8 ? "\\U" : n == 4 ? "\\u" : "\\x");
  for (int shift = (n - 1) * 4; shift >= 0; shift -= 4) sk_strbuf_addc(b, (uint32_t)digits[c >> shift & 15]);
}

SkStr *sk_ascii(SkVm *vm, SkValue v) {
  SkStr *s = sk_repr(vm, v);
  if (sk_str_is_ascii(s)) return s;
  SkStrBuf b;
  sk_strbuf_init(vm, &b);
  for (size_t i = 0, turns = 0; i < s->count; i++) {
    SK_TURN(vm, turns);
    uint32_t c = sk_str_at(vm, s, i);
    if (c < 128) sk_strbuf_addc(&b, c);
    else add_escape(&b, c);
  }
  return sk_strbuf_finish(&b);
}

SkStr *sk_format_value(SkVm *vm, SkValue v, SkStr *spec) {
  if (!spec) spec = SK_NAME(vm, empty);
  if (spec->bytes == 0 && sk_is_exactly(vm, v, SK_T_str)) return sk_as_str(v);
  SkValue s = SK_SLOTS(vm, v)->format(vm, v, sk_from_ptr(spec));
  if (!sk_is_str(s)) sk_raise_type(vm, "__format__ must return a str, not %T", s);
  return sk_as_str(s);
}

/* ---- the guard ------------------------------------------------------------------------------------ */

/* Entries of prints that were left by an exception are dropped when an outer one leaves. */
bool sk_repr_enter(SkVm *vm, SkValue v) {
  if (!vm->printing) vm->printing = sk_list_new(vm, 8);
  SkList *l = vm->printing;
  for (size_t i = 0; i < l->count; i++)
    if (sk_is(sk_list_items(l)[i], v)) return false;
  sk_list_append(vm, l, v);
  return true;
}

void sk_repr_leave(SkVm *vm, SkValue v) {
  SkList *l = vm->printing;
  for (size_t i = l->count; i-- > 0;) {
    if (!sk_is(sk_list_items(l)[i], v)) continue;
    for (size_t k = i; k < l->count; k++) sk_list_items(l)[k] = sk_smallint(0);
    l->count = i;
    return;
  }
}
