/* verify_type.c - what instructions want of their registers, and what they leave there.   Layer 3. */
#include "vm/bytecode/verify_impl.h"

#define KIND(k) ((Reg){REG_##k, 0})

static bool is_exc_or_nil(Reg r) { return r.kind == REG_EXC || r.kind == REG_NIL || r.kind == REG_EXC_OR_NIL; }

Reg reg_meet(Reg a, Reg b) {
  if (a.kind == b.kind && a.count == b.count) return a;
  if (a.kind == REG_NOTHING || b.kind == REG_NOTHING) return KIND(NOTHING);
  if (is_exc_or_nil(a) && is_exc_or_nil(b)) return KIND(EXC_OR_NIL);
  if ((a.kind == REG_TUPLE || a.kind == REG_CELLS) && (b.kind == REG_TUPLE || b.kind == REG_CELLS)) return KIND(TUPLE);
  return reg_is_value(a) && reg_is_value(b) ? KIND(VALUE) : KIND(MAYBE);
}

/* ---- reading ---- */

static const SkCode *func_code(const SkCode *code, const SkInsn *i) { return code->consts[i->b | (uint32_t)i->c << 16].code; }

/* The handled exception is saved and put back in one kind of frame. */
static bool in_generator(const SkCode *code) {
  return (code->flags & (SK_CODE_GENERATOR | SK_CODE_COROUTINE | SK_CODE_ASYNC_GENERATOR)) != 0;
}

static bool can_be_handled(const SkCode *code, Reg r) {
  return is_exc_or_nil(r) || r.kind == (in_generator(code) ? REG_HANDLED_GEN : REG_HANDLED);
}

static bool sets_part(const SkInsn *i, const Reg *r) {
  Reg f = r[i->a], v = r[i->b];
  if (f.kind != REG_FUNC) return false;
  switch (i->c) {
    case 0: return v.kind == REG_TUPLE;
    case 1: return v.kind == REG_DICT;
    case 3: return f.count && v.kind == REG_CELLS && v.count == f.count;
    default: return true;
  }
}

static bool all_are(const Reg *r, uint32_t n, RegKind kind) {
  for (uint32_t i = 0; i < n; i++)
    if (r[i].kind != kind) return false;
  return true;
}

/* Beyond being values. */
static bool fits(const SkCode *code, const SkInsn *i, const Reg *r) {
  switch (i->op) {
    case SK_OP_GETCELL: case SK_OP_NAMECELL: return r[i->b].kind == REG_CELL;
    case SK_OP_SETCELL: case SK_OP_DELCELL: return r[i->a].kind == REG_CELL;
    case SK_OP_LISTAPPEND: case SK_OP_LISTEXTEND: return r[i->a].kind == REG_LIST;
    case SK_OP_LISTTUPLE: return r[i->b].kind == REG_LIST;
    case SK_OP_SETADD: case SK_OP_SETUPDATE: return r[i->a].kind == REG_SET;
    case SK_OP_DICTSET: case SK_OP_DICTUPDATE: case SK_OP_DICTMERGE: return r[i->a].kind == REG_DICT;
    case SK_OP_MATCHKEYS: case SK_OP_MATCHREST: return r[i->c].kind == REG_TUPLE || r[i->c].kind == REG_CELLS;
    case SK_OP_FORMAT: return r[i->c].kind == REG_STR;
    case SK_OP_BUILDSTR: return all_are(r + i->b, i->c, REG_STR);
    case SK_OP_CALLX: return r[i->a + 4].kind == REG_DICT || r[i->a + 4].kind == REG_NIL;
    case SK_OP_SETFUNC: return sets_part(i, r);
    case SK_OP_RERAISE: case SK_OP_ENDAFOR: case SK_OP_JNOTEXC: case SK_OP_PUSHEXC: return r[i->a].kind == REG_EXC;
    case SK_OP_EGENTER: return r[i->b].kind == REG_EXC;
    case SK_OP_EGCOLLECT: return r[i->a + 1].kind == REG_LIST && r[i->b].kind == REG_EXC;
    case SK_OP_EGMATCH: return is_exc_or_nil(r[i->a]);
    case SK_OP_EGFINISH: return is_exc_or_nil(r[i->a]) && r[i->a + 1].kind == REG_LIST && r[i->a + 2].kind == REG_EXC;
    case SK_OP_WITHEXIT: return is_exc_or_nil(r[i->b]);
    case SK_OP_POPEXC: return can_be_handled(code, r[i->a]);
    default: return true;
  }
}

/* Whether register |n| may be UNSET when |i| reads it. */
static bool takes_unset(const SkInsn *i, uint32_t n) {
  switch (i->op) {
    case SK_OP_MOVE: case SK_OP_MOVE2: case SK_OP_CHECK: case SK_OP_CHECKDEL: case SK_OP_NEWCELL: case SK_OP_POPEXC: return true;
    case SK_OP_CALLMETHOD: return n == i->a + 3u;
    default: return false;
  }
}

