/* python.y - the grammar of Python 3.13, tokens to syntax tree.       Layer 1.
 *
 * Parse wide, then narrow: where one token of lookahead cannot tell a target
 * from an expression the grammar takes the expression, and the function the
 * action calls refuses what is not allowed.  Every action is one call, and a
 * rule without one passes its value on; nodes live in the parse arena, so no
 * %destructor is needed.
 *
 * The lexer helps with what LALR(1) cannot see: MATCH, CASE and TYPE are
 * decided by their line, and ':' '!' '=' of an f-string field come as FCOLON,
 * FBANG, FEQ.
 */
%name          sk_yy
%token_prefix  TK_
%token_type    {const SkToken *}
%token_destructor {(void)p;} /* tokens live in the arena; without this a warning that p has no use */
%extra_context {SkParser *p}
%stack_size    0
%start_symbol  start
%token UNKNOWN.

%include {
#include <assert.h>
#include <string.h>
#include "grammar/build.h"
#include "grammar/automaton.h"
#include "grammar/nodes.h"

#define YYNOERRORRECOVERY 1
#define YYPARSEFREENEVERNULL 1
#ifndef NDEBUG
#define NDEBUG 1 /* no trace code: it writes globals */
#endif
/* The automaton's stack lives in the arena as well; these two names occur in
 * the template only where it grows, with |p| the automaton. */
#define malloc(size)       sk_arena_alloc(p->p->arena, (size_t)(size))
#define realloc(old, size) sk_arena_grow(p->p->arena, (old), (size_t)p->yystksz * sizeof(yyStackEntry), (size_t)(size))
#define free(stack)        ((void)(stack))
}

%syntax_error { p->rejected = true; (void)yymajor; (void)yyminor; }

/* One grammar, one entry point for each mode, chosen by a first token. */
start ::= MODE_FILE file(B).            { sk_mod_file(p, B); }
start ::= MODE_EVAL exprs(E) newlines.  { sk_mod_eval(p, E); }
start ::= MODE_SINGLE single(B) newlines. { sk_mod_single(p, B); }
start ::= MODE_STARS exprs(E).          { sk_mod_probe(p, E); } /* these four: diagnose.c asks */
start ::= MODE_EXPR expr(E).            { sk_mod_probe(p, E); } /* how far an expression goes  */
start ::= MODE_OR or_expr(E).           { sk_mod_probe(p, E); }
start ::= MODE_BITOR bitor(E).          { sk_mod_probe(p, E); }

%type file {SkStmtSeq}
file(R) ::= .                           { R = (SkStmtSeq){0}; }
file(R) ::= file(A) NEWLINE.            { R = A; }
file(R) ::= file(A) stmt(B).            { R = sk_stmts_join(p, A, B); }

%type single {SkStmtSeq}
single(R) ::= NEWLINE(T).               { R = sk_stmts_pass(p, T); }
single ::= simple_line.
single(R) ::= compound(S) NEWLINE.      { R = sk_stmts_one(p, S); }
newlines ::= .
newlines ::= newlines NEWLINE.

/* ---- statements --------------------------------------------------------------------------- */

%type stmt {SkStmtSeq}
stmt ::= simple_line.
stmt(R) ::= compound(S).                { R = sk_stmts_one(p, S); }

%type stmts {SkStmtSeq}
stmts ::= stmt.
stmts(R) ::= stmts(A) stmt(B).          { R = sk_stmts_join(p, A, B); }

%type simple_line {SkStmtSeq}
simple_line(R) ::= simples(B) NEWLINE.      { R = B; }
simple_line(R) ::= simples(B) SEMI NEWLINE. { R = B; }

%type simples {SkStmtSeq}
simples(R) ::= simple(S).               { R = sk_stmts_one(p, S); }
simples(R) ::= simples(A) SEMI simple(S). { R = sk_stmts_push(p, A, S); }

%type block {SkStmtSeq}
block ::= simple_line.
block(R) ::= NEWLINE INDENT stmts(B) DEDENT.   { R = B; }

