/* group.c - task groups: members, joining, errors in order of arrival (G1-G11).  Layer 7b. */
#include "vm/task/task_impl.h"
