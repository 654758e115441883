/* nodes.h - one function per action of python.y.                      Layer 1. */
#ifndef SK_GRAMMAR_NODES_H
#define SK_GRAMMAR_NODES_H

#include "grammar/build.h"

/* ---- expr.c: expression nodes, called from python.y ----------------------------------- */

SkExprSeq sk_exprs_one(SkParser *p, SkExpr *e);
SkExprSeq sk_exprs_push(SkParser *p, SkExprSeq seq, SkExpr *e);
SkNameSeq sk_names_push(SkParser *p, SkNameSeq seq, const SkToken *name);
SkPairs sk_pairs_push(SkParser *p, SkPairs pairs, SkPair pair);
SkExpr *sk_expr_name(SkParser *p, const SkToken *t);
SkExpr *sk_expr_number(SkParser *p, const SkToken *t);
SkConst sk_keyword_value(const SkToken *t);
SkExpr *sk_expr_keyword(SkParser *p, const SkToken *t);
SkExpr *sk_expr_as(SkParser *p, SkExpr *a, const SkToken *as, SkExpr *b);
SkExpr *sk_expr_group(SkParser *p, const SkToken *open, SkExpr *e);
SkExpr *sk_expr_tuple(SkParser *p, const SkToken *open, SkExprSeq items);
SkExpr *sk_expr_bare_tuple(SkParser *p, SkExprSeq items);
SkExpr *sk_expr_list(SkParser *p, const SkToken *open, SkExprSeq items);
SkExpr *sk_expr_set(SkParser *p, const SkToken *open, SkExprSeq items);
SkExpr *sk_expr_dict(SkParser *p, const SkToken *open, SkPairs pairs);
SkExpr *sk_expr_comp(SkParser *p, SkExprKind kind, const SkToken *open, SkExpr *elt,
                     SkComprehensionSeq generators);
SkExpr *sk_expr_dict_comp(SkParser *p, const SkToken *open, SkPair pair,
                          SkComprehensionSeq generators);
SkComprehensionSeq sk_comp_push(SkParser *p, SkComprehensionSeq seq, SkComprehension *c);
SkComprehensionSeq sk_comp_if(SkParser *p, SkComprehensionSeq seq, SkExpr *test);
SkComprehension *sk_comp_for(SkParser *p, const SkToken *first, SkExpr *target, SkExpr *iter,
                             int is_async);
SkExpr *sk_expr_binary(SkParser *p, SkExpr *a, const SkToken *op, SkExpr *b);
SkOperator sk_operator_of(const SkToken *op);
SkExpr *sk_expr_unary(SkParser *p, const SkToken *op, SkExpr *operand);
SkExpr *sk_expr_bool(SkParser *p, SkBoolOp op, SkExpr *a, SkExpr *b);
int sk_cmpop_of(SkParser *p, const SkToken *op);
SkExpr *sk_expr_compare(SkParser *p, SkExpr *a, int op, SkExpr *b);
SkExpr *sk_expr_if(SkParser *p, SkExpr *body, SkExpr *test, SkExpr *orelse);
SkExpr *sk_expr_lambda(SkParser *p, const SkToken *first, SkParams *params, SkExpr *body);
SkExpr *sk_expr_walrus(SkParser *p, SkExpr *target, const SkToken *walrus, SkExpr *value);
SkExpr *sk_expr_starred(SkParser *p, const SkToken *first, SkExpr *value);
SkExpr *sk_expr_await(SkParser *p, const SkToken *first, SkExpr *value);
SkExpr *sk_expr_yield(SkParser *p, const SkToken *first, SkExpr *value);
SkExpr *sk_expr_yield_from(SkParser *p, const SkToken *first, SkExpr *value);
SkExpr *sk_expr_attribute(SkParser *p, SkExpr *value, const SkToken *name);
SkExpr *sk_expr_call(SkParser *p, SkExpr *func, SkArgs *args);
SkExpr *sk_expr_subscript(SkParser *p, SkExpr *value, SkExpr *slice);
SkExpr *sk_expr_subscript_one(SkParser *p, SkExpr *e);
SkExpr *sk_expr_slice(SkParser *p, SkExpr *lower, const SkToken *colon, SkExpr *upper,
                      SkExpr *step);

/* ---- narrow.c: expressions that turn out to be targets -------------------------------- */

SkExpr *sk_target(SkParser *p, SkExpr *e, SkTargetKind kind);
bool sk_may_mean_equal(const SkExpr *e);
const SkExpr *sk_leading_arithmetic(const SkExpr *e);
bool sk_assign_targets(SkParser *p, SkExprSeq targets, const SkExpr *value);

/* ---- args.c: arguments of calls and parameters of functions --------------------------- */