%type simple {SkStmt *}
simple(R) ::= rhs(E).                          { R = sk_stmt_expr(p, E); }
simple(R) ::= exprs(A) assigns(B).             { R = sk_stmt_assign(p, A, B); }
simple(R) ::= exprs(A) augop(O) rhs(B).        { R = sk_stmt_augassign(p, A, O, B); }
simple(R) ::= exprs(A) COLON expr(T).          { R = sk_stmt_annassign(p, A, T, NULL); }
simple(R) ::= exprs(A) COLON expr(T) EQ rhs(B). { R = sk_stmt_annassign(p, A, T, B); }
simple(R) ::= PASS(T).                         { R = sk_stmt_new(p, SK_STMT_Pass, T); }
simple(R) ::= BREAK(T).                        { R = sk_stmt_new(p, SK_STMT_Break, T); }
simple(R) ::= CONTINUE(T).                     { R = sk_stmt_new(p, SK_STMT_Continue, T); }
simple(R) ::= RETURN(T).                       { R = sk_stmt_return(p, T, NULL); }
simple(R) ::= RETURN(T) exprs(E).              { R = sk_stmt_return(p, T, E); }
simple(R) ::= RAISE(T).                        { R = sk_stmt_raise(p, T, NULL, NULL); }
simple(R) ::= RAISE(T) expr(E).                { R = sk_stmt_raise(p, T, E, NULL); }
simple(R) ::= RAISE(T) expr(E) FROM expr(C).   { R = sk_stmt_raise(p, T, E, C); }
simple(R) ::= GLOBAL(T) names(N).              { R = sk_stmt_global(p, T, N); }
simple(R) ::= NONLOCAL(T) names(N).            { R = sk_stmt_nonlocal(p, T, N); }
simple(R) ::= DEL(T) targets(E).               { R = sk_stmt_delete(p, T, E); }
simple(R) ::= ASSERT(T) expr(E).               { R = sk_stmt_assert(p, T, E, NULL); }
simple(R) ::= ASSERT(T) expr(E) COMMA expr(M). { R = sk_stmt_assert(p, T, E, M); }
simple(R) ::= IMPORT(T) dotted_as_list(N).     { R = sk_stmt_import(p, T, N); }
simple(R) ::= FROM(T) from_module(M) IMPORT STAR(S).   { R = sk_stmt_from_star(p, T, M, S); }
simple(R) ::= FROM(T) from_module(M) IMPORT import_names(N). { R = sk_stmt_from(p, T, M, N); }
simple(R) ::= FROM(T) from_module(M) IMPORT LPAR import_names(N) opt_comma RPAR.
                                               { R = sk_stmt_from(p, T, M, N); }
simple(R) ::= TYPE(T) NAME(N) opt_type_params(Y) EQ expr(E).
                                               { R = sk_stmt_type_alias(p, T, N, Y, E); }

%type assigns {SkExprSeq}
assigns(R) ::= EQ rhs(E).                      { R = sk_exprs_one(p, E); }
assigns(R) ::= assigns(A) EQ rhs(E).           { R = sk_exprs_push(p, A, E); }

%type rhs {SkExpr *}
rhs ::= exprs.
rhs ::= yield.

%type augop {const SkToken *}
augop(R) ::= PLUSEQ|MINUSEQ|STAREQ|SLASHEQ|DSLASHEQ|PERCENTEQ|ATEQ|AMPEQ|BAREQ|CARETEQ|LSHIFTEQ|RSHIFTEQ|DSTAREQ(T). { R = T; }

%type names {SkNameSeq}
names(R) ::= NAME(N).                          { R = sk_names_push(p, (SkNameSeq){0}, N); }
names(R) ::= names(A) COMMA NAME(N).           { R = sk_names_push(p, A, N); }

%type dotted {SkExpr *}
dotted(R) ::= NAME(N).                         { R = sk_expr_name(p, N); }
dotted(R) ::= dotted(A) DOT NAME(N).           { R = sk_expr_attribute(p, A, N); }

%type dotted_as {SkAlias *}
dotted_as(R) ::= dotted(D).                    { R = sk_alias_dotted(p, D, NULL); }
dotted_as(R) ::= dotted(D) AS NAME(N).         { R = sk_alias_dotted(p, D, N); }

%type dotted_as_list {SkAliasSeq}
dotted_as_list(R) ::= dotted_as(A).            { R = sk_aliases_push(p, (SkAliasSeq){0}, A); }
dotted_as_list(R) ::= dotted_as_list(L) COMMA dotted_as(A). { R = sk_aliases_push(p, L, A); }

%type dots {int}
dots(R) ::= DOT|ELLIPSIS(T).                   { R = (int)T->length; }
dots(R) ::= dots(A) DOT|ELLIPSIS(T).           { R = A + (int)T->length; }

%type from_module {SkFromModule}
from_module(R) ::= dotted(D).                  { R = (SkFromModule){D, 0}; }
from_module(R) ::= dots(N).                    { R = (SkFromModule){NULL, N}; }
from_module(R) ::= dots(N) dotted(D).          { R = (SkFromModule){D, N}; }

%type import_name {SkAlias *}
import_name(R) ::= NAME(N).                    { R = sk_alias_name(p, N, NULL); }
import_name(R) ::= NAME(N) AS NAME(A).         { R = sk_alias_name(p, N, A); }

%type import_names {SkAliasSeq}
import_names(R) ::= import_name(A).            { R = sk_aliases_push(p, (SkAliasSeq){0}, A); }
import_names(R) ::= import_names(L) COMMA import_name(A). { R = sk_aliases_push(p, L, A); }

opt_comma ::= .
opt_comma ::= COMMA.

/* ---- compound statements ------------------------------------------------------------------ */

%type compound {SkStmt *}
compound ::= if.
compound(R) ::= WHILE(T) named(E) COLON block(B) opt_else(L). { R = sk_stmt_while(p, T, E, B, L); }
compound ::= for.
compound(R) ::= ASYNC(T) for(S).               { R = sk_stmt_async(p, T, S); }
compound ::= with.
compound(R) ::= ASYNC(T) with(S).              { R = sk_stmt_async(p, T, S); }
compound ::= try.
compound ::= match.
compound ::= def.
compound(R) ::= decorators(D) def(S).          { R = sk_stmt_decorate(p, D, S); }

