/* compile_impl.h - shared by the files of this package.               Layer 4.
 *
 * A Unit is one frame under construction (module, function, class body).  Its registers are the
 * scope's locals and closure cells, then a stack of temporaries: |top| is the first free one.
 * Whoever takes temporaries resets top; a statement leaves it as it was.
 *
 * Errors go to the SkDiag, which keeps the first; compiling goes on and what it makes is thrown away.
 *
 * Definite assignment: |defined| has a bit per local that is certainly bound here.  Reads of others
 * get a CHECK.  At loop heads and handlers, names that can become unbound again (del, except .. as)
 * count as unbound, so one pass is enough.
 */
#ifndef SK_COMPILE_IMPL_H
#define SK_COMPILE_IMPL_H

#include "vm/bytecode/assemble.h"
#include "vm/compile/compile.h"
#include "vm/symbols/symbols.h"

typedef uint32_t Reg;
enum { NO_REG = 0xffffffffu, MAX_REGS = 0xfff0, MAX_BLOCKS = 21 };

typedef struct Label {
  SkLabel l;
  uint64_t *state; /* what is bound on every path that jumps here; NULL: none yet */
} Label;

typedef enum BlockKind {
  BLOCK_LOOP,
  BLOCK_TRY,         /* only a protected range */
  BLOCK_FINALLY,     /* leaving runs |body| */
  BLOCK_HANDLER,     /* leaving restores the handled exception from |reg| */
  BLOCK_NAME,        /* leaving unbinds |name| */
  BLOCK_WITH,        /* leaving calls the __exit__ in |reg| */
  BLOCK_ASYNC_WITH,
  BLOCK_ASYNC_FOR,   /* leaving closes the async generator in |reg| if it is the loop's own */
  BLOCK_STAR         /* clause of except*: return, break, continue become pending */
} BlockKind;

/* What the clauses of one except* have pending: |which| holds 0, or 1 return, 2 break, 3 continue. */
typedef struct Pending {
  Reg which, value;
  bool has[4];
  Label *next; /* end of the clause being compiled */
} Pending;

typedef struct Block {
  BlockKind kind;
  struct Block *outer;
  Label *on_break, *on_continue;
  bool pending_exc;       /* HANDLER of a finally or with: what it handles goes on unless it is swallowed */
  bool is_protected;      /* exceptions from |start| on go to |handler|, into |exc| */
  uint32_t start;
  SkLabel handler;
  Reg exc, reg;
  uint64_t *entry;        /* state at the start, for the handler */
  const SkStmtSeq *body;
  SkName *name;
  Pending *pending;
  SkRange range;
} Block;

typedef struct Unit {
  struct Unit *outer;
  SkAsm as;
  SkScope *scope;         /* the frame's */
  SkScope *names;         /* where names are looked up: scope, or a comprehension inside it */
  Block *block;
  unsigned depth;         /* statically nested blocks */
  Reg top, nregs;
  uint32_t words;         /* of a state */
  uint64_t *defined, *killable;
  SkText name, qualname;
  uint32_t flags;
  int first_line;
  int32_t doc;
  bool generator, async;  /* yields; async def (or async generator expression) */
  SkName **attrs;         /* class: names assigned through self */
  uint32_t nattrs, attrs_room;
  SkRange last;           /* of the last statement, for the return at the end */
} Unit;

typedef struct Compiler {
  SkArena *arena;
  SkDiag *diag;
  SkSymbols *symbols;
  SkNames *names;
  const char *filename;
  SkCompileOptions opts;
  bool future_annotations, interactive;
  unsigned future;
  uint32_t future_line;   /* of the last future import */
  Unit *u;
  SkCode **codes;         /* finished, not yet owned by an outer code: freed on failure */
  uint32_t ncodes, codes_room;
} Compiler;

typedef Compiler C;

#define COMPILE_ERROR(c, range, ...) ((void)sk_diag_error((c)->diag, (range), SK_DIAG_SYNTAX, __VA_ARGS__))

