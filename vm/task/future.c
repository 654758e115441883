/* future.c - futures: state, result, callbacks and the notice that runs them.  Layer 7b. */
#include "vm/task/task_impl.h"

void sk_future_trace(SkMarker *m, SkObject *o) {
  sk_mark(m, ((SkFuture *)o)->result);
}