%type if {SkStmt *}
if(R) ::= IF(T) named(E) COLON block(B) elifs(I) opt_else(L). { R = sk_stmt_if(p, T, E, B, I, L); }
%type elifs {SkStmtSeq}
elifs(R) ::= .                                 { R = (SkStmtSeq){0}; }
elifs(R) ::= elifs(A) ELIF(T) named(E) COLON block(B). { R = sk_stmts_elif(p, A, T, E, B); }

%type opt_else {SkStmtSeq}
opt_else(R) ::= .                              { R = (SkStmtSeq){0}; }
opt_else(R) ::= ELSE COLON block(B).           { R = B; }

%type for {SkStmt *}
for(R) ::= FOR(T) targets(A) IN exprs(E) COLON block(B) opt_else(L).
                                               { R = sk_stmt_for(p, T, A, E, B, L); }

%type with {SkStmt *}
with(R) ::= WITH(T) with_head(I) COLON block(B). { R = sk_stmt_with(p, T, I, B); }
%type with_head {SkWithItemSeq}
with_head(R) ::= with_items(I).                { R = sk_with_head(p, I); }
%type with_items {SkWithItemSeq}
with_items(R) ::= with_item(I).                { R = sk_with_items_push(p, (SkWithItemSeq){0}, I); }
with_items(R) ::= with_items(A) COMMA with_item(I). { R = sk_with_items_push(p, A, I); }
%type with_item {SkWithItem *}
with_item(R) ::= expr(E).                      { R = sk_with_item(p, E, NULL); }
with_item(R) ::= expr(E) AS bitor(V).          { R = sk_with_item(p, E, V); }

%type try {SkStmt *}
try(R) ::= TRY(T) COLON block(B) FINALLY COLON block(F).
               { R = sk_stmt_try(p, T, B, (SkExceptHandlerSeq){0}, (SkStmtSeq){0}, F); }
try(R) ::= TRY(T) COLON block(B) excepts(H) opt_else(L).
               { R = sk_stmt_try(p, T, B, H, L, (SkStmtSeq){0}); }
try(R) ::= TRY(T) COLON block(B) excepts(H) opt_else(L) FINALLY COLON block(F).
               { R = sk_stmt_try(p, T, B, H, L, F); }

%type excepts {SkExceptHandlerSeq}
excepts(R) ::= except(H).                      { R = sk_handlers_push(p, (SkExceptHandlerSeq){0}, H); }
excepts(R) ::= excepts(A) except(H).           { R = sk_handlers_push(p, A, H); }
%type except {SkExceptHandler *}
except(R) ::= EXCEPT(T) COLON block(B).        { R = sk_handler(p, T, NULL, NULL, NULL, B); }
except(R) ::= EXCEPT(T) opt_star(S) expr(E) COLON block(B).
                                               { R = sk_handler(p, T, S, E, NULL, B); }
except(R) ::= EXCEPT(T) opt_star(S) expr(E) AS NAME(N) COLON block(B).
                                               { R = sk_handler(p, T, S, E, N, B); }
%type opt_star {const SkToken *}
opt_star(R) ::= .                              { R = NULL; }
opt_star(R) ::= STAR(T).                       { R = T; }

%type decorators {SkExprSeq}
decorators(R) ::= AT named(E) NEWLINE.         { R = sk_exprs_one(p, E); }
decorators(R) ::= decorators(A) AT named(E) NEWLINE. { R = sk_exprs_push(p, A, E); }

%type def {SkStmt *}
def ::= function.
def(R) ::= ASYNC(T) function(S).               { R = sk_stmt_async(p, T, S); }
def(R) ::= CLASS(T) NAME(N) opt_type_params(Y) COLON block(B).
                                               { R = sk_stmt_class(p, T, N, Y, NULL, B); }
def(R) ::= CLASS(T) NAME(N) opt_type_params(Y) LPAR args(A) RPAR COLON block(B).
                                               { R = sk_stmt_class(p, T, N, Y, A, B); }
%type function {SkStmt *}
function(R) ::= DEF(T) NAME(N) opt_type_params(Y) LPAR params(A) RPAR COLON block(B).
                                               { R = sk_stmt_function(p, T, N, Y, A, NULL, B); }
function(R) ::= DEF(T) NAME(N) opt_type_params(Y) LPAR params(A) RPAR ARROW expr(E) COLON block(B).
                                               { R = sk_stmt_function(p, T, N, Y, A, E, B); }

/* Parameters: any order is parsed; the builder checks each as it comes. */
%type params {SkParams *}
params(R) ::= .                                { R = sk_params_new(p, false); }
params(R) ::= param_list(L).                   { R = sk_params_end(p, L); }
params(R) ::= param_list(L) COMMA.             { R = sk_params_end(p, L); }
%type param_list {SkParams *}
param_list(R) ::= param(A).                    { R = sk_params_push(p, sk_params_new(p, false), A); }
param_list(R) ::= param_list(L) COMMA param(A). { R = sk_params_push(p, L, A); }
%type param {SkParam}
param(R) ::= NAME(N) opt_annotation(T).         { R = sk_param_plain(p, N, T, NULL); }
param(R) ::= NAME(N) opt_annotation(T) EQ expr(E). { R = sk_param_plain(p, N, T, E); }
param(R) ::= SLASH(S).                          { R = sk_param_mark(p, SK_PARAM_SLASH, S); }
param(R) ::= STAR(S).                           { R = sk_param_mark(p, SK_PARAM_STAR, S); }
param(R) ::= STAR(S) NAME(N) opt_annotation(T). { R = sk_param_named(p, SK_PARAM_STAR_NAME, S, N, T); }
param(R) ::= STAR(S) NAME(N) COLON star(T).     { R = sk_param_named(p, SK_PARAM_STAR_NAME, S, N, sk_annotation(p, T)); }
param(R) ::= DSTAR(S) NAME(N) opt_annotation(T). { R = sk_param_named(p, SK_PARAM_DSTAR, S, N, T); }

