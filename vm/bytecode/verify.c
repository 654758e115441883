/* verify.c - proves that code can run without checks.                 Layer 3.
 *
 * First the shape: known instructions, operands in range, jumps to instructions, handlers nested,
 * constants well founded.  Then the flow (verify_flow.c): what every register holds on every path.
 * Code that passes cannot make the interpreter touch what is not its own, nor keep it from its polls: every circle
 * goes through a jump that polls, because all else (handlers, the ends of loops) leads forward.
 */
#include <stdlib.h>
#include <string.h>

#include "vm/bytecode/verify_impl.h"

static const char *bad(Verify *v, uint32_t at, const char *text) {
  v->at = at;
  return text;
}

static bool is_start(const Verify *v, int64_t at) {
  return at >= 0 && at < v->code->ninsns && (v->marks[at] & MARK_START);
}

static bool is_generator(const SkCode *code) {
  return (code->flags & (SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR)) != 0;
}

static bool is_body(const SkCode *code) { return (code->flags & (SK_CODE_CLASS_BODY | SK_CODE_MODULE_BODY)) != 0; }

static uint32_t variables(const SkCode *code) { return (uint32_t)code->nlocals + code->nfree; }

/* ---- instructions ---- */

static const char *verify_walk(Verify *v) {
  const SkCode *code = v->code;
  uint32_t at = 0, last = 0;
  if (code->ninsns == 0) return bad(v, 0, "no code");
  if (code->ninsns > INT32_MAX / 8) return bad(v, 0, "too much code");
  while (at < code->ninsns) {
    unsigned op = code->insns[at].op;
    if (op >= SK_OP_CONT) return bad(v, at, "unknown instruction");
    if (at + sk_op_info[op].words > code->ninsns) return bad(v, at, "instruction cut off");
    v->marks[at] = MARK_START;
    last = at;
    at += sk_op_info[op].words;
  }
  if (sk_op_falls_through((SkOp)code->insns[last].op)) return bad(v, last, "falls off the end");
  return NULL;
}

static const char *verify_operand(Verify *v, uint32_t at, unsigned kind, uint32_t x) {
  const SkCode *code = v->code;
  switch (kind) {
    case SK_OPERAND_W: case SK_OPERAND_R: case SK_OPERAND_RW:
      return x < code->nregs ? NULL : bad(v, at, "register out of range");
    case SK_OPERAND_K: return x < code->nconsts ? NULL : bad(v, at, "constant out of range");
    case SK_OPERAND_N: return x < code->nnames ? NULL : bad(v, at, "name out of range");
    default: return NULL;
  }
}

static bool is_const_kind(const SkCode *code, int64_t k, SkCodeConstKind kind) {
  return k >= 0 && k < code->nconsts && code->consts[k].kind == kind;
}

/* A tuple of texts that are all different: names of arguments. */
static bool is_names(const SkCode *code, int64_t k) {
  enum { COMPARE_MOST = 300 }; /* past that nobody looks */
  if (!is_const_kind(code, k, SK_K_TUPLE)) return false;
  const SkCodeConst *t = &code->consts[k];
  if (t->count > COMPARE_MOST) return false;
  for (size_t i = 0; i < t->count; i++) {
    const SkCodeConst *x = &code->consts[t->items[i]];
    if (x->kind != SK_K_STR) return false;
    for (size_t j = 0; j < i; j++) {
      const SkCodeConst *y = &code->consts[t->items[j]];
      if (x->length == y->length && !memcmp(x->text, y->text, x->length)) return false;
    }
  }
  return true;
}

static bool is_function(const SkCode *code, uint32_t k) {
  return is_const_kind(code, k, SK_K_CODE) && !(code->consts[k].code->flags & SK_CODE_MODULE_BODY);
}

/* YIELD of a delegation stands between its SEND and the jump back to it. */
static bool is_yield(const Verify *v, uint32_t at, const SkInsn *i) {
  const SkCode *code = v->code;
  if (!i->c) return (code->flags & SK_CODE_GENERATOR) != 0;
  return is_generator(code) && at >= 3 && is_start(v, at - 3) && i[-3].op == SK_OP_SEND && at + 1 < code->ninsns &&
         i[1].op == SK_OP_JMP && sk_insn_jump32(i + 1) == -4;
}

