/* loader_drive.c - the loader fuzzer without libFuzzer: the same executions for the same seed, everywhere.
 *
 *   loader_drive [-n EXECUTIONS] [-s SEED] [-t SECONDS] [-r RUN_ONE_IN] FILE.py...
 *
 * Mutants of the files' code, one to a few mutations away from it or from another mutant that loaded.  Prints what was done; the exit
 * status is 0 unless something crashed.  -k FILE writes each mutant there first, so that a crash leaves the culprit behind; -x FILE
 * executes only that one.  -o DIRECTORY writes the files' own code there, as seeds for loader_fuzz.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/fuzz/loader.h"

enum { ROOM = 1 << 18, MOST_SEEDS = 4096 };

typedef struct Seed { uint8_t *bytes; size_t n; } Seed;
static Seed seeds[MOST_SEEDS];
static uint32_t nseeds, nfirst;

static char *read_file(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  if (!f) {
    perror(path);
    exit(2);
  }
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *text = malloc((size_t)size + 1);
  *n = fread(text, 1, (size_t)size, f);
  fclose(f);
  return text;
}

static void add_seed(uint8_t *bytes, size_t n) {
  if (!bytes || n > ROOM) return;
  /* The first ones stay; the others give way to newer ones. */
  uint32_t at = nseeds < MOST_SEEDS ? nseeds++ : nfirst + (uint32_t)(loader_stats.loaded % (MOST_SEEDS - nfirst));
  free(seeds[at].bytes);
  seeds[at] = (Seed){bytes, n};
}

static void keep(const char *path, const uint8_t *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  if (!f) return;
  fwrite(bytes, 1, n, f);
  fclose(f);
}

static void one(Random *random, uint8_t *work, uint32_t run_one_in, const char *keep_path) {
  const Seed *s = &seeds[random_below(random, random_below(random, 2) ? nfirst : nseeds)];
  memcpy(work, s->bytes, s->n);
  size_t n = image_mutate(work, s->n, ROOM, random);
  uint64_t before = loader_stats.loaded;
  bool run = random_below(random, run_one_in) == 0;
  if (keep_path) keep(keep_path, work, n);
  loader_execute(work, n, run);
  if (loader_stats.loaded == before || random_below(random, 16)) return;
  uint8_t *copy = malloc(n);
  memcpy(copy, work, n);
  add_seed(copy, n);
}

/* The frozen code of each file, which must load itself. */
static bool take_seeds(int n, char **paths, const char *corpus) {
  for (int i = 0; i < n && nseeds < MOST_SEEDS / 2; i++) {
    size_t length;
    char *source = read_file(paths[i], &length);
    uint8_t *bytes = loader_compile(source, length, &length);
    uint64_t loaded = loader_stats.loaded;
    free(source);
    if (!bytes) continue;
    loader_execute(bytes, length, false);
    if (loader_stats.loaded == loaded) {
      fprintf(stderr, "%s: its own code does not load\n", paths[i]);
      return false;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/seed%u", corpus ? corpus : "", nseeds);
    if (corpus) keep(path, bytes, length);
    add_seed(bytes, length);
  }
  nfirst = nseeds;
  if (!nseeds) fprintf(stderr, "no programs\n");
  return nseeds != 0;
}

int main(int argc, char **argv) {
  uint64_t executions = 20000, seed = 1, seconds = 0;
  uint32_t run_one_in = 1;
  const char *keep_path = NULL, *only = NULL, *corpus = NULL;
  int i = 1;
  for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
    switch (argv[i][1]) {
      case 'n': executions = strtoull(argv[i + 1], NULL, 10); break;
      case 's': seed = strtoull(argv[i + 1], NULL, 10); break;
      case 't': seconds = strtoull(argv[i + 1], NULL, 10); break;
      case 'r': run_one_in = (uint32_t)strtoul(argv[i + 1], NULL, 10); break;
      case 'k': keep_path = argv[i + 1]; break;
      case 'o': corpus = argv[i + 1]; break;
      case 'x': only = argv[i + 1]; break;
      default: fprintf(stderr, "unknown option %s\n", argv[i]); return 2;
    }
  }
  loader_start();
  size_t n;
  if (only) {
    char *bytes = read_file(only, &n);
    loader_execute(bytes, n, true);
    printf("loaded %d, finished %d\n", (int)loader_stats.loaded, (int)loader_stats.finished);
    return 0;
  }
  if (!take_seeds(argc - i, argv + i, corpus)) return 2;
  if (corpus) return 0;
  Random random = {seed * 0x9E3779B97F4A7C15u + 1};
  uint8_t *work = malloc(ROOM);
  time_t begun = time(NULL);
  for (uint64_t k = 0; k < executions; k++) {
    if (seconds && k % 256 == 0 && (uint64_t)(time(NULL) - begun) >= seconds) break;
    one(&random, work, run_one_in, keep_path);
    if (k % 1000000 == 999999) fprintf(stderr, "%llu: %llu loaded, %llu run\n", (unsigned long long)(k + 1), (unsigned long long)loader_stats.loaded, (unsigned long long)loader_stats.run);
  }
  loader_stop();
  printf("seed %llu: %llu executions, %llu loaded, %llu run, %llu of them to their end\n", (unsigned long long)seed,
         (unsigned long long)loader_stats.executions, (unsigned long long)loader_stats.loaded, (unsigned long long)loader_stats.run,
         (unsigned long long)loader_stats.finished);
  return 0;
}
