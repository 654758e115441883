/* api_exc.h - what the files about exceptions share.  Layer 9, this package only. */
#ifndef SK_API_API_EXC_H
#define SK_API_API_EXC_H

#include "vm/api/api_impl.h"
#include "vm/base/utf8.h"

/* Text that was given out after a stop, when the heap may be full; it follows the struct. */
typedef struct StoppedText { struct StoppedText *next; size_t size; } StoppedText;

SkType *exc_class_named(SkVm *vm, const char *name);         /* NameError, TypeError */
bool exc_get(skein_vm *v, skein_val h, SkValue *e);          /* false, and misuse is set: no exception */
const char *exc_text(skein_vm *v, skein_val of, SkStr *s);   /* lives as long as the handle; may raise */
const char *exc_text_stopped(skein_vm *v, const char *s, size_t n); /* NULL: no memory */
SkStr *exc_task_name(SkVm *vm, const SkExc *e);              /* NULL: none */

#endif
