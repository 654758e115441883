/* run.h - what the interpreter offers to the layers above it, and to the object layer by name.  Layer 7. */
#ifndef SK_RUN_RUN_H
#define SK_RUN_RUN_H

#include "vm/bytecode/code.h"
#include "vm/object/func.h"

SK_C_BEGIN

/* Makes the VM stack and installs the hooks (call, mark_stack, flush_caches, poll).  After
 * sk_objects_init.  False: the system gave no memory. */
bool sk_run_init(SkVm *vm);
void sk_run_free(SkVm *vm);

/* A runnable copy of |code| (retained) for this VM. */
SkCodeObj *sk_link(SkVm *vm, SkCode *code);
/* The same; the caller's reference is taken over, also when it raises. */
SkCodeObj *sk_link_take(SkVm *vm, SkCode *code);

/* A function whose body is the host's: |code| has one instruction, HOST, and one constant, for |body|. */
SkFunc *sk_host_func_new(SkVm *vm, SkCode *code, SkDict *globals, void *body);

/* Runs code: a module body (R[0] = |locals|), or a function body without parameters.  |closure| NULL
 * or a tuple of cells.  __builtins__ is put into |globals| when missing. */
SkValue sk_run_code(SkVm *vm, SkCodeObj *code, SkDict *globals, SkValue locals, SkTuple *closure);

/* The same for a body that awaits at the top (SK_CODE_COROUTINE): sk_run_code gives this too, as eval() does. */
SkValue sk_run_code_coro(SkVm *vm, SkCodeObj *code, SkDict *globals, SkValue locals);
/* Runs the program itself: a body that awaits is the main task (hooks.run_main). */
SkValue sk_run_script(SkVm *vm, SkCodeObj *code, SkDict *globals);

/* Where a coroutine that has not started was called: (file, line, globals), or None. */
SkValue sk_coroutine_site(SkVm *vm, SkValue coro);

/* anext(it, default): wraps what it.__anext__() gave. */
SkValue sk_anext_default(SkVm *vm, SkValue awaitable, SkValue otherwise);

/* sys.setrecursionlimit(). */
void sk_run_set_recursion_limit(SkVm *vm, int limit);
int sk_run_depth(SkVm *vm);

/* Clears the registers of the innermost frames that nothing will read again: an explicit collection is to find
 * what only they refer to. */
void sk_run_prune(SkVm *vm);

/* Forgets every inline cache: the class structure changed under them. */
void sk_run_flush_caches(SkVm *vm);

/* ---- the frames that are running ---- */
/* Frame object |up| Python frames above the running one; NULL when there are not so many. */
SkObject *sk_frame_at(SkVm *vm, int up);
/* locals() of the running frame: a dict, or the mapping of a class or module body. */
SkValue sk_frame_locals(SkVm *vm);
SkDict *sk_frame_globals(SkVm *vm);  /* NULL outside Python code */
SkCodeObj *sk_frame_code(SkVm *vm);  /* NULL outside Python code */
/* Source line of the running frame, 0 outside. */
int sk_frame_line(SkVm *vm);

SK_C_END

#endif