SkArgs *sk_args_new(SkParser *p);
SkItem sk_arg_genexp(SkParser *p, SkExpr *elt, SkComprehensionSeq generators);
SkArgs *sk_args_push(SkParser *p, SkArgs *args, SkItem item);
SkArgs *sk_args_end(SkParser *p, SkArgs *args, bool comma);
SkParams *sk_params_new(SkParser *p, bool is_lambda);
SkExpr *sk_annotation(SkParser *p, SkExpr *e);
SkParam sk_param_plain(SkParser *p, const SkToken *name, SkExpr *annotation, SkExpr *value);
SkParam sk_param_mark(SkParser *p, SkParamKind kind, const SkToken *t);
SkParam sk_param_named(SkParser *p, SkParamKind kind, const SkToken *star, const SkToken *name,
                       SkExpr *annotation);
SkParams *sk_params_push(SkParser *p, SkParams *params, SkParam param);
SkParams *sk_params_end(SkParser *p, SkParams *params);
SkTypeParam *sk_type_var(SkParser *p, const SkToken *name, SkExpr *bound, SkExpr *value);
SkTypeParam *sk_type_var_tuple(SkParser *p, const SkToken *star, const SkToken *name, SkExpr *bound,
                               SkExpr *value);
SkTypeParam *sk_param_spec(SkParser *p, const SkToken *star, const SkToken *name, SkExpr *bound,
                           SkExpr *value);
SkTypeParamSeq sk_type_params_push(SkParser *p, SkTypeParamSeq seq, SkTypeParam *t);

/* ---- stmt.c: statement nodes, called from python.y ------------------------------------ */

SkStmt *sk_stmt_new(SkParser *p, SkStmtKind kind, const SkToken *first);
SkStmtSeq sk_stmts_one(SkParser *p, SkStmt *s);
SkStmtSeq sk_stmts_push(SkParser *p, SkStmtSeq seq, SkStmt *s);
SkStmtSeq sk_stmts_join(SkParser *p, SkStmtSeq a, SkStmtSeq b);
SkStmtSeq sk_stmts_pass(SkParser *p, const SkToken *newline);
void sk_mod_file(SkParser *p, SkStmtSeq body);
void sk_mod_single(SkParser *p, SkStmtSeq body);
void sk_mod_eval(SkParser *p, SkExpr *e);
void sk_mod_probe(SkParser *p, SkExpr *e);
SkStmt *sk_stmt_expr(SkParser *p, SkExpr *e);
SkStmt *sk_stmt_assign(SkParser *p, SkExpr *first, SkExprSeq rest);
SkStmt *sk_stmt_augassign(SkParser *p, SkExpr *target, const SkToken *op, SkExpr *value);
SkStmt *sk_stmt_annassign(SkParser *p, SkExpr *target, SkExpr *annotation, SkExpr *value);
SkStmt *sk_stmt_return(SkParser *p, const SkToken *first, SkExpr *value);
SkStmt *sk_stmt_raise(SkParser *p, const SkToken *first, SkExpr *exc, SkExpr *cause);
SkStmt *sk_stmt_global(SkParser *p, const SkToken *first, SkNameSeq names);
SkStmt *sk_stmt_nonlocal(SkParser *p, const SkToken *first, SkNameSeq names);
SkStmt *sk_stmt_delete(SkParser *p, const SkToken *first, SkExpr *targets);
SkStmt *sk_stmt_assert(SkParser *p, const SkToken *first, SkExpr *test, SkExpr *msg);
SkStmt *sk_stmt_type_alias(SkParser *p, const SkToken *first, const SkToken *name,
                           SkTypeParamSeq params, SkExpr *value);
SkAlias *sk_alias_dotted(SkParser *p, SkExpr *dotted, const SkToken *as);
SkAlias *sk_alias_name(SkParser *p, const SkToken *name, const SkToken *as);
SkAliasSeq sk_aliases_push(SkParser *p, SkAliasSeq seq, SkAlias *alias);
SkStmt *sk_stmt_import(SkParser *p, const SkToken *first, SkAliasSeq names);
SkStmt *sk_stmt_from(SkParser *p, const SkToken *first, SkFromModule from, SkAliasSeq names);
SkStmt *sk_stmt_from_star(SkParser *p, const SkToken *first, SkFromModule from,
                          const SkToken *star);
SkStmtSeq sk_stmts_elif(SkParser *p, SkStmtSeq chain, const SkToken *first, SkExpr *test,
                        SkStmtSeq body);
SkStmt *sk_stmt_if(SkParser *p, const SkToken *first, SkExpr *test, SkStmtSeq body, SkStmtSeq elifs,
                   SkStmtSeq orelse);
SkStmt *sk_stmt_while(SkParser *p, const SkToken *first, SkExpr *test, SkStmtSeq body,
                      SkStmtSeq orelse);
SkStmt *sk_stmt_for(SkParser *p, const SkToken *first, SkExpr *target, SkExpr *iter, SkStmtSeq body,
                    SkStmtSeq orelse);
