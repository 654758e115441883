/* birth.c - what it costs to make a VM, to let it run a line and to free it: a benchmark, run by hand.
 *
 *   birth [how many] [a script of one line for each, or - for none]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vm/api/skein.h"

/* Of the processor: the machine may be busy. */
static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static long resident_kb(void) {
  long size = 0, resident = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (!f || fscanf(f, "%ld %ld", &size, &resident) != 2) resident = 0;
  if (f) fclose(f);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 100;
  const char *script = argc > 2 && argv[2][0] != '-' ? argv[2] : NULL;
  skein_vm **all = calloc((size_t)n, sizeof *all);
  skein_config c;
  skein_config_init(&c);
  if (!all || skein_vm_new(&c, &all[0]) != SKEIN_OK) return 1;
  skein_vm_free(all[0]); /* the first one pays for the program's own pages */
  long before = resident_kb();
  double start = now_us();
  for (int i = 0; i < n; i++)
    if (skein_vm_new(&c, &all[i]) != SKEIN_OK) return 1;
  double born = now_us();
  long after = resident_kb();
  for (int i = 0; script && i < n; i++)
    if (skein_exec(all[i], script, strlen(script), "<birth>") != SKEIN_OK) return 1;
  double ran = now_us();
  long used = resident_kb();
  for (int i = 0; i < n; i++) skein_vm_free(all[i]);
  double dead = now_us();
  printf("%d VMs: birth %.1f us, %.1f kB each; script %.1f us, %.1f kB; death %.1f us; left %ld kB\n", n, (born - start) / n,
         (double)(after - before) / n, (ran - born) / n, (double)(used - before) / n, (dead - ran) / n, resident_kb() - before);
  free(all);
  return 0;
}
