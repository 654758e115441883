/* code.h - SkCode, the one thing the front end and the runtime share.  Layer 3.
 *
 * Plain memory, no heap objects: immutable once built, reference counted, shareable between VMs and
 * threads.  vm/run/link.c makes a VM's own runnable copy (constants as Values, its own caches).
 */
#ifndef SK_BYTECODE_CODE_H
#define SK_BYTECODE_CODE_H

#include "vm/bytecode/opcode.h"

SK_C_BEGIN

typedef struct SkCode SkCode;

/* Not SkConst: that is a literal of the syntax tree (grammar/ast.h). */
typedef enum SkCodeConstKind {
  SK_K_NONE, SK_K_FALSE, SK_K_TRUE, SK_K_ELLIPSIS,
  SK_K_INT,      /* i */
  SK_K_BIGINT,   /* text: decimal digits, optional '-' */
  SK_K_FLOAT,    /* d */
  SK_K_COMPLEX,  /* d + im j */
  SK_K_STR,      /* text: UTF-8, lone surrogates in WTF-8 form */
  SK_K_BYTES,    /* text */
  SK_K_TUPLE,    /* items: indexes into the same constant table, earlier than this one */
  SK_K_FROZENSET,
  SK_K_CODE      /* code */
} SkCodeConstKind;

typedef struct SkCodeConst {
  SkCodeConstKind kind;
  union {
    int64_t i;
    struct { double d, im; };
    struct { const char *text; size_t length; };
    struct { const uint32_t *items; size_t count; };
    SkCode *code;
  };
} SkCodeConst;

typedef struct SkText { const char *s; size_t n; } SkText;

/* While pc is in [start, end) an exception goes to |target| with the exception in register |reg|.
 * Entries are sorted innermost first: the first that contains pc is the right one. */
typedef struct SkHandler { uint32_t start, end, target; uint16_t reg, flags; } SkHandler;

/* Source range of the instruction at word |at| and those after it up to the next entry.
 * Lines are 1-based, columns 0-based UTF-8 byte offsets, -1 where there is none. */
typedef struct SkPosition { uint32_t at; int32_t line, end_line, col, end_col; } SkPosition;

enum { /* SkCode.flags: the numbers of CPython's co_flags where they exist */
  SK_CODE_OPTIMIZED = 0x1, SK_CODE_NEWLOCALS = 0x2, SK_CODE_VARARGS = 0x4, SK_CODE_VARKEYWORDS = 0x8,
  SK_CODE_NESTED = 0x10, SK_CODE_GENERATOR = 0x20, SK_CODE_COROUTINE = 0x80,
  SK_CODE_ITERABLE_COROUTINE = 0x100, SK_CODE_ASYNC_GENERATOR = 0x200,
  SK_CODE_HAS_DOCSTRING = 0x4000000, SK_CODE_FUTURE_ANNOTATIONS = 0x1000000,
  SK_CODE_CLASS_BODY = 0x10000000,  /* R[0] is the namespace mapping */
  SK_CODE_MODULE_BODY = 0x20000000, /* R[0] is the locals mapping; names use NAME, SETNAME */
  SK_CODE_COMPREHENSION = 0x40000000,
  SK_CODE_EXTENSIONS = (int)0x80000000 /* uses a Skein extension (skein lint) */
};

/* Registers of a frame: [0, argcount) positional parameters (the first posonly positional-only),
 * then kwonly parameters, then *args, then **kwargs as the flags say; then other locals; up to
 * nlocals.  Registers [nlocals, nlocals + nfree) hold the closure's cells; temporaries follow.
 * A local that is captured holds its cell in its own register (NEWCELL at entry).
 * names of registers below nlocals + nfree are in varnames; is_cell says which hold cells.
 * Locals that may be read before they are bound are set UNSET by the code itself, at entry.
 */
struct SkCode {
  int refs;               /* atomic; sk_code_retain, sk_code_release */
  SkCode *unit;           /* thawed: the outermost code of the image, whose references count for all of them; else NULL */
  SkText name, qualname, filename;
  int first_line;
  uint32_t flags;
  uint16_t argcount, posonly, kwonly; /* argcount includes posonly, not kwonly */
  uint16_t nlocals, nfree, nregs;     /* nregs: all registers, call windows included */
  const SkText *varnames;             /* nlocals + nfree */
  const uint8_t *is_cell;             /* nlocals + nfree: 1 cell made here, 2 free, 0 plain */
  const SkInsn *insns;   uint32_t ninsns;
  const SkCodeConst *consts; uint32_t nconsts;
  const SkText *names;   uint32_t nnames;
  const SkHandler *handlers; uint32_t nhandlers;
  const SkPosition *positions; uint32_t npositions; /* NULL: packed in places */
  const uint8_t *places;  uint32_t nplaces;         /* bytes; places.h reads either form */
  int32_t doc;            /* constant index of the docstring, -1 */
  void *block;            /* everything above, in the same allocation (of a thawed unit: or in the image it was thawed from) */
};

/* A zeroed code with |bytes| of block behind it and one reference; NULL when memory is out. */
SkCode *sk_code_alloc(size_t bytes);

SkCode *sk_code_retain(SkCode *code);
void sk_code_release(SkCode *code);
/* Source range at word |at|; line 0 when unknown. */
SkPosition sk_code_position(const SkCode *code, uint32_t at);
const SkHandler *sk_code_handler(const SkCode *code, uint32_t at);
/* Registers that hold something at entry: the parameters, or the namespace of a class or module body. */
uint32_t sk_code_params(const SkCode *code);
/* Proves operands in range, jumps on instruction boundaries, handlers nested, register use sane.
 * Returns NULL, or a static text saying what is wrong (then *at says where). */
const char *sk_code_verify(const SkCode *code, uint32_t *at);

SK_C_END

#endif