%type opt_annotation {SkExpr *}
opt_annotation(R) ::= .                         { R = NULL; }
opt_annotation(R) ::= COLON expr(E).            { R = sk_annotation(p, E); }

%type lambda_params {SkParams *}
lambda_params(R) ::= .                          { R = sk_params_new(p, true); }
lambda_params(R) ::= lambda_list(L).            { R = sk_params_end(p, L); }
lambda_params(R) ::= lambda_list(L) COMMA.      { R = sk_params_end(p, L); }
%type lambda_list {SkParams *}
lambda_list(R) ::= lambda_param(A).             { R = sk_params_push(p, sk_params_new(p, true), A); }
lambda_list(R) ::= lambda_list(L) COMMA lambda_param(A). { R = sk_params_push(p, L, A); }
%type lambda_param {SkParam}
lambda_param(R) ::= NAME(N).                    { R = sk_param_plain(p, N, NULL, NULL); }
lambda_param(R) ::= NAME(N) EQ expr(E).         { R = sk_param_plain(p, N, NULL, E); }
lambda_param(R) ::= SLASH(S).                   { R = sk_param_mark(p, SK_PARAM_SLASH, S); }
lambda_param(R) ::= STAR(S).                    { R = sk_param_mark(p, SK_PARAM_STAR, S); }
lambda_param(R) ::= STAR(S) NAME(N).            { R = sk_param_named(p, SK_PARAM_STAR_NAME, S, N, NULL); }
lambda_param(R) ::= DSTAR(S) NAME(N).           { R = sk_param_named(p, SK_PARAM_DSTAR, S, N, NULL); }

%type opt_type_params {SkTypeParamSeq}
opt_type_params(R) ::= .                        { R = (SkTypeParamSeq){0}; }
opt_type_params(R) ::= LSQB type_params(L) opt_comma RSQB. { R = L; }
%type type_params {SkTypeParamSeq}
type_params(R) ::= type_param(T).               { R = sk_type_params_push(p, (SkTypeParamSeq){0}, T); }
type_params(R) ::= type_params(L) COMMA type_param(T). { R = sk_type_params_push(p, L, T); }
%type type_param {SkTypeParam *}
type_param(R) ::= NAME(N) opt_annotation(B) opt_default(D).   { R = sk_type_var(p, N, B, D); }
type_param(R) ::= STAR(S) NAME(N) opt_bad_bound(B) opt_star_default(D).
                                                { R = sk_type_var_tuple(p, S, N, B, D); }
type_param(R) ::= DSTAR(S) NAME(N) opt_bad_bound(B) opt_default(D).
                                                { R = sk_param_spec(p, S, N, B, D); }
%type opt_bad_bound {SkExpr *}
opt_bad_bound(R) ::= .                          { R = NULL; }
opt_bad_bound(R) ::= COLON expr(E).             { R = E; }
%type opt_default {SkExpr *}
opt_default(R) ::= .                            { R = NULL; }
opt_default(R) ::= EQ expr(E).                  { R = E; }
%type opt_star_default {SkExpr *}
opt_star_default(R) ::= .                       { R = NULL; }
opt_star_default(R) ::= EQ expr(E).             { R = E; }
opt_star_default(R) ::= EQ star(E).             { R = E; }

/* ---- match -------------------------------------------------------------------------------- */

%type match {SkStmt *}
match(R) ::= MATCH(T) subject(E) COLON NEWLINE INDENT cases(C) DEDENT. { R = sk_stmt_match(p, T, E, C); }
%type subject {SkExpr *}
subject ::= named.
subject(R) ::= elements_many(L).                { R = sk_expr_bare_tuple(p, L); }
%type cases {SkMatchCaseSeq}
cases(R) ::= case(C).                           { R = sk_cases_push(p, (SkMatchCaseSeq){0}, C); }
cases(R) ::= cases(A) case(C).                  { R = sk_cases_push(p, A, C); }
%type case {SkMatchCase *}
case(R) ::= CASE top_pattern(P) opt_guard(G) COLON block(B). { R = sk_match_case(p, P, G, B); }
%type top_pattern {SkPattern *}
top_pattern(R) ::= patterns(P).                 { R = sk_pattern_top(p, P); }
%type opt_guard {SkExpr *}
opt_guard(R) ::= .                              { R = NULL; }
opt_guard(R) ::= IF named(E).                   { R = E; }

