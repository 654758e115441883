/* grants.h - --sandbox and --allow-...: what a program may do, and with which paths, hosts and programs.  Layer 10. */
#ifndef SK_CLI_GRANTS_H
#define SK_CLI_GRANTS_H

#include "vm/api/skein.h"

enum { GRANTS_MOST = 64 };

typedef struct Grant { uint32_t cap; const char *what; size_t n; } Grant; /* |what|: a part of argv */

typedef struct Grants {
  bool limited;              /* some --sandbox or --allow-... was given */
  uint32_t caps;             /* those granted */
  uint32_t listed;           /* those of |caps| that only reach what is in the list */
  Grant list[GRANTS_MOST];
  int count;
} Grants;

/* One argument: --sandbox, --allow-NAME or --allow-NAME=a,b.  False: it is none of them, or wrong (*wrong is set). */
bool grants_take(Grants *g, const char *arg, bool *wrong);
/* For skein_config.cap_check. */
bool grants_check(skein_vm *vm, void *grants, skein_cap need, const char *what);

#endif
