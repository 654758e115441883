/* disasm.c - code as text, for people and golden tests.               Layer 3.
 *
 *   code fib(n): 1 args, 1 locals, 0 free, 6 registers
 *     2     0  JNLTK     n, 2 -> 2          line, word, operation, operands
 *
 * Registers below nlocals + nfree go by their names, temporaries are r7.
 */
#include "vm/bytecode/disasm.h"

#include <inttypes.h>
#include <string.h>

#include "vm/base/buf.h"
#include "vm/base/numtext.h"
#include "vm/bytecode/effects.h"

static void put_text(SkBuf *b, const char *s, size_t n, char quote) {
  sk_buf_add_char(b, quote);
  for (size_t i = 0; i < n && i < 60; i++) {
    unsigned char c = (unsigned char)s[i];
    if (c == '\n') sk_buf_add_str(b, "\\n");
    else if (c == '\\' || c == (unsigned char)quote) sk_buf_addf(b, "\\%c", c);
    else if (c < 32 || c == 127) sk_buf_addf(b, "\\x%02x", c);
    else sk_buf_add_char(b, (char)c);
  }
  if (n > 60) sk_buf_add_str(b, "...");
  sk_buf_add_char(b, quote);
}

static void put_double(SkBuf *b, double d) {
  char text[SK_DOUBLE_REPR_ROOM];
  sk_buf_add(b, text, sk_double_print(d, text));
}

static void put_const(SkBuf *b, const SkCode *code, uint64_t index) {
  if (index >= code->nconsts) {
    sk_buf_addf(b, "?%" PRIu64, index);
    return;
  }
  const SkCodeConst *k = &code->consts[index];
  switch (k->kind) {
    case SK_K_NONE: sk_buf_add_str(b, "None"); break;
    case SK_K_FALSE: sk_buf_add_str(b, "False"); break;
    case SK_K_TRUE: sk_buf_add_str(b, "True"); break;
    case SK_K_ELLIPSIS: sk_buf_add_str(b, "..."); break;
    case SK_K_INT: sk_buf_addf(b, "%" PRId64, k->i); break;
    case SK_K_BIGINT: sk_buf_add(b, k->text, k->length); break;
    case SK_K_FLOAT: put_double(b, k->d); break;
    case SK_K_COMPLEX: put_double(b, k->d); sk_buf_add_char(b, '+'); put_double(b, k->im); sk_buf_add_char(b, 'j'); break;
    case SK_K_STR: put_text(b, k->text, k->length, '\''); break;
    case SK_K_BYTES: sk_buf_add_char(b, 'b'); put_text(b, k->text, k->length, '\''); break;
    case SK_K_TUPLE: case SK_K_FROZENSET:
      sk_buf_add_char(b, k->kind == SK_K_TUPLE ? '(' : '{');
      for (size_t i = 0; i < k->count; i++) {
        if (i) sk_buf_add_str(b, ", ");
        put_const(b, code, k->items[i]);
      }
      if (k->count == 1 && k->kind == SK_K_TUPLE) sk_buf_add_char(b, ',');
      sk_buf_add_char(b, k->kind == SK_K_TUPLE ? ')' : '}');
      break;
    case SK_K_CODE: sk_buf_addf(b, "<code %s>", k->code->qualname.s); break;
  }
}

static void put_reg(SkBuf *b, const SkCode *code, uint32_t r) {
  if (r < (uint32_t)code->nlocals + code->nfree) sk_buf_add_str(b, code->varnames[r].s);
  else sk_buf_addf(b, "r%u", r);
}

static void put_name(SkBuf *b, const SkCode *code, uint64_t n) {
  if (n < code->nnames) sk_buf_add_str(b, code->names[n].s);
  else sk_buf_addf(b, "?%" PRIu64, n);
}

static void put_operand(SkBuf *b, const SkCode *code, unsigned kind, uint32_t x, bool *first) {
  if (kind == SK_OPERAND__ || kind == SK_OPERAND_J || kind == SK_OPERAND_BC) return;
  if (!*first) sk_buf_add_str(b, ", ");
  *first = false;
  switch (kind) {
    case SK_OPERAND_K: put_const(b, code, x); break;
    case SK_OPERAND_N: sk_buf_add_str(b, "'"); put_name(b, code, x); sk_buf_add_str(b, "'"); break;
    case SK_OPERAND_U: sk_buf_addf(b, "%u", x); break;
    default: put_reg(b, code, x); break;
  }
}