%type patterns {SkPattern *}
patterns ::= as_pattern.
patterns(R) ::= star_pattern(P).                { R = sk_pattern_lone_star(p, P); }
patterns(R) ::= pattern_items(L) COMMA maybe_star_pattern(P).
                                                { R = sk_pattern_open_sequence(p, sk_patterns_push(p, L, P)); }
patterns(R) ::= pattern_items(L) COMMA.         { R = sk_pattern_open_sequence(p, L); }
%type pattern_items {SkPatternSeq}
pattern_items(R) ::= maybe_star_pattern(P).     { R = sk_patterns_push(p, (SkPatternSeq){0}, P); }
pattern_items(R) ::= pattern_items(L) COMMA maybe_star_pattern(P). { R = sk_patterns_push(p, L, P); }
%type maybe_star_pattern {SkPattern *}
maybe_star_pattern ::= as_pattern.
maybe_star_pattern ::= star_pattern.
%type star_pattern {SkPattern *}
star_pattern(R) ::= STAR(T) NAME(N).            { R = sk_pattern_star(p, T, N); }
%type as_pattern {SkPattern *}
as_pattern ::= or_pattern.
as_pattern(R) ::= or_pattern(P) AS bitor(N).    { R = sk_pattern_as(p, P, N); }
%type or_pattern {SkPattern *}
or_pattern ::= closed_pattern.
or_pattern(R) ::= or_pattern(A) BAR closed_pattern(B). { R = sk_pattern_or(p, A, B); }
%type closed_pattern {SkPattern *}
closed_pattern(R) ::= number_pattern(E).        { R = sk_pattern_value(p, E); }
closed_pattern(R) ::= strings(L).               { R = sk_pattern_value(p, sk_expr_strings(p, L)); }
closed_pattern(R) ::= NONE|TRUE|FALSE(T).       { R = sk_pattern_singleton(p, T); }
closed_pattern(R) ::= dotted(E).                { R = sk_pattern_dotted(p, E); }
closed_pattern(R) ::= dotted(E) LPAR class_args(A) RPAR. { R = sk_pattern_class(p, E, A); }
closed_pattern(R) ::= LPAR(T) RPAR.             { R = sk_pattern_sequence(p, T, (SkPatternSeq){0}); }
closed_pattern(R) ::= LPAR(T) patterns(P) RPAR. { R = sk_pattern_group(p, T, P); }
closed_pattern(R) ::= LSQB(T) RSQB.             { R = sk_pattern_sequence(p, T, (SkPatternSeq){0}); }
closed_pattern(R) ::= LSQB(T) patterns(P) RSQB. { R = sk_pattern_list(p, T, P); }
closed_pattern(R) ::= LBRACE(T) map_pattern(M) RBRACE. { R = sk_pattern_mapping(p, T, M); }
%type number_pattern {SkExpr *}
number_pattern ::= signed.
number_pattern(R) ::= signed(A) PLUS|MINUS(O) NUMBER(N). { R = sk_pattern_complex(p, A, O, N); }
%type signed {SkExpr *}
signed(R) ::= NUMBER(N).                        { R = sk_expr_number(p, N); }
signed(R) ::= MINUS(O) NUMBER(N).               { R = sk_expr_unary(p, O, sk_expr_number(p, N)); }
%type class_args {SkClassPattern *}
class_args(R) ::= .                             { R = sk_class_args_new(p); }
class_args(R) ::= class_arg_list(A) opt_comma.  { R = A; }
%type class_arg_list {SkClassPattern *}
class_arg_list(R) ::= as_pattern(P).            { R = sk_class_args_push(p, sk_class_args_new(p), P); }
class_arg_list(R) ::= NAME(N) EQ as_pattern(P). { R = sk_class_args_named(p, sk_class_args_new(p), N, P); }
class_arg_list(R) ::= class_arg_list(A) COMMA as_pattern(P). { R = sk_class_args_push(p, A, P); }
class_arg_list(R) ::= class_arg_list(A) COMMA NAME(N) EQ as_pattern(P). { R = sk_class_args_named(p, A, N, P); }
%type map_pattern {SkMapPattern *}
map_pattern(R) ::= .                            { R = sk_map_pattern_new(p); }
map_pattern(R) ::= map_items(M) opt_comma.      { R = M; }
%type map_items {SkMapPattern *}
map_items(R) ::= map_key(K) COLON as_pattern(P). { R = sk_map_pattern_push(p, sk_map_pattern_new(p), K, P); }
map_items(R) ::= DSTAR(T) NAME(N).              { R = sk_map_pattern_rest(p, sk_map_pattern_new(p), T, N); }
map_items(R) ::= map_items(M) COMMA map_key(K) COLON as_pattern(P). { R = sk_map_pattern_push(p, M, K, P); }
map_items(R) ::= map_items(M) COMMA DSTAR(T) NAME(N). { R = sk_map_pattern_rest(p, M, T, N); }
%type map_key {SkExpr *}
map_key ::= number_pattern.
map_key(R) ::= strings(L).                      { R = sk_map_key(p, sk_expr_strings(p, L)); }
map_key(R) ::= NONE|TRUE|FALSE(T).              { R = sk_expr_keyword(p, T); }
map_key(R) ::= dotted(E).                       { R = sk_map_key(p, E); }

/* ---- expressions -------------------------------------------------------------------------- */

