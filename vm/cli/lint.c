/* lint.c - `skein lint`: files and directories in, text, JSON or SARIF out.  Layer 10. */
#include "vm/cli/lint.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "vm/api/skein.h"

enum { NUMBERS_MOST = 64 };

typedef enum Format { FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF } Format;

typedef struct Linting {
  Format format;
  skein_lint_options options;
  int select[NUMBERS_MOST], ignore[NUMBERS_MOST];
  const char *file;
  size_t findings, errors;
  bool unreadable;
} Linting;

static const char usage[] =
    "usage: skein lint [--format=text|json|sarif] [--select=SK101,...] [--ignore=...] [--all] [--rules] [file | directory] ...\n";

/* ---- output ---- */

static void json_string(const char *s) {
  putchar('"');
  for (; *s; s++) {
    unsigned char c = (unsigned char)*s;
    if (c == '"' || c == '\\') printf("\\%c", c);
    else if (c == '\n') fputs("\\n", stdout);
    else if (c < 0x20) printf("\\u%04x", c);
    else putchar(c);
  }
  putchar('"');
}

static void code_of(const skein_finding *f, char *room, size_t size) {
  if (f->number) snprintf(room, size, "SK%03d", f->number);
  else snprintf(room, size, "E999");
}

static void as_json(const Linting *l, const skein_finding *f, const char *code) {
  printf("%s\n {\"file\": ", l->findings ? "," : "");
  json_string(l->file);
  printf(", \"line\": %u, \"col\": %u, \"end_line\": %u, \"end_col\": %u, \"code\": \"%s\", \"rule\": \"%s\", \"severity\": \"%s\", \"message\": ", f->line,
         f->col + 1, f->end_line, f->end_col + 1, code, f->rule, f->error ? "error" : "warning");
  json_string(f->message);
  putchar('}');
}

static void as_sarif(const Linting *l, const skein_finding *f, const char *code) {
  printf("%s\n   {\"ruleId\": \"%s\", \"level\": \"%s\", \"message\": {\"text\": ", l->findings ? "," : "", code, f->error ? "error" : "warning");
  json_string(f->message);
  fputs("}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ", stdout);
  json_string(l->file);
  printf("}, \"region\": {\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, \"endColumn\": %u}}}]}", f->line, f->col + 1, f->end_line, f->end_col + 1);
}

static void sarif_head(void) {
  fputs("{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{\n"
        "  \"tool\": {\"driver\": {\"name\": \"skein lint\", \"version\": \"" SKEIN_VERSION "\", \"rules\": [", stdout);
  const char *rule, *text;
  for (size_t i = 0;; i++) {
    int number = skein_lint_rule(i, &rule, &text, NULL, NULL);
    if (!number) break;
    printf("%s\n   {\"id\": \"SK%03d\", \"name\": \"%s\", \"shortDescription\": {\"text\": ", i ? "," : "", number, rule);
    json_string(text);
    fputs("}}", stdout);
  }
  fputs("]}},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"results\": [", stdout);
}

static void begin(const Linting *l) {
  if (l->format == FORMAT_JSON) putchar('[');
  if (l->format == FORMAT_SARIF) sarif_head();
}
static void end(const Linting *l) {
  if (l->format == FORMAT_JSON) puts(l->findings ? "\n]" : "]");
  if (l->format == FORMAT_SARIF) puts("]}]}");
}

static void found(void *user, const skein_finding *f) {
  Linting *l = user;
  char code[16];
  code_of(f, code, sizeof code);
  if (l->format == FORMAT_JSON) as_json(l, f, code);
  else if (l->format == FORMAT_SARIF) as_sarif(l, f, code);
  else printf("%s:%u:%u: %s %s\n", l->file, f->line, f->col + 1, code, f->message);
  l->findings++;
  l->errors += f->error;
}

/* ---- input ---- */

