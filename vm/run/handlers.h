/* handlers.h - all handlers, by topic.  Included by interp.c only: at file scope, or inside the loop. */
#include "vm/run/handlers_move.h"
#include "vm/run/handlers_arith.h"
#include "vm/run/handlers_compare.h"
#include "vm/run/handlers_attr.h"
#include "vm/run/handlers_call.h"
#include "vm/run/handlers_iter.h"
#include "vm/run/handlers_build.h"
#include "vm/run/handlers_exc.h"