static const char *reads(const SkCode *code, const SkInsn *i, const SkEffects *e, const Reg *regs) {
  for (unsigned n = 0; n < e->nreads; n++) {
    for (uint32_t r = e->reads[n].first; r < e->reads[n].first + e->reads[n].count; r++) {
      if (regs[r].kind == REG_NOTHING) return "register read before it is written";
      if (!reg_is_value(regs[r]) && !takes_unset(i, r)) return "register read that may be unset";
    }
  }
  return fits(code, i, regs) ? NULL : "register holds the wrong kind of value";
}

/* ---- writing ---- */

static Reg of_const(const SkCode *code, uint32_t k) {
  switch (code->consts[k].kind) {
    case SK_K_NONE: return KIND(NIL);
    case SK_K_STR: return KIND(STR);
    case SK_K_TUPLE: return KIND(TUPLE);
    default: return KIND(VALUE);
  }
}

static Reg tuple_of(const Reg *r, uint32_t n) { return n && all_are(r, n, REG_CELL) ? (Reg){REG_CELLS, (uint16_t)n} : KIND(TUPLE); }

/* What register a gets from instructions that give it something better than a value. */
static Reg result(const SkCode *code, const SkInsn *i, const Reg *r) {
  switch (i->op) {
    case SK_OP_LOADK: return of_const(code, i->b);
    case SK_OP_LOADKX: return of_const(code, (uint32_t)i[1].imm);
    case SK_OP_MOVE: case SK_OP_MOVE2: return r[i->b];
    case SK_OP_CHECK: return reg_is_value(r[i->a]) ? r[i->a] : KIND(VALUE);
    case SK_OP_UNSET: case SK_OP_UNSETN: case SK_OP_CHECKDEL: return KIND(MAYBE);
    case SK_OP_NEWCELL: case SK_OP_COPYFREE: return KIND(CELL);
    case SK_OP_LIST: case SK_OP_LISTCONST: return KIND(LIST);
    case SK_OP_SET: return KIND(SET);
    case SK_OP_DICT: case SK_OP_DICTKEYS: case SK_OP_MATCHREST: return KIND(DICT);
    case SK_OP_TUPLE: return tuple_of(r + i->b, i->c);
    case SK_OP_LISTTUPLE: return KIND(TUPLE);
    case SK_OP_FUNC: return (Reg){REG_FUNC, func_code(code, i)->nfree};
    case SK_OP_FORMAT: case SK_OP_FORMATS: case SK_OP_CONVERT: case SK_OP_BUILDSTR: return KIND(STR);
    case SK_OP_EGENTER: return KIND(EXC);
    case SK_OP_EGMATCH: return KIND(EXC_OR_NIL);
    case SK_OP_INTRINSIC: return i->c == SK_INTRINSIC_STOPITER_ERROR ? KIND(EXC) : KIND(VALUE);
    default: return KIND(VALUE);
  }
}

/* Registers other than a whose new contents are no plain values. */
static void more_results(const SkCode *code, const SkInsn *i, Reg second, Reg *r) {
  switch (i->op) {
    case SK_OP_MOVE2: r[i->a + 1] = second; break;
    case SK_OP_GETMETHOD: r[i->c + 3] = KIND(MAYBE); break;
    case SK_OP_PUSHEXC: r[i->b] = in_generator(code) ? KIND(HANDLED_GEN) : KIND(HANDLED); break;
    case SK_OP_EGENTER: r[i->a + 1] = KIND(LIST); break;
    case SK_OP_EGMATCH: r[i->c] = KIND(EXC_OR_NIL); break;
    case SK_OP_EGFINISH: r[i->b] = KIND(EXC_OR_NIL); break;
    default: break;
  }
}

const char *reg_step(const SkCode *code, const SkInsn *i, const SkEffects *e, Reg *regs) {
  const char *why = reads(code, i, e, regs);
  if (why) return why;
  Reg first = result(code, i, regs), second = i->op == SK_OP_MOVE2 ? regs[i->b + 1] : KIND(VALUE);
  for (uint32_t r = e->clobbers; r < code->nregs; r++) regs[r] = KIND(NOTHING);
  for (unsigned n = 0; n < e->nwrites; n++)
    for (uint32_t r = e->writes[n].first; r < e->writes[n].first + e->writes[n].count; r++) regs[r] = first;
  /* A range that feeds a GETITER straight from its call is never made: the register keeps what it had. */
  if (i->op == SK_OP_GETITER && i->b >= code->nlocals + code->nfree && i->b != i->c) regs[i->b] = KIND(NOTHING);
  more_results(code, i, second, regs);
  return NULL;
}
