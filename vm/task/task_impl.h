/* task_impl.h - what the files of vm/task share and nobody else sees.  Layer 7b. */
#ifndef SK_TASK_TASK_IMPL_H
#define SK_TASK_TASK_IMPL_H

#include "vm/object/call.h"
#include "vm/object/dict.h"
#include "vm/object/number.h"
#include "vm/object/ops.h"
#include "vm/task/task.h"

/* ---- class definitions, one per type file ---- */
extern const SkTypeDef sk_future_type, sk_task_type, sk_handle_type, sk_timer_handle_type, sk_loop_type, sk_timer_type, sk_scope_type,
    sk_reason_type, sk_group_type, sk_async_group_type, sk_async_timeout_type, sk_context_type;

#endif