static const char *verify_immediate(Verify *v, uint32_t at, const SkInsn *i) {
  const SkCode *code = v->code;
  bool ok = true;
  switch (i->op) {
    case SK_OP_LOADKX: ok = i[1].imm >= 0 && i[1].imm < code->nconsts; break;
    case SK_OP_NAMECELL: ok = i[1].imm >= 0 && i[1].imm < code->nnames && i->b < variables(code); break;
    case SK_OP_CHECK: case SK_OP_CHECKDEL: case SK_OP_DELCELL: ok = i->a < variables(code); break;
    case SK_OP_GETCELL: ok = i->b < variables(code); break;
    case SK_OP_CALLM: ok = i[1].method.name < code->nnames && i->b >= 1 && i->a >= variables(code); break;
    case SK_OP_CALLMETHOD: ok = i->b >= 1 && i->a >= variables(code); break;
    case SK_OP_CALL: case SK_OP_CALLX: ok = i->a >= variables(code); break;
    case SK_OP_CALLKW: ok = is_names(code, i[1].imm) && i->a >= variables(code); break;
    case SK_OP_DICTKEYS: ok = is_const_kind(code, i->c, SK_K_TUPLE); break;
    case SK_OP_LISTCONST: ok = is_const_kind(code, i->b, SK_K_TUPLE); break;
    case SK_OP_MATCHCLASS: ok = is_names(code, (int64_t)(i[1].w >> 32)); break;
    case SK_OP_FUNC: ok = is_function(code, i->b | (uint32_t)i->c << 16); break;
    case SK_OP_UNPACKX: ok = i[1].imm >= 0 && i[1].imm < 0x10000; break;
    case SK_OP_INTRINSIC: ok = i->c < SK_INTRINSIC_COUNT; break;
    case SK_OP_COPYFREE: ok = i->b <= code->nfree; break;
    case SK_OP_SETFUNC: ok = i->c <= 4; break;
    case SK_OP_CONVERT: ok = i->c <= 2; break;
    case SK_OP_AWAITABLE: ok = i->a <= 2; break;
    case SK_OP_PUSHEXC: case SK_OP_POPEXC: ok = i->c <= 3 && (i->c & 1) == is_generator(code); break;
    case SK_OP_AYIELD: ok = (code->flags & SK_CODE_ASYNC_GENERATOR) != 0; break;
    case SK_OP_FORITER: case SK_OP_SEND: ok = i[1].imm > 0 && i[1].imm < code->ninsns; break;
    case SK_OP_YIELD: ok = is_yield(v, at, i); break;
    default: break;
  }
  return ok ? NULL : bad(v, at, "bad immediate operand");
}

static bool in_range(const Verify *v, const SkRegRun *run) {
  return !run->count || run->first + (uint64_t)run->count <= v->code->nregs;
}

static const char *verify_runs(Verify *v, uint32_t at, const SkInsn *i) {
  SkEffects e;
  sk_effects(v->code, i, &e);
  for (unsigned n = 0; n < e.nreads; n++)
    if (!in_range(v, &e.reads[n])) return bad(v, at, "run of registers out of range");
  for (unsigned n = 0; n < e.nwrites; n++) {
    if (!in_range(v, &e.writes[n])) return bad(v, at, "run of registers out of range");
    if (is_body(v->code) && e.writes[n].count && e.writes[n].first == 0) return bad(v, at, "a body's namespace is replaced");
  }
  if (e.clobbers != ~0u && e.clobbers + 3u > v->code->nregs) return bad(v, at, "window out of range");
  return NULL;
}

static const char *verify_insns(Verify *v) {
  const SkCode *code = v->code;
  for (uint32_t at = 0; at < code->ninsns; at += sk_op_info[code->insns[at].op].words) {
    const SkInsn *i = &code->insns[at];
    const SkOpInfo *info = &sk_op_info[i->op];
    const char *why = verify_operand(v, at, info->a, i->a);
    if (!why && !(i->op == SK_OP_TUPLE || i->op == SK_OP_LIST || i->op == SK_OP_SET || i->op == SK_OP_DICT ||
                  i->op == SK_OP_DICTKEYS))
      why = verify_operand(v, at, info->b, i->b); /* an empty run may start one past the end */
    if (!why) why = verify_operand(v, at, info->c, i->c);
    if (!why) why = verify_immediate(v, at, i);
    if (!why) why = verify_runs(v, at, i);
    int64_t d;
    if (!why && sk_insn_target(i, &d)) {
      if (!is_start(v, at + d)) why = bad(v, at, "jump between instructions");
      else if (d <= 0 && !sk_op_polls(i->op)) why = bad(v, at, "jump back that does not poll");
      else v->marks[at + d] |= MARK_TARGET;
    }
    if (why) return why;
  }
  return NULL;
}

/* ---- handlers ---- */

static uint32_t outermost(uint32_t *outer, uint32_t h) {
  while (outer[h] != h) {
    outer[h] = outer[outer[h]];
    h = outer[h];
  }
  return h;
}