static void put_immediate(SkBuf *b, const SkCode *code, const SkInsn *i) {
  switch (i->op) {
    case SK_OP_LOADKX: sk_buf_add_str(b, ", "); put_const(b, code, (uint64_t)i[1].imm); break;
    case SK_OP_CALLM: sk_buf_add_str(b, ", ."); put_name(b, code, i[1].method.name); break;
    case SK_OP_NAMECELL: sk_buf_add_str(b, ", "); put_name(b, code, (uint64_t)i[1].imm); break;
    case SK_OP_CALLKW: sk_buf_add_str(b, ", "); put_const(b, code, (uint64_t)i[1].imm); break;
    case SK_OP_UNPACKX: sk_buf_addf(b, " + %" PRId64, i[1].imm); break;
    case SK_OP_MATCHCLASS:
      sk_buf_addf(b, ", %u, ", (unsigned)(i[1].w & 0xffffffff));
      put_const(b, code, i[1].w >> 32);
      break;
    default: break;
  }
}

/* An empty display: its first register means nothing. */
static bool is_empty_run(const SkInsn *i) {
  return (i->op == SK_OP_TUPLE || i->op == SK_OP_LIST || i->op == SK_OP_SET || i->op == SK_OP_DICT) && i->c == 0;
}

static void put_insn(SkBuf *b, const SkCode *code, uint32_t at, int32_t line, bool first_of_line) {
  const SkInsn *i = &code->insns[at];
  const SkOpInfo *info = &sk_op_info[i->op];
  bool first = true;
  int64_t d;
  if (first_of_line && line > 0) sk_buf_addf(b, "%5d", line);
  else sk_buf_add_str(b, "     ");
  sk_buf_addf(b, " %5u  %-10s ", at, info->name);
  if (i->op == SK_OP_LOADINT) {
    put_reg(b, code, i->a);
    sk_buf_addf(b, ", %d", (int)(int32_t)((uint32_t)i->b | (uint32_t)i->c << 16));
  } else if (i->op == SK_OP_FUNC) {
    put_reg(b, code, i->a);
    sk_buf_add_str(b, ", ");
    put_const(b, code, i->b | (uint32_t)i->c << 16);
  } else if (is_empty_run(i)) {
    put_reg(b, code, i->a);
    sk_buf_add_str(b, ", 0");
  } else if (i->op == SK_OP_INTRINSIC) {
    put_reg(b, code, i->a);
    sk_buf_add_str(b, ", ");
    put_reg(b, code, i->b);
    sk_buf_addf(b, ", %s", i->c < SK_INTRINSIC_COUNT ? sk_intrinsic_info[i->c].name : "?");
  } else {
    put_operand(b, code, info->a, i->a, &first);
    put_operand(b, code, info->b, i->b, &first);
    put_operand(b, code, info->c, i->c, &first);
    put_immediate(b, code, i);
  }
  if (sk_insn_target(i, &d)) sk_buf_addf(b, " -> %" PRId64, at + d);
  while (b->length && b->data[b->length - 1] == ' ') b->length--;
  sk_buf_add_char(b, '\n');
}

static void put_head(SkBuf *b, const SkCode *code) {
  static const struct { uint32_t flag; const char *name; } flags[] = {
      {SK_CODE_GENERATOR, " generator"},        {SK_CODE_COROUTINE, " coroutine"},
      {SK_CODE_ASYNC_GENERATOR, " async generator"}, {SK_CODE_CLASS_BODY, " class"},
      {SK_CODE_MODULE_BODY, " module"},         {SK_CODE_VARARGS, " *"},
      {SK_CODE_VARKEYWORDS, " **"},             {(uint32_t)SK_CODE_EXTENSIONS, " extensions"}};
  sk_buf_addf(b, "code %s, line %d:", code->qualname.s, code->first_line);
  sk_buf_addf(b, " %u args", code->argcount);
  if (code->posonly) sk_buf_addf(b, " (%u positional only)", code->posonly);
  if (code->kwonly) sk_buf_addf(b, " + %u keyword only", code->kwonly);
  sk_buf_addf(b, ", %u locals, %u free, %u registers", code->nlocals, code->nfree, code->nregs);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (code->flags & flags[i].flag) sk_buf_add_str(b, flags[i].name);
  sk_buf_add_char(b, '\n');
}

void sk_dump_code(const SkCode *code, SkDisasmWriteFn write, void *data) {
  SkBuf b;
  sk_buf_init(&b);
  put_head(&b, code);
  int32_t line = -1;
  for (uint32_t at = 0; at < code->ninsns; at += sk_op_info[code->insns[at].op].words) {
    SkPosition p = sk_code_position(code, at);
    put_insn(&b, code, at, p.line, p.line != line);
    line = p.line;
  }
  for (uint32_t i = 0; i < code->nhandlers; i++) {
    const SkHandler *h = &code->handlers[i];
    sk_buf_addf(&b, "      errors in %u-%u go to %u, into ", h->start, h->end, h->target);
    put_reg(&b, code, h->reg);
    sk_buf_add_char(&b, '\n');
  }
  write(data, sk_buf_cstr(&b), b.length);
  sk_buf_free(&b);
  for (uint32_t i = 0; i < code->nconsts; i++)
    if (code->consts[i].kind == SK_K_CODE) {
      write(data, "\n", 1);
      sk_dump_code(code->consts[i].code, write, data);
    }
}
