/* context_var.c - contextvars.ContextVar and Token.  Layer 7b.
 *
 * get() is one comparison while the current map is the one it saw last.
 */
#include "vm/task/context.h"

typedef struct Token {
  SkObject head;       /* aux: 1 = used */
  SkContext *context;
  SkContextVar *var;
  SkValue old;         /* UNSET: the variable had no value */
} Token;

static SkContextVar *var_of(SkValue v) { return sk_ptr(v); }
static Token *token_of(SkValue v) { return sk_ptr(v); }
static bool is_exactly(SkVm *vm, SkValue v, const SkTypeDef *def) { return sk_is_ptr(v) && sk_type_of(vm, v) == sk_library_type(vm, def); }

SkContextVar *sk_as_context_var(SkVm *vm, SkValue v) {
  if (!is_exactly(vm, v, &sk_context_var_type)) sk_raise_type(vm, "a ContextVar key was expected, got %R", v);
  return var_of(v);
}

/* ---- variables ---- */

static void var_trace(SkMarker *m, SkObject *o) {
  SkContextVar *v = (SkContextVar *)o;
  sk_mark(m, v->name);
  sk_mark(m, v->otherwise);
}

/* ContextVar(name, *, default): counts its arguments in its own words. */
static SkValue var_new(SkVm *vm, const SkValue *args) {
  SkTuple *given = sk_as_tuple(args[1]);
  SkDict *keywords = sk_as_dict(args[2]);
  size_t total = given->count + keywords->live;
  if (total > 2) sk_raise_type(vm, "ContextVar() takes at most 2 arguments (%zu given)", total);
  if (given->count == 0) sk_raise_type(vm, "ContextVar() takes exactly 1 positional argument (0 given)");
  if (given->count > 1) sk_raise_type(vm, "ContextVar() takes at most 1 positional argument (%zu given)", given->count);
  SkValue otherwise = keywords->live ? sk_dict_get_cstr(vm, keywords, "default") : SK_UNSET;
  if (keywords->live && sk_is_unset(otherwise)) {
    SkValue key, v;
    sk_dict_next(keywords, &(size_t){0}, &key, &v);
    sk_raise_type(vm, "ContextVar() got an unexpected keyword argument '%S'", key);
  }
  if (!sk_is_str(given->items[0])) sk_raise_type(vm, "context variable name must be a str");
  SkContextVar *var = sk_object_new(vm, (SkType *)sk_ptr(args[0]), 0);
  var->name = given->items[0];
  var->otherwise = otherwise;
  var->known = SK_UNSET;
  var->number = vm->context_vars++;
  return sk_from_ptr(var);
}
static const SkNativeDef var_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, var_new};

static SkValue value_here(const SkVm *vm, SkContextVar *var) {
  const SkContext *c = vm->context;
  const SkContextMap *m = c ? c->map : NULL;
  if (!m) return SK_UNSET;
  if (SK_UNLIKELY(var->seen != m->id)) {
    var->known = sk_context_map_get(m, var);
    var->seen = m->id;
  }
  return var->known;
}

SK_NATIVE(var_get, "get(self, default=?, /)",
          "The variable's value in the current context.\n\n"
          "Without one: |default| if it was given, else the variable's own default, else LookupError.") {
  SkContextVar *var = var_of(args[0]);
  SkValue v = value_here(vm, var);
  if (!sk_is_unset(v)) return v;
  if (!sk_is_unset(args[1])) return args[1];
  if (!sk_is_unset(var->otherwise)) return var->otherwise;
  sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_LookupError], args, 1));
}

SK_NATIVE(var_set, "set(self, value, /)",
          "Gives the variable a value in the current context.\n\n"
          "The Token that comes back can undo this, through reset().") {
  SkContextVar *var = var_of(args[0]);
  SkContext *c = sk_context_current(vm);
  Token *t = sk_object_new(vm, sk_library_type(vm, &sk_context_token_type), 0);
  t->context = c;
  t->var = var;
  t->old = value_here(vm, var);
  sk_context_set(vm, c, var, args[1]);
  return sk_from_ptr(t);
}

