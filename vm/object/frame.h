/* frame.h - frame and traceback objects: what a script can see of activations.  Layer 6/7. */
#ifndef SK_OBJECT_FRAME_H
#define SK_OBJECT_FRAME_H

#include "vm/object/func.h"

SK_C_BEGIN

typedef struct SkFrame SkFrame;
struct SkFrame {
  SkObject head;
  SkFunc *func;
  SkValue *live;       /* registers of the activation while it runs on the VM stack, else NULL */
  SkGen *gen;          /* a generator's frame: its registers, while it has not ended */
  SkFrame *next;       /* list of frame objects with |live| set */
  SkRaw *trap;         /* the saved pc of the activation points at this while |live| is set (vm/run/frame.c) */
  uint64_t at;         /* word of the code that ran when last looked at */
  SkValues *saved;     /* the variables, once the activation has ended; may be NULL: unknown */
  SkDict *locals;      /* f_locals */
  SkValue trace;
};

/* One level of a traceback.  Made of an exception's compact trace when somebody looks: only the outermost
 * level at once, its frame and the levels below when they are asked for. */
typedef struct SkTraceback {
  SkObject head;
  SkFunc *func;
  SkFrame *frame;      /* NULL: not made yet */
  SkValue next;        /* traceback or None; valid when pending is NULL */
  SkValues *pending;   /* entries (SkTraceEntry) of the levels below, innermost first, above |next| */
  uint32_t pending_count;
  int64_t line;
  uint64_t at;         /* word of the code; head.aux SK_TRACEBACK_LIVE: the frame may still run */
  int64_t lasti;       /* as scripts see it: 2 * at, as CPython counts bytes */
} SkTraceback;
enum { SK_TRACEBACK_LIVE = 1 };
SkValue sk_traceback_next(SkVm *vm, SkTraceback *t);

SK_INLINE bool sk_is_traceback(SkValue v) { return sk_has_kind(v, SK_KIND_TRACEBACK); }

SK_C_END

#endif