static char *read_file(const char *path, size_t *n) {
  FILE *f = strcmp(path, "-") ? fopen(path, "re") : stdin;
  if (!f) return NULL;
  size_t used = 0, room = 1 << 16;
  char *text = malloc(room);
  for (size_t got; text && (got = fread(text + used, 1, room - used, f)) > 0;) {
    used += got;
    if (used < room) continue;
    char *more = realloc(text, room *= 2);
    if (!more) free(text);
    text = more;
  }
  if (f != stdin) fclose(f);
  *n = used;
  return text;
}

static void lint_file(Linting *l, const char *path) {
  size_t n;
  char *text = read_file(path, &n);
  l->file = path;
  if (!text || skein_lint(text, n, path, &l->options, found, l) != SKEIN_OK) {
    fprintf(stderr, "skein lint: can't read '%s': %s\n", path, strerror(errno));
    l->unreadable = true;
  }
  free(text);
}

static void lint_path(Linting *l, const char *path);

static int is_wanted(const struct dirent *e) {
  size_t n = strlen(e->d_name);
  return e->d_name[0] != '.' && (e->d_type == DT_DIR || e->d_type == DT_UNKNOWN || (n > 3 && !strcmp(e->d_name + n - 3, ".py")));
}

static void lint_directory(Linting *l, const char *path) {
  struct dirent **list;
  int n = scandir(path, &list, is_wanted, alphasort);
  for (int i = 0; i < n; i++) {
    char *whole;
    if (strcmp(list[i]->d_name, "__pycache__") && asprintf(&whole, "%s/%s", path, list[i]->d_name) >= 0) {
      lint_path(l, whole);
      free(whole);
    }
    free(list[i]);
  }
  if (n >= 0) free(list);
}

static void lint_path(Linting *l, const char *path) {
  struct stat st;
  if (strcmp(path, "-") && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) lint_directory(l, path);
  else lint_file(l, path);
}

/* ---- the command ---- */

static bool numbers(const char *s, int *list, size_t *count) {
  while (*s) {
    while (*s && (*s < '0' || *s > '9')) s++;
    if (!*s) return false;
    if (*count == NUMBERS_MOST) return false;
    list[(*count)++] = (int)strtol(s, (char **)&s, 10);
    if (*s == ',') s++;
    else if (*s) return false;
  }
  return *count > 0;
}

static int show_rules(void) {
  const char *rule, *text;
  bool error, on;
  int number;
  for (size_t i = 0; (number = skein_lint_rule(i, &rule, &text, &error, &on)); i++)
    printf("SK%03d %-26s %-8s%s %s\n", number, rule, error ? "error" : "warning", on ? "" : " (off)", text);
  return 0;
}

static bool take(Linting *l, const char *a) {
  if (!strncmp(a, "--select=", 9)) return numbers(a + 9, l->select, &l->options.select_count);
  if (!strncmp(a, "--ignore=", 9)) return numbers(a + 9, l->ignore, &l->options.ignore_count);
  if (!strcmp(a, "--all")) return l->options.all = true;
  if (!strcmp(a, "--format=text")) l->format = FORMAT_TEXT;
  else if (!strcmp(a, "--format=json")) l->format = FORMAT_JSON;
  else if (!strcmp(a, "--format=sarif")) l->format = FORMAT_SARIF;
  else return false;
  return true;
}

int lint_command(int argc, char **argv) {
  Linting l = {.options = {.size = sizeof l.options}};
  l.options.select = l.select;
  l.options.ignore = l.ignore;
  int at = 0;
  for (; at < argc && argv[at][0] == '-' && argv[at][1]; at++) {
    if (!strcmp(argv[at], "--rules")) return show_rules();
    if (!strcmp(argv[at], "-h") || !strcmp(argv[at], "--help")) return fputs(usage, stdout), 0;
    if (take(&l, argv[at])) continue;
    fprintf(stderr, "skein lint: unknown option %s\n%s", argv[at], usage);
    return 2;
  }
  begin(&l);
  if (at == argc) lint_path(&l, ".");
  for (; at < argc; at++) lint_path(&l, argv[at]);
  end(&l);
  if (l.format == FORMAT_TEXT && l.findings) fprintf(stderr, "%zu findings, %zu of them errors\n", l.findings, l.errors);
  return l.unreadable ? 2 : l.findings ? 1 : 0;
}
