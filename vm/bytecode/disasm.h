/* disasm.h - code as text, for people and golden tests.               Layer 3. */
#ifndef SK_BYTECODE_DISASM_H
#define SK_BYTECODE_DISASM_H

#include "vm/bytecode/code.h"

SK_C_BEGIN

typedef void (*SkDisasmWriteFn)(void *data, const char *text, size_t n);

/* --dump=code: this code and all code among its constants, outermost first. */
void sk_dump_code(const SkCode *code, SkDisasmWriteFn write, void *data);

SK_C_END

#endif