%type exprs {SkExpr *}
exprs ::= expr_or_star.
exprs(R) ::= expr_list(L) COMMA.                { R = sk_expr_bare_tuple(p, L); }
exprs(R) ::= expr_list(L) COMMA expr_or_star(E). { R = sk_expr_bare_tuple(p, sk_exprs_push(p, L, E)); }
%type expr_list {SkExprSeq}
expr_list(R) ::= expr_or_star(E).               { R = sk_exprs_one(p, E); }
expr_list(R) ::= expr_list(L) COMMA expr_or_star(E). { R = sk_exprs_push(p, L, E); }
%type expr_or_star {SkExpr *}
expr_or_star ::= expr.
expr_or_star ::= star.
%type star {SkExpr *}
star(R) ::= STAR(T) bitor(E).                   { R = sk_expr_starred(p, T, E); }

/* Targets of `for` and `del` stop short of `in`. */
%type targets {SkExpr *}
targets ::= target.
targets(R) ::= target_list(L) COMMA.            { R = sk_expr_bare_tuple(p, L); }
targets(R) ::= target_list(L) COMMA target(E).  { R = sk_expr_bare_tuple(p, sk_exprs_push(p, L, E)); }
%type target_list {SkExprSeq}
target_list(R) ::= target(E).                   { R = sk_exprs_one(p, E); }
target_list(R) ::= target_list(L) COMMA target(E). { R = sk_exprs_push(p, L, E); }
%type target {SkExpr *}
target ::= bitor.
target ::= star.

%type yield {SkExpr *}
yield(R) ::= YIELD(T).                          { R = sk_expr_yield(p, T, NULL); }
yield(R) ::= YIELD(T) exprs(E).                 { R = sk_expr_yield(p, T, E); }
yield(R) ::= YIELD(T) FROM expr(E).             { R = sk_expr_yield_from(p, T, E); }

%type named {SkExpr *}
named ::= expr.
named(R) ::= expr(A) WALRUS(T) expr(E).         { R = sk_expr_walrus(p, A, T, E); }

%type expr {SkExpr *}
expr ::= or_expr.
expr(R) ::= or_expr(A) IF or_expr(C) ELSE expr(B). { R = sk_expr_if(p, A, C, B); }
expr(R) ::= LAMBDA(T) lambda_params(A) COLON expr(E). { R = sk_expr_lambda(p, T, A, E); }

%type or_expr {SkExpr *}
or_expr ::= and_expr.
or_expr(R) ::= or_expr(A) OR and_expr(B).       { R = sk_expr_bool(p, SK_BOOLOP_Or, A, B); }
%type and_expr {SkExpr *}
and_expr ::= not_expr.
and_expr(R) ::= and_expr(A) AND not_expr(B).    { R = sk_expr_bool(p, SK_BOOLOP_And, A, B); }
%type not_expr {SkExpr *}
not_expr ::= comparison.
not_expr(R) ::= NOT(T) not_expr(E).             { R = sk_expr_unary(p, T, E); }

%type comparison {SkExpr *}
comparison ::= bitor.
comparison(R) ::= comparison(A) comp_op(O) bitor(B). { R = sk_expr_compare(p, A, O, B); }
%type comp_op {int}
comp_op(R) ::= LT|GT|LE|GE|EQEQ|NE|IN(T).       { R = sk_cmpop_of(p, T); }
comp_op(R) ::= IS.                              { R = SK_CMPOP_Is; }
comp_op(R) ::= NOT IN.                          { R = SK_CMPOP_NotIn; }
comp_op(R) ::= IS NOT.                          { R = SK_CMPOP_IsNot; }

%type bitor {SkExpr *}
bitor ::= bitxor.
bitor(R) ::= bitor(A) BAR(O) bitxor(B).         { R = sk_expr_binary(p, A, O, B); }
%type bitxor {SkExpr *}
bitxor ::= bitand.
bitxor(R) ::= bitxor(A) CARET(O) bitand(B).     { R = sk_expr_binary(p, A, O, B); }
%type bitand {SkExpr *}
bitand ::= shift.
bitand(R) ::= bitand(A) AMP(O) shift(B).        { R = sk_expr_binary(p, A, O, B); }
%type shift {SkExpr *}
shift ::= sum.
shift(R) ::= shift(A) LSHIFT|RSHIFT(O) sum(B).  { R = sk_expr_binary(p, A, O, B); }
%type sum {SkExpr *}
sum ::= term.
sum(R) ::= sum(A) PLUS|MINUS(O) term(B).        { R = sk_expr_binary(p, A, O, B); }
%type term {SkExpr *}
term ::= factor.
term(R) ::= term(A) STAR|SLASH|DSLASH|PERCENT|AT(O) factor(B). { R = sk_expr_binary(p, A, O, B); }
%type factor {SkExpr *}
factor ::= power.
factor(R) ::= PLUS|MINUS|TILDE(T) factor(E).    { R = sk_expr_unary(p, T, E); }
%type power {SkExpr *}
power ::= awaited.
power(R) ::= awaited(A) DSTAR(O) factor(B).     { R = sk_expr_binary(p, A, O, B); }
%type awaited {SkExpr *}
awaited ::= primary.
awaited(R) ::= AWAIT(T) primary(E).             { R = sk_expr_await(p, T, E); }