/* Words of handler |n| that no inner one has are its own; inner ones must lie in it whole.  |outer|: of each handler
 * so far the one around it, or itself.  Each is stepped over once, so this takes no longer than the code is. */
static bool nest(Verify *v, uint32_t *outer, uint32_t n) {
  const SkHandler *all = v->code->handlers, *h = &all[n];
  outer[n] = n;
  for (uint32_t at = h->start; at < h->end;) {
    if (!v->guard[at]) {
      v->guard[at++] = n + 1;
      continue;
    }
    uint32_t inner = outermost(outer, v->guard[at] - 1);
    if (all[inner].start < h->start || all[inner].end > h->end) return false;
    outer[inner] = n;
    at = all[inner].end;
  }
  return true;
}

static const char *verify_handlers(Verify *v) {
  const SkCode *code = v->code;
  uint32_t *outer = malloc((code->nhandlers + (size_t)1) * sizeof *outer);
  const char *why = outer ? NULL : "out of memory";
  for (uint32_t n = 0; n < code->nhandlers && !why; n++) {
    const SkHandler *h = &code->handlers[n];
    if (h->start >= h->end || !is_start(v, h->start) || (h->end != code->ninsns && !is_start(v, h->end)))
      why = bad(v, n, "bad handler range");
    else if (!is_start(v, h->target) || h->target < h->end || h->reg >= code->nregs || (is_body(code) && !h->reg))
      why = bad(v, h->start, "bad handler");
    else if (!nest(v, outer, n)) why = bad(v, h->start, "handlers not nested");
    else v->marks[h->target] |= MARK_TARGET;
  }
  free(outer);
  return why;
}

/* ---- everything else ---- */

/* How large and how deep a constant is when its members are counted each time they occur. */
static const char *verify_consts(Verify *v) {
  enum { MOST_DEPTH = 250, MOST_WEIGHT = 1 << 24 };
  typedef struct Size { uint32_t weight, depth; } Size;
  const SkCode *code = v->code;
  Size *size = malloc((code->nconsts + (size_t)1) * sizeof *size);
  const char *why = size ? NULL : "out of memory";
  for (uint32_t k = 0; k < code->nconsts && !why; k++) {
    const SkCodeConst *x = &code->consts[k];
    bool has_items = x->kind == SK_K_TUPLE || x->kind == SK_K_FROZENSET;
    uint64_t weight = 1, depth = 0;
    for (size_t n = 0; has_items && n < x->count && !why; n++) {
      uint32_t item = x->items[n];
      if (item >= k) {
        why = bad(v, k, "constant holds a later one");
        continue;
      }
      weight += size[item].weight;
      if (size[item].depth >= depth) depth = size[item].depth + 1;
    }
    if (weight > MOST_WEIGHT || depth > MOST_DEPTH) why = bad(v, k, "constant too large");
    size[k] = (Size){(uint32_t)weight, (uint32_t)depth};
  }
  free(size);
  return why;
}

static const char *verify_head(Verify *v) {
  const SkCode *code = v->code;
  uint32_t nature = code->flags & (SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR);
  if (sk_code_params(code) > code->nlocals || code->posonly > code->argcount) return bad(v, 0, "bad parameter counts");
  if (variables(code) > code->nregs) return bad(v, 0, "locals past the registers");
  if (code->doc < -1 || code->doc >= (int64_t)code->nconsts) return bad(v, 0, "bad docstring");
  if (nature & (nature - 1)) return bad(v, 0, "more than one kind of generator");
  if (is_body(code)) {
    bool both = (code->flags & SK_CODE_CLASS_BODY) && (code->flags & SK_CODE_MODULE_BODY);
    bool plain = !nature || (nature == SK_CODE_COROUTINE && (code->flags & SK_CODE_MODULE_BODY));
    if (both || !plain || code->argcount || code->kwonly || (code->flags & (SK_CODE_VARARGS | SK_CODE_VARKEYWORDS)))
      return bad(v, 0, "bad body");
    if ((code->flags & SK_CODE_MODULE_BODY) && code->nfree) return bad(v, 0, "a module is no closure");
  }
  return verify_consts(v);
}

const char *sk_code_verify(const SkCode *code, uint32_t *at) {
  Verify v = {.code = code, .marks = calloc(code->ninsns + (size_t)1, 1), .guard = calloc(code->ninsns + (size_t)1, sizeof *v.guard)};
  const char *why = v.marks && v.guard ? verify_head(&v) : "out of memory";
  if (!why) why = verify_walk(&v);
  if (!why) why = verify_insns(&v);
  if (!why) why = verify_handlers(&v);
  if (!why) why = verify_flow(&v);
  free(v.marks);
  free(v.guard);
  if (at) *at = v.at;
  return why;
}