SkStmt *sk_stmt_async(SkParser *p, const SkToken *first, SkStmt *s);
SkWithItem *sk_with_item(SkParser *p, SkExpr *context, SkExpr *vars);
SkWithItemSeq sk_with_items_push(SkParser *p, SkWithItemSeq seq, SkWithItem *item);
SkStmt *sk_stmt_compound(SkParser *p, SkStmtKind kind, const SkToken *first);
SkWithItemSeq sk_with_head(SkParser *p, SkWithItemSeq items);
SkStmt *sk_stmt_with(SkParser *p, const SkToken *first, SkWithItemSeq items, SkStmtSeq body);
SkExceptHandlerSeq sk_handlers_push(SkParser *p, SkExceptHandlerSeq seq, SkExceptHandler *h);
SkExceptHandler *sk_handler(SkParser *p, const SkToken *first, const SkToken *star, SkExpr *type,
                            const SkToken *name, SkStmtSeq body);
SkStmt *sk_stmt_try(SkParser *p, const SkToken *first, SkStmtSeq body, SkExceptHandlerSeq handlers,
                    SkStmtSeq orelse, SkStmtSeq finalbody);
SkStmt *sk_stmt_class(SkParser *p, const SkToken *first, const SkToken *name, SkTypeParamSeq params,
                      SkArgs *args, SkStmtSeq body);
SkStmt *sk_stmt_function(SkParser *p, const SkToken *first, const SkToken *name,
                         SkTypeParamSeq type_params, SkParams *params, SkExpr *returns,
                         SkStmtSeq body);
SkStmt *sk_stmt_decorate(SkParser *p, SkExprSeq decorators, SkStmt *s);

/* ---- pattern.c: patterns of match statements, called from python.y -------------------- */

SkPatternSeq sk_patterns_push(SkParser *p, SkPatternSeq seq, SkPattern *n);
SkMatchCaseSeq sk_cases_push(SkParser *p, SkMatchCaseSeq seq, SkMatchCase *c);
SkMatchCase *sk_match_case(SkParser *p, SkPattern *pattern, SkExpr *guard, SkStmtSeq body);
SkStmt *sk_stmt_match(SkParser *p, const SkToken *first, SkExpr *subject, SkMatchCaseSeq cases);
SkPattern *sk_pattern_value(SkParser *p, SkExpr *value);
SkPattern *sk_pattern_singleton(SkParser *p, const SkToken *t);
SkPattern *sk_pattern_dotted(SkParser *p, SkExpr *e);
SkExpr *sk_map_key(SkParser *p, SkExpr *key);
SkExpr *sk_pattern_complex(SkParser *p, SkExpr *real, const SkToken *op, const SkToken *imaginary);
SkPattern *sk_pattern_as(SkParser *p, SkPattern *inner, SkExpr *name);
SkPattern *sk_pattern_or(SkParser *p, SkPattern *a, SkPattern *b);
SkPattern *sk_pattern_star(SkParser *p, const SkToken *first, const SkToken *name);
SkPattern *sk_pattern_lone_star(SkParser *p, SkPattern *star);
SkPattern *sk_pattern_open_sequence(SkParser *p, SkPatternSeq patterns);
SkPattern *sk_pattern_top(SkParser *p, SkPattern *n);
SkPattern *sk_pattern_sequence(SkParser *p, const SkToken *first, SkPatternSeq patterns);
SkPattern *sk_pattern_group(SkParser *p, const SkToken *first, SkPattern *inner);
SkPattern *sk_pattern_list(SkParser *p, const SkToken *first, SkPattern *inner);
SkClassPattern *sk_class_args_new(SkParser *p);
SkClassPattern *sk_class_args_push(SkParser *p, SkClassPattern *args, SkPattern *n);
SkClassPattern *sk_class_args_named(SkParser *p, SkClassPattern *args, const SkToken *name,
                                    SkPattern *n);
SkPattern *sk_pattern_class(SkParser *p, SkExpr *cls, SkClassPattern *args);
SkMapPattern *sk_map_pattern_new(SkParser *p);
SkMapPattern *sk_map_pattern_push(SkParser *p, SkMapPattern *map, SkExpr *key, SkPattern *n);
SkMapPattern *sk_map_pattern_rest(SkParser *p, SkMapPattern *map, const SkToken *star,
                                  const SkToken *name);
SkPattern *sk_pattern_mapping(SkParser *p, const SkToken *first, SkMapPattern *map);

/* ---- strlit.c: string literals to their values ---------------------------------------- */

SkExpr *sk_expr_string(SkParser *p, const SkToken *t);
SkExpr *sk_expr_fmiddle(SkParser *p, const SkToken *t);
SkExpr *sk_expr_fstring(SkParser *p, const SkToken *first, SkExprSeq parts);
SkExprSeq sk_fparts_field(SkParser *p, SkExprSeq parts, SkField f);
SkExpr *sk_expr_fspec(SkParser *p, const SkToken *colon, SkExprSeq parts);
SkExpr *sk_expr_strings(SkParser *p, SkExprSeq strings);

#endif
