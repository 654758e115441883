/* args.c - arguments of calls and parameters of functions.            Layer 1.
 *
 * The grammar takes them in any order; here each is checked as it comes.
 */
#include "grammar/nodes.h"

/* ---- arguments ----------------------------------------------------------------------------- */

SkArgs *sk_args_new(SkParser *p) { return sk_arena_new(p->arena, SkArgs); }

SkItem sk_arg_genexp(SkParser *p, SkExpr *elt, SkComprehensionSeq generators) {
  const SkToken *first = sk_expr_first(p, elt);
  SkExpr *e = sk_expr_new(p, SK_EXPR_GeneratorExp, first);
  if (first[-1].kind == TK_LPAR) e->token--; /* a lone one's range begins at the call's '(' */
  e->as.GeneratorExp.elt = elt;
  e->as.GeneratorExp.generators = generators;
  return (SkItem){SK_ITEM_GENEXP, sk_expr_done(p, e), NULL, NULL};
}

static bool keyword_refused(SkParser *p, const SkItem *item) {
  SkExpr *name = item->a;
  if (name->kind == SK_EXPR_Name && !name->parens) return false;
  SkRange r = sk_range_join(name->range, item->token->range);
  if (name->kind == SK_EXPR_Constant && name->as.Constant.value.kind <= SK_CONST_FALSE &&
      !name->parens)
    return !sk_error_at(p, r, "cannot assign to %s", sk_expr_describe(name));
  return !sk_error_at(p, r, "expression cannot contain assignment, perhaps you meant \"==\"?");
}

static SkKeyword *keyword_new(SkParser *p, const SkToken *first, SkName *name, SkExpr *value) {
  SkKeyword *k = sk_arena_new(p->arena, SkKeyword);
  k->range = sk_range_here(p, first);
  k->arg = name;
  k->value = value;
  k->height = value->height;
  return k;
}

/* After a keyword only more of them may come, and `*a` until a `**b`. */
static void check_order(SkParser *p, SkArgs *args, const SkItem *item) {
  if (!args->keywords.n) return;
  if (item->kind == SK_ITEM_STAR) {
    if (args->has_dstar)
      sk_error_at(p, sk_range_join(item->token[-1].range, p->look[-1].range),
                  "iterable argument unpacking follows keyword argument unpacking");
  } else {
    args->misplaced = args->has_dstar ? "positional argument follows keyword argument unpacking"
                                      : "positional argument follows keyword argument";
  }
}

SkArgs *sk_args_push(SkParser *p, SkArgs *args, SkItem item) {
  if (args->count++ == 0) args->first = item.token ? item.token : sk_expr_first(p, item.a);
  if (args->genexp)
    sk_error_at(p, args->genexp->range, "Generator expression must be parenthesized");
  switch (item.kind) {
    case SK_ITEM_GENEXP:
      args->genexp = item.a;
      if (args->count > 1)
        sk_error_at(p, item.a->range, "Generator expression must be parenthesized");
      /* fallthrough */
    case SK_ITEM_EXPR:
    case SK_ITEM_STAR:
      check_order(p, args, &item);
      SK_SEQ_PUSH(p, args->args, item.a);
      break;
    case SK_ITEM_DSTAR:
      args->has_dstar = true;
      SK_SEQ_PUSH(p, args->keywords, keyword_new(p, item.token, NULL, item.a));
      break;
    case SK_ITEM_KEYWORD:
      if (keyword_refused(p, &item)) break;
      SK_SEQ_PUSH(p, args->keywords,
                  keyword_new(p, sk_expr_first(p, item.a), item.a->as.Name.id, item.b));
      break;
  }
  return args;
}

SkArgs *sk_args_end(SkParser *p, SkArgs *args, bool comma) {
  if (args->misplaced && p->look->kind == TK_RPAR) sk_error_at(p, p->look->range, "%s", args->misplaced);
  if (comma && args->genexp)
    sk_error_at(p, args->genexp->range, "Generator expression must be parenthesized");
  return args;
}

/* ---- parameters ---------------------------------------------------------------------------- */

SkParams *sk_params_new(SkParser *p, bool is_lambda) {
  SkParams *params = sk_arena_new(p->arena, SkParams);
  params->to = sk_arena_new(p->arena, SkArguments);
  params->is_lambda = is_lambda;
  return params;
}

/* The annotation's closing parenthesis belongs to the parameter's range, so
 * its last token is kept in |mark| for a moment. */
SkExpr *sk_annotation(SkParser *p, SkExpr *e) {
  e->mark = (uint32_t)(p->look - 1 - p->tokens);
  return e;
}

static SkArg *arg_new(SkParser *p, const SkToken *name, SkExpr *annotation) {
  SkArg *a = sk_arena_new(p->arena, SkArg);
  a->range = name->range;
  a->arg = sk_token_name(p, name);
  a->annotation = annotation;
  if (annotation) {
    a->range = sk_range_join(name->range, p->tokens[annotation->mark].range);
    a->height = annotation->height;
    annotation->mark = 0;
  }
  return a;
}

SkParam sk_param_plain(SkParser *p, const SkToken *name, SkExpr *annotation, SkExpr *value) {
  return (SkParam){SK_PARAM_PLAIN, arg_new(p, name, annotation), value, name};
}

SkParam sk_param_mark(SkParser *p, SkParamKind kind, const SkToken *t) {
  (void)p;
  return (SkParam){kind, NULL, NULL, t};
}

SkParam sk_param_named(SkParser *p, SkParamKind kind, const SkToken *star, const SkToken *name,
                       SkExpr *annotation) {
  return (SkParam){kind, arg_new(p, name, annotation), NULL, star};
}