%type primary {SkExpr *}
primary ::= atom.
primary(R) ::= primary(A) DOT NAME(N).          { R = sk_expr_attribute(p, A, N); }
primary(R) ::= primary(A) LPAR args(L) RPAR.    { R = sk_expr_call(p, A, L); }
primary(R) ::= primary(A) LSQB subscripts(E) RSQB. { R = sk_expr_subscript(p, A, E); }

%type atom {SkExpr *}
atom(R) ::= NAME(T).                            { R = sk_expr_name(p, T); }
atom(R) ::= NUMBER(T).                          { R = sk_expr_number(p, T); }
atom(R) ::= NONE|TRUE|FALSE|ELLIPSIS(T).        { R = sk_expr_keyword(p, T); }
atom(R) ::= strings(L).                         { R = sk_expr_strings(p, L); }
atom(R) ::= LPAR(T) RPAR.                       { R = sk_expr_tuple(p, T, (SkExprSeq){0}); }
atom(R) ::= LPAR(T) yield(E) RPAR.              { R = sk_expr_group(p, T, E); }
atom(R) ::= LPAR(T) element(E) comp(C) RPAR.    { R = sk_expr_comp(p, SK_EXPR_GeneratorExp, T, E, C); }
atom(R) ::= LPAR(T) element(E) RPAR.            { R = sk_expr_group(p, T, E); }
atom(R) ::= LPAR(T) elements_many(L) RPAR.      { R = sk_expr_tuple(p, T, L); }
atom(R) ::= LSQB(T) RSQB.                       { R = sk_expr_list(p, T, (SkExprSeq){0}); }
atom(R) ::= LSQB(T) element(E) comp(C) RSQB.    { R = sk_expr_comp(p, SK_EXPR_ListComp, T, E, C); }
atom(R) ::= LSQB(T) element(E) RSQB.            { R = sk_expr_list(p, T, sk_exprs_one(p, E)); }
atom(R) ::= LSQB(T) elements_many(L) RSQB.      { R = sk_expr_list(p, T, L); }
atom(R) ::= LBRACE(T) RBRACE.                   { R = sk_expr_dict(p, T, (SkPairs){{0}, {0}}); }
atom(R) ::= LBRACE(T) element(E) comp(C) RBRACE. { R = sk_expr_comp(p, SK_EXPR_SetComp, T, E, C); }
atom(R) ::= LBRACE(T) element(E) RBRACE.        { R = sk_expr_set(p, T, sk_exprs_one(p, E)); }
atom(R) ::= LBRACE(T) elements_many(L) RBRACE.  { R = sk_expr_set(p, T, L); }
atom(R) ::= LBRACE(T) pair(A) comp(C) RBRACE.   { R = sk_expr_dict_comp(p, T, A, C); }
atom(R) ::= LBRACE(T) pairs(A) opt_comma RBRACE. { R = sk_expr_dict(p, T, A); }

/* `expr as target` is for the head of a parenthesised `with` alone. */
%type element {SkExpr *}
element ::= named.
element ::= star.
element(R) ::= expr(A) AS(T) bitor(E).          { R = sk_expr_as(p, A, T, E); }
%type elements_many {SkExprSeq}
elements_many(R) ::= elements(L) COMMA.         { R = L; }
elements_many(R) ::= elements(L) COMMA element(E). { R = sk_exprs_push(p, L, E); }
%type elements {SkExprSeq}
elements(R) ::= element(E).                     { R = sk_exprs_one(p, E); }
elements(R) ::= elements(L) COMMA element(E).   { R = sk_exprs_push(p, L, E); }
%type pair {SkPair}
pair(R) ::= expr(K) COLON expr(E).              { R = (SkPair){K, E, NULL}; }
pair(R) ::= DSTAR(T) bitor(E).                  { R = (SkPair){NULL, E, T}; }
%type pairs {SkPairs}
pairs(R) ::= pair(A).                           { R = sk_pairs_push(p, (SkPairs){{0}, {0}}, A); }
pairs(R) ::= pairs(L) COMMA pair(A).            { R = sk_pairs_push(p, L, A); }

%type comp {SkComprehensionSeq}
comp(R) ::= comp_for(F).                        { R = sk_comp_push(p, (SkComprehensionSeq){0}, F); }
comp(R) ::= comp(L) comp_for(F).                { R = sk_comp_push(p, L, F); }
comp(R) ::= comp(L) IF or_expr(E).              { R = sk_comp_if(p, L, E); }
%type comp_for {SkComprehension *}
comp_for(R) ::= FOR(T) targets(A) IN or_expr(E). { R = sk_comp_for(p, T, A, E, 0); }
comp_for(R) ::= ASYNC(T) FOR targets(A) IN or_expr(E). { R = sk_comp_for(p, T, A, E, 1); }