/* emit.c: registers, instructions, labels, states */
Reg tmp(C *c);
Reg tmps(C *c, unsigned n); /* the first of n in a row */
SkInsn *emit(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Reg rc);
void emit_move(C *c, SkRange pos, Reg dst, Reg src);
void emit_const(C *c, SkRange pos, Reg dst, uint32_t k);
void emit_none(C *c, SkRange pos, Reg dst);
void emit_int(C *c, SkRange pos, Reg dst, int64_t i);
void emit_str(C *c, SkRange pos, Reg dst, SkName *text);
uint32_t name_index(C *c, const SkName *name);
uint32_t none_const(C *c);
Label label_new(C *c);
void label_place(C *c, Label *l);
void label_head(C *c, Label *l); /* of a loop: jumps back to it follow */
void jump(C *c, SkRange pos, Label *l);
void jump_if(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Label *l);
/* The instruction's own jump: FORITER, SEND. */
void jump_word(C *c, SkRange pos, SkOp op, Reg ra, Reg rb, Reg rc, Label *l);
uint64_t *state_copy(C *c);
bool state_has(const C *c, Reg r);
void state_set(C *c, Reg r);
void state_clear(C *c, Reg r);
static inline bool is_dead(const C *c) { return c->u->as.dead; }

/* block.c: protected ranges, leaving blocks */
void block_push(C *c, Block *b, BlockKind kind, SkRange range);
void block_protect(C *c, Block *b, Reg exc);     /* from here on */
void block_pop(C *c, Block *b);                  /* ends the range */
void block_handler(C *c, Block *b);              /* places the handler; dead code if nothing gets there */
unsigned exc_mode(const C *c, bool pending);     /* the c of PUSHEXC, POPEXC */
void block_enter(C *c, Block *b, BlockKind kind, SkRange range); /* counts statically nested blocks */
void block_leave(C *c, Block *b);
void leave_loop(C *c, const SkStmt *s, bool is_break);
void leave_function(C *c, const SkStmt *s);
void pending_dispatch(C *c, Pending *p, SkRange pos);

/* unit.c: frames */
void unit_open(C *c, Unit *u, SkScope *scope, SkText name, SkRange range);
uint32_t unit_close(C *c, Unit *u);              /* its constant index in the unit around it */
SkCode *unit_finish(C *c, Unit *u);
SkScope *scope_of(C *c, uint32_t mark);
SkText text_of(const SkName *n);
SkText text_z(const char *s);

/* name.c */
typedef enum NameKind { NAME_REG, NAME_CELL, NAME_GLOBAL, NAME_SPACE, NAME_SPACE_CELL, NAME_SPACE_GLOBAL } NameKind;
typedef struct NameRef { NameKind kind; Reg reg; SkSymbol *sym; SkName *name; } NameRef;
NameRef name_ref(C *c, SkName *name);            /* mangles */
void name_load(C *c, SkName *name, SkRange pos, Reg dst);
void name_store(C *c, SkName *name, SkRange pos, Reg src);
void name_delete(C *c, SkName *name, SkRange pos);
void name_check(C *c, NameRef r, SkRange pos);   /* CHECK unless it is certainly bound */
bool name_forbidden(C *c, SkName *name, SkRange pos, SkExprContext ctx);
SkName *mangled(C *c, SkName *name);
/* The register holding a variable's cell, for a closure of |scope| (a child frame). */
Reg cell_reg(C *c, SkName *name);

/* fold.c */
void fold(C *c, SkExpr *e);
bool fold_percent(C *c, SkExpr *e);               /* percent.c: made it an f-string */
bool is_const(C *c, SkExpr *e);                  /* folds; a constant or tuple of constants */
uint32_t const_index(C *c, SkExpr *e);           /* is_const(e) */
bool const_small(C *c, SkExpr *e, uint32_t *k);  /* constant that fits a K operand */
int const_truth(C *c, SkExpr *e);                /* 1, 0, or -1: not known */
bool is_none(const SkExpr *e);
SkText decimal_text(SkArena *arena, const SkConst *k, bool negative);
SkExpr *const_new(C *c, SkConst value, SkRange range);

