/* grants.c - see grants.h.  Layer 10. */
#include "vm/cli/grants.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; uint32_t caps; } kinds[] = {
    {"all", SKEIN_CAP_ALL},        {"read", SKEIN_CAP_FS_READ},     {"write", SKEIN_CAP_FS_WRITE | SKEIN_CAP_FS_READ},
    {"net", SKEIN_CAP_NET_CONNECT | SKEIN_CAP_NET_LISTEN},          {"run", SKEIN_CAP_PROCESS},
    {"env", SKEIN_CAP_ENV},        {"clock", SKEIN_CAP_CLOCK},      {"random", SKEIN_CAP_RANDOM},
    {"signal", SKEIN_CAP_SIGNAL},  {"threads", SKEIN_CAP_THREADS},  {"stdin", SKEIN_CAP_STDIN},
    {"eval", SKEIN_CAP_EVAL}};

enum { WITH_LIST = SKEIN_CAP_FS_READ | SKEIN_CAP_FS_WRITE | SKEIN_CAP_NET_CONNECT | SKEIN_CAP_NET_LISTEN | SKEIN_CAP_PROCESS };

static bool add_items(Grants *g, uint32_t caps, const char *items) {
  for (const char *p = items; *p;) {
    const char *end = strchrnul(p, ',');
    if (g->count == GRANTS_MOST || end == p) return false;
    g->list[g->count++] = (Grant){caps, p, (size_t)(end - p)};
    p = *end ? end + 1 : end;
  }
  return *items != 0;
}

bool grants_take(Grants *g, const char *arg, bool *wrong) {
  if (!strcmp(arg, "--sandbox")) {
    g->limited = true;
    return true;
  }
  if (strncmp(arg, "--allow-", 8)) return false;
  const char *name = arg + 8, *value = strchr(name, '=');
  size_t n = value ? (size_t)(value - name) : strlen(name);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (strlen(kinds[i].name) != n || strncmp(kinds[i].name, name, n)) continue;
    bool fine = !value || ((kinds[i].caps & ~(uint32_t)WITH_LIST) == 0 && add_items(g, kinds[i].caps, value + 1));
    uint32_t whole = g->caps & ~g->listed; /* once granted without a list, always */
    g->limited = true;
    g->caps |= kinds[i].caps;
    g->listed = value ? g->listed | (kinds[i].caps & ~whole) : g->listed & ~kinds[i].caps;
    *wrong = !fine;
    return fine;
  }
  *wrong = true;
  return false;
}

/* |what| is |dir| or below it; both are absolute and without links. */
static bool is_below(const char *what, const char *dir) {
  size_t n = strlen(dir);
  while (n > 1 && dir[n - 1] == '/') n--;
  return !strncmp(what, dir, n) && (!what[n] || what[n] == '/' || n == 1);
}

static bool path_matches(const Grant *g, const char *what) {
  char given[PATH_MAX], real[PATH_MAX];
  if (g->n >= sizeof given) return false;
  memcpy(given, g->what, g->n);
  given[g->n] = 0;
  return is_below(what, realpath(given, real) ? real : given);
}

/* "host" covers every port of it, and URLs. */
static bool host_matches(const Grant *g, const char *what) {
  const char *scheme = strstr(what, "://");
  if (scheme) what = scheme + 3;
  return !strncasecmp(what, g->what, g->n) && (!what[g->n] || what[g->n] == ':' || what[g->n] == '/');
}

static bool program_matches(const Grant *g, const char *what) {
  const char *slash = strrchr(what, '/');
  bool whole = memchr(g->what, '/', g->n) != NULL;
  const char *name = slash && !whole ? slash + 1 : what;
  return strlen(name) == g->n && !strncmp(name, g->what, g->n);
}

bool grants_check(skein_vm *vm, void *grants, skein_cap need, const char *what) {
  (void)vm;
  const Grants *g = grants;
  if (!(g->listed & need)) return true;
  for (int i = 0; i < g->count; i++) {
    if (!(g->list[i].cap & need)) continue;
    if (need & (SKEIN_CAP_FS_READ | SKEIN_CAP_FS_WRITE) ? path_matches(&g->list[i], what)
        : need == SKEIN_CAP_PROCESS ? program_matches(&g->list[i], what) : host_matches(&g->list[i], what)) return true;
  }
  return false;
}