%type args {SkArgs *}
args(R) ::= .                                   { R = sk_args_new(p); }
args(R) ::= arg_list(L).                        { R = sk_args_end(p, L, false); }
args(R) ::= arg_list(L) COMMA.                  { R = sk_args_end(p, L, true); }
%type arg_list {SkArgs *}
arg_list(R) ::= arg(A).                         { R = sk_args_push(p, sk_args_new(p), A); }
arg_list(R) ::= arg_list(L) COMMA arg(A).       { R = sk_args_push(p, L, A); }
%type arg {SkItem}
arg(R) ::= named(E).                            { R = (SkItem){SK_ITEM_EXPR, E, NULL, NULL}; }
arg(R) ::= named(E) comp(C).                    { R = sk_arg_genexp(p, E, C); }
arg(R) ::= expr(A) EQ(T) expr(E).               { R = (SkItem){SK_ITEM_KEYWORD, A, E, T}; }
arg(R) ::= STAR(T) expr(E).                     { R = (SkItem){SK_ITEM_STAR, sk_expr_starred(p, T, E), NULL, T}; }
arg(R) ::= DSTAR(T) expr(E).                    { R = (SkItem){SK_ITEM_DSTAR, E, NULL, T}; }

%type subscripts {SkExpr *}
subscripts(R) ::= subscript(E).                 { R = sk_expr_subscript_one(p, E); }
subscripts(R) ::= subscript_list(L) COMMA.      { R = sk_expr_bare_tuple(p, L); }
subscripts(R) ::= subscript_list(L) COMMA subscript(E). { R = sk_expr_bare_tuple(p, sk_exprs_push(p, L, E)); }
%type subscript_list {SkExprSeq}
subscript_list(R) ::= subscript(E).             { R = sk_exprs_one(p, E); }
subscript_list(R) ::= subscript_list(L) COMMA subscript(E). { R = sk_exprs_push(p, L, E); }
%type subscript {SkExpr *}
subscript ::= named.
subscript ::= star.
subscript(R) ::= opt_expr(A) COLON(T) opt_expr(B). { R = sk_expr_slice(p, A, T, B, NULL); }
subscript(R) ::= opt_expr(A) COLON(T) opt_expr(B) COLON opt_expr(C). { R = sk_expr_slice(p, A, T, B, C); }
%type opt_expr {SkExpr *}
opt_expr(R) ::= .                               { R = NULL; }
opt_expr ::= expr.

/* ---- strings ------------------------------------------------------------------------------ */

%type strings {SkExprSeq}
strings(R) ::= string(E).                       { R = sk_exprs_one(p, E); }
strings(R) ::= strings(L) string(E).            { R = sk_exprs_push(p, L, E); }
%type string {SkExpr *}
string(R) ::= STRING(T).                        { R = sk_expr_string(p, T); }
string(R) ::= FSTART(T) fparts(L) FEND.         { R = sk_expr_fstring(p, T, L); }
%type fparts {SkExprSeq}
fparts(R) ::= .                                 { R = (SkExprSeq){0}; }
fparts(R) ::= fparts(L) FMIDDLE(T).             { R = sk_exprs_push(p, L, sk_expr_fmiddle(p, T)); }
fparts(R) ::= fparts(L) FLBRACE(T) rhs(E) opt_feq(Q) opt_conversion(C) opt_spec(S) FRBRACE(Z).
                                                { R = sk_fparts_field(p, L, (SkField){T, E, Q, C, S, Z}); }
%type opt_feq {const SkToken *}
opt_feq(R) ::= .                                { R = NULL; }
opt_feq(R) ::= FEQ(T).                          { R = T; }
%type opt_conversion {const SkToken *}
opt_conversion(R) ::= .                         { R = NULL; }
opt_conversion(R) ::= FBANG(T) NAME.            { R = T; }
%type opt_spec {SkExpr *}
opt_spec(R) ::= .                               { R = NULL; }
opt_spec(R) ::= FCOLON(T) fparts(L).            { R = sk_expr_fspec(p, T, L); }

/* ---- looking into the automaton ----------------------------------------------------------- */

%code {
#undef malloc
#undef realloc
#undef free

size_t sk_yy_size(void) { return sizeof(yyParser); }

/* The simulated stack: what is left of the real one, then at most 64 states
 * pushed since.  (64 reductions of empty rules in a row: there are none such.) */
bool sk_yy_accepts(const void *automaton, int token) {
  const yyParser *y = automaton;
  size_t base = (size_t)(y->yytos - y->yystack) + 1, n = 0;
  YYACTIONTYPE pushed[64];
  for (;;) {
    YYACTIONTYPE top = n ? pushed[n - 1] : y->yystack[base - 1].stateno;
    YYACTIONTYPE act = yy_find_shift_action((YYCODETYPE)token, top);
    if (act <= YY_MAX_SHIFTREDUCE || act == YY_ACCEPT_ACTION) return true;
    if (act == YY_ERROR_ACTION || act == YY_NO_ACTION) return false;
    unsigned rule = act - YY_MIN_REDUCE;
    for (int pop = -yyRuleInfoNRhs[rule]; pop > 0; pop--)
      if (n) n--;
      else base--;
    top = n ? pushed[n - 1] : y->yystack[base - 1].stateno;
    YYACTIONTYPE go = yy_find_reduce_action(top, yyRuleInfoLhs[rule]);
    if (go == YY_ACCEPT_ACTION) return true;
    if (n == 64) return false;
    pushed[n++] = go;
  }
}

}