/* expr.c */
void expr_to(C *c, SkExpr *e, Reg dst);
Reg expr_reg(C *c, SkExpr *e);                   /* a register that holds it: its own, or a new temporary */
Reg expr_tmp(C *c, SkExpr *e);                   /* always a new temporary */
void expr_effect(C *c, SkExpr *e);
bool expr_writes_last(C *c, SkExpr *e);          /* dst may be a local: written by the last instruction only */
bool expr_is_pure(C *c, SkExpr *e);              /* no effect, cannot fail */
void cond(C *c, SkExpr *e, Label *to, bool sense); /* jumps if truth is |sense| */
void emit_binary(C *c, SkRange pos, SkOperator op, bool in_place, Reg dst, Reg left, SkExpr *right);
void subscript_key(C *c, SkExpr *slice, Reg *first, bool *two);
SkRange attr_range(SkExpr *e, SkRange pos);
void attr_load(C *c, SkExpr *e, Reg obj, Reg dst);
/* call.c */
void call_to(C *c, SkExpr *e, Reg dst);
/* The window's callee is in place: evaluates the arguments after |extra| given ones and calls. */
void call_args(C *c, SkRange pos, Reg base, unsigned extra, const SkExprSeq *args, const SkKeywordSeq *keywords, Reg dst);
void check_subscript(C *c, SkExpr *e);
/* display.c */
void list_to(C *c, SkExprSeq *elts, SkRange pos, Reg dst);
void tuple_to(C *c, SkExprSeq *elts, SkRange pos, Reg dst);
void set_to(C *c, SkExprSeq *elts, SkRange pos, Reg dst);
void dict_to(C *c, SkExpr *e, Reg dst);
void joined_to(C *c, SkExpr *e, Reg dst);
void formatted_to(C *c, SkExpr *e, Reg dst);
/* comp.c */
void comp_to(C *c, SkExpr *e, Reg dst);
/* await.c */
void await_to(C *c, SkExpr *e, Reg dst);
void yield_to(C *c, SkExpr *e, Reg dst);
/* SEND loop: it = iterator, result to dst. */
void emit_delegate(C *c, SkRange pos, Reg it, Reg dst);
void emit_await(C *c, SkRange pos, unsigned kind, Reg value, Reg dst);

/* assign.c */
void store(C *c, SkExpr *target, Reg src);
void assign(C *c, SkStmt *s);
void aug_assign(C *c, SkStmt *s);
void ann_assign(C *c, SkStmt *s);
void delete_target(C *c, SkExpr *target);
void annotation_to(C *c, SkExpr *e, Reg dst);
/* stmt.c, loop.c, try.c, star.c, with.c, match.c, import.c */
void stmts(C *c, const SkStmtSeq *seq);
void stmt(C *c, SkStmt *s);
void for_stmt(C *c, SkStmt *s);
void async_for_stmt(C *c, SkStmt *s);
/* The block around a loop whose iterable is a call: its errors come in |exc|; then what follows its handler, and
 * what a break or return does (|exc| NO_REG). */
void async_for_own(C *c, Block *owner, SkRange pos, Reg it, Reg exc);
void async_for_failed(C *c, Block *owner);
void async_for_close(C *c, SkRange pos, Reg it, Reg exc);
void while_stmt(C *c, SkStmt *s);
void try_stmt(C *c, SkStmt *s);
void try_star(C *c, SkStmt *s);
void unbind_name(C *c, SkName *name, SkRange pos);
void handler_body(C *c, SkExceptHandler *h, Reg exc); /* binds the name, runs the body, unbinds */
void with_stmt(C *c, SkStmt *s, size_t item);
void match_stmt(C *c, SkStmt *s);
bool is_future_import(const SkStmt *s);
void import_stmt(C *c, SkStmt *s);
void import_from_stmt(C *c, SkStmt *s);
/* func.c */
void func_stmt(C *c, SkStmt *s);
void lambda_to(C *c, SkExpr *e, Reg dst);
Reg decorators(C *c, const SkExprSeq *list);     /* evaluates them; the decorated object goes to the result */
void decorate(C *c, const SkExprSeq *list, Reg object);
void emit_function(C *c, SkRange pos, Reg dst, uint32_t code, SkScope *scope); /* with its closure */
bool docstring_of(C *c, const SkStmtSeq *body, SkText *out);
SkRange decorated_range(const SkStmt *s, const SkExprSeq *list);
/* class.c */
void class_stmt(C *c, SkStmt *s);
/* types.c */
void type_alias_stmt(C *c, SkStmt *s);
typedef void (*GenericBody)(C *c, SkStmt *s, SkScope *inner, Reg params, Reg dst);
/* The result of |body|, compiled inside a function that makes the type parameters, called at once. */
void generic_to(C *c, SkStmt *s, const SkTypeParamSeq *params, SkName *name, GenericBody body, Reg dst);

#endif