SK_NATIVE(var_reset, "reset(self, token, /)", "Puts the variable back to what it was before the set() that made the token.") {
  SkValue token = args[1];
  if (!is_exactly(vm, token, &sk_context_token_type)) sk_raise_type(vm, "expected an instance of Token, got %R", token);
  Token *t = token_of(token);
  if (t->head.aux) sk_raisef(vm, SK_T_RuntimeError, "%R has already been used once", token);
  if (t->var != var_of(args[0])) sk_raise_value(vm, "%R was created by a different ContextVar", token);
  if (t->context != vm->context) sk_raise_value(vm, "%R was created in a different Context", token);
  t->head.aux = 1;
  if (sk_is_unset(t->old) && sk_is_unset(value_here(vm, t->var))) sk_raise_exc(vm, sk_exc_new_args(vm, vm->types[SK_T_LookupError], args, 1));
  sk_context_set(vm, t->context, t->var, t->old);
  return SK_NONE;
}

static SkValue var_repr(SkVm *vm, SkValue self) {
  SkContextVar *var = var_of(self);
  SkStr *end = sk_format(vm, " at 0x%llx>", (long long)sk_address(self));
  if (sk_is_unset(var->otherwise)) return sk_from_ptr(sk_format(vm, "<ContextVar name=%R%U", var->name, end));
  return sk_from_ptr(sk_format(vm, "<ContextVar name=%R default=%R%U", var->name, var->otherwise, end));
}

static const SkAttrDef var_attrs[] = {
    SK_METHOD(var_get),
    SK_METHOD(var_set),
    SK_METHOD(var_reset),
    SK_MEMBER("name", SkContextVar, name, true, NULL),
    SK_CLASSMETHOD(sk_class_getitem),
    SK_ATTRS_END,
};

const SkTypeDef sk_context_var_type = {
    .name = "_contextvars.ContextVar",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(SkContextVar),
    .flags = SK_TYPE_FINAL,
    .slots = {.repr = var_repr},
    .attrs = var_attrs,
    .new_ = &var_new_def,
    .trace = var_trace,
};

/* ---- tokens ---- */

static SkValue missing_repr(SkVm *vm, SkValue self) {
  (void)self;
  return sk_from_ptr(sk_str_from_cstr(vm, "<Token.MISSING>"));
}

static const SkTypeDef missing_type = {
    .name = "Token.MISSING",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(SkObject),
    .flags = SK_TYPE_FINAL | SK_TYPE_NO_NEW,
    .slots = {.repr = missing_repr},
};

static SkValue missing_make(SkVm *vm) { return sk_from_ptr(sk_object_new(vm, sk_library_type(vm, &missing_type), 0)); }

static void token_trace(SkMarker *m, SkObject *o) {
  Token *t = (Token *)o;
  sk_mark_ptr(m, t->context);
  sk_mark_ptr(m, t->var);
  sk_mark(m, t->old);
}

static SkValue token_new(SkVm *vm, const SkValue *args) {
  (void)args;
  sk_raisef(vm, SK_T_RuntimeError, "Tokens can only be created by ContextVars");
}
static const SkNativeDef token_new_def = {"__new__(cls, /, *args, **kwargs)", NULL, token_new};

static SkValue token_var(SkVm *vm, SkValue self) {
  (void)vm;
  return sk_from_ptr(token_of(self)->var);
}

static SkValue token_old_value(SkVm *vm, SkValue self) {
  SkValue old = token_of(self)->old;
  return sk_is_unset(old) ? sk_type_lookup(vm, sk_type_of(vm, self), sk_intern(vm, "MISSING")) : old;
}

static SkValue token_repr(SkVm *vm, SkValue self) {
  Token *t = token_of(self);
  return sk_from_ptr(sk_format(vm, "<Token%s var=%R at 0x%llx>", t->head.aux ? " used" : "", sk_from_ptr(t->var), (long long)sk_address(self)));
}

static SkValue none_make(SkVm *vm) { return (void)vm, SK_NONE; }

static const SkAttrDef token_attrs[] = {
    SK_VALUE_ATTR("__hash__", none_make),
    SK_GETSET("var", token_var, NULL, NULL),
    SK_GETSET("old_value", token_old_value, NULL, NULL),
    SK_VALUE_ATTR("MISSING", missing_make),
    SK_CLASSMETHOD(sk_class_getitem),
    SK_ATTRS_END,
};

const SkTypeDef sk_context_token_type = {
    .name = "_contextvars.Token",
    .kind = SK_KIND_NATIVE_OBJECT,
    .size = sizeof(Token),
    .flags = SK_TYPE_FINAL,
    .slots = {.repr = token_repr, .hash = sk_hash_refuse},
    .attrs = token_attrs,
    .new_ = &token_new_def,
    .trace = token_trace,
};