static void raise_height(SkArguments *to, const SkParam *param) {
  if (param->arg && param->arg->height > to->height) to->height = param->arg->height;
  if (param->value && param->value->height > to->height) to->height = param->value->height;
}

static void push_slash(SkParser *p, SkParams *params, const SkToken *t) {
  SkArguments *to = params->to;
  if (params->slash) {
    sk_error_at(p, t->range, "/ may appear only once");
  } else if (params->star) {
    sk_error_at(p, t->range, "/ must be ahead of *");
  } else if (to->args.n == 0) {
    if (p->look->kind == TK_COMMA) sk_error_at(p, t->range, "at least one argument must precede /");
    sk_reject(p, t);
  }
  params->slash = t;
  to->posonlyargs = to->args;
  to->args = (SkArgSeq){0};
}

static void push_star(SkParser *p, SkParams *params, const SkParam *param) {
  if (params->star) sk_error_at(p, param->token->range, "* argument may appear only once");
  params->star = param->token;
  if (param->kind == SK_PARAM_STAR)
    params->bare = param->token;
  else
    params->to->vararg = param->arg;
}

/* The rule may end early, at a token that no parameter can go on with. */
static bool ends_param(int kind) { return kind == TK_COMMA || kind == TK_RPAR || kind == TK_COLON; }

static void push_plain(SkParser *p, SkParams *params, const SkParam *param) {
  SkArguments *to = params->to;
  if (params->star) {
    params->bare = NULL;
    SK_SEQ_PUSH(p, to->kwonlyargs, param->arg);
    SK_SEQ_PUSH(p, to->kw_defaults, param->value);
    return;
  }
  if (param->value)
    SK_SEQ_PUSH(p, to->defaults, param->value);
  else if (to->defaults.n && ends_param(p->look->kind))
    sk_error_at(p, param->token->range,
                "parameter without a default follows parameter with a default");
  SK_SEQ_PUSH(p, to->args, param->arg);
}

SkParams *sk_params_push(SkParser *p, SkParams *params, SkParam param) {
  raise_height(params->to, &param);
  if (params->to->kwarg) {
    sk_error_at(p, param.token->range, "arguments cannot follow var-keyword argument");
    return params;
  }
  switch (param.kind) {
    case SK_PARAM_PLAIN: push_plain(p, params, &param); break;
    case SK_PARAM_SLASH: push_slash(p, params, param.token); break;
    case SK_PARAM_STAR:
    case SK_PARAM_STAR_NAME: push_star(p, params, &param); break;
    case SK_PARAM_DSTAR:
      if (params->bare)
        sk_error_at(p, params->is_lambda ? param.token->range : params->bare->range,
                    "named arguments must follow bare *");
      params->to->kwarg = param.arg;
      break;
  }
  return params;
}

SkParams *sk_params_end(SkParser *p, SkParams *params) {
  /* The rule may end early, at a token no list can go on with. */
  bool closed = p->look->kind == (params->is_lambda ? TK_COLON : TK_RPAR);
  if (params->bare && closed)
    sk_error_at(p, params->is_lambda ? p->look->range : params->bare->range,
                "named arguments must follow bare *");
  return params;
}

/* ---- type parameters ----------------------------------------------------------------------- */

static SkTypeParam *type_param_new(SkParser *p, SkTypeParamKind kind, const SkToken *first) {
  SkTypeParam *t = sk_arena_new(p->arena, SkTypeParam);
  t->kind = (uint8_t)kind;
  t->range = sk_range_here(p, first);
  return t;
}

SkTypeParam *sk_type_var(SkParser *p, const SkToken *name, SkExpr *bound, SkExpr *value) {
  SkTypeParam *t = type_param_new(p, SK_TYPE_PARAM_TypeVar, name);
  t->as.TypeVar.name = sk_token_name(p, name);
  t->as.TypeVar.bound = bound;
  if (bound) bound->mark = 0;
  t->as.TypeVar.default_value = value;
  t->height = bound ? bound->height : 0;
  if (value && value->height > t->height) t->height = value->height;
  return t;
}

static void refuse_bound(SkParser *p, const SkExpr *bound, const char *what) {
  if (!bound) return;
  const SkToken *colon = sk_expr_first(p, bound) - 1;
  sk_error_at(p, sk_range_join(colon->range, bound->range), "cannot use %s with %s",
              bound->kind == SK_EXPR_Tuple ? "constraints" : "bound", what);
}

SkTypeParam *sk_type_var_tuple(SkParser *p, const SkToken *star, const SkToken *name, SkExpr *bound,
                               SkExpr *value) {
  refuse_bound(p, bound, "TypeVarTuple");
  SkTypeParam *t = type_param_new(p, SK_TYPE_PARAM_TypeVarTuple, star);
  t->as.TypeVarTuple.name = sk_token_name(p, name);
  t->as.TypeVarTuple.default_value = value;
  t->height = value ? value->height : 0;
  return t;
}

SkTypeParam *sk_param_spec(SkParser *p, const SkToken *star, const SkToken *name, SkExpr *bound,
                           SkExpr *value) {
  refuse_bound(p, bound, "ParamSpec");
  SkTypeParam *t = type_param_new(p, SK_TYPE_PARAM_ParamSpec, star);
  t->as.ParamSpec.name = sk_token_name(p, name);
  t->as.ParamSpec.default_value = value;
  t->height = value ? value->height : 0;
  return t;
}

SkTypeParamSeq sk_type_params_push(SkParser *p, SkTypeParamSeq seq, SkTypeParam *t) {
  SK_SEQ_PUSH(p, seq, t);
  return seq;
}
