/* plugins.c - an editor whose plugins are scripts.
 *
 * Shows a module of the host's with functions declared by their signatures, a class of host objects with methods, a property and a
 * finalizer, a loader that finds plugins where the host keeps them, and calling what a plugin has registered.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skein.h"

/* ---- what the host has: documents ---- */

typedef struct Document { char title[32]; char text[256]; } Document;

enum { MOST_COMMANDS = 8 };
typedef struct Editor {
  skein_class *documents;
  skein_ref *commands[MOST_COMMANDS];
  char names[MOST_COMMANDS][32];
  int count, closed;
} Editor;

static Editor editor;

static void close_document(void *data) {
  free(data);
  editor.closed++;
}

static Document *document_of(skein_vm *vm, skein_val v) { return (Document *)skein_object_data(vm, v, editor.documents); }

static skein_status get_title(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)user, (void)n;
  const char *title = document_of(vm, args[0])->title;
  return skein_str(vm, title, strlen(title), out);
}

static skein_status get_text(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)user, (void)n;
  const char *text = document_of(vm, args[0])->text;
  return skein_str(vm, text, strlen(text), out);
}

static skein_status set_text(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)user, (void)n, (void)out;
  Document *d = document_of(vm, args[0]);
  const char *s;
  size_t length;
  if (skein_get_str(vm, args[1], &s, &length) != SKEIN_OK) return SKEIN_ERR_EXC;
  if (length >= sizeof d->text) return skein_raisef(vm, "ValueError", "%zu bytes are too long for a document", length);
  memcpy(d->text, s, length + 1);
  return SKEIN_OK;
}

/* editor.command(name, function): a plugin registers something the user can call. */
static skein_status add_command(skein_vm *vm, void *user, const skein_val *args, size_t n, skein_val *out) {
  (void)n, (void)out;
  Editor *e = (Editor *)user;
  const char *name;
  if (skein_get_str(vm, args[0], &name, NULL) != SKEIN_OK) return SKEIN_ERR_EXC;
  if (e->count == MOST_COMMANDS) return skein_raise(vm, "RuntimeError", "too many commands");
  snprintf(e->names[e->count], sizeof e->names[0], "%s", name);
  e->commands[e->count++] = skein_ref_new(vm, args[1]);
  return SKEIN_OK;
}

static skein_status setup(skein_vm *vm, void *user) {
  skein_val module, cls;
  skein_status s = skein_module(vm, "editor", &module);
  if (s == SKEIN_OK) s = skein_def(vm, module, "command(name: str, function: callable, /)\nRegisters a command.", add_command, user, NULL);
  if (s == SKEIN_OK) s = skein_class_new(vm, module, "Document", close_document, &editor.documents);
  if (s != SKEIN_OK) return s;
  cls = skein_class_value(vm, editor.documents);
  s = skein_def_property(vm, cls, "title: str", get_title, NULL, NULL);
  return s == SKEIN_OK ? skein_def_property(vm, cls, "text: str", get_text, set_text, NULL) : s;
}

/* ---- where plugins come from ---- */

static const char *const plugins[][2] = {
    {"shout", "import editor\n"
              "def shout(document, times=1):\n"
              "    document.text = document.text.upper() + '!' * times\n"
              "    return len(document.text)\n"
              "editor.command('shout', shout)\n"},
    {"reverse", "import editor\n"
                "from shout import shout\n"
                "def reverse(document):\n"
                "    shout(document)\n"
                "    document.text = document.text[::-1]\n"
                "editor.command('reverse', reverse)\n"},
    {"broken", "import editor\n"
               "editor.command('broken', lambda document: setattr(document, 'title', 'mine'))\n"},
};

static skein_status load(skein_vm *vm, void *user, const char *name, skein_source *out) {
  (void)vm, (void)user;
  for (size_t i = 0; i < sizeof plugins / sizeof *plugins; i++) {
    if (strcmp(plugins[i][0], name) != 0) continue;
    out->text = plugins[i][1];
    out->length = strlen(out->text);
  }
  return SKEIN_OK;
}

/* ---- the user ---- */

static void report(skein_vm *vm) {
  skein_val exc = skein_exc_take(vm);
  printf("  %s: %s\n", skein_exc_type(vm, exc), skein_exc_message(vm, exc));
}

static void run_command(skein_vm *vm, const char *name, const char *text) {
  for (int i = 0; i < editor.count; i++) {
    if (strcmp(editor.names[i], name) != 0) continue;
    skein_scope scope = skein_scope_open(vm);
    Document *d = (Document *)calloc(1, sizeof *d);
    skein_val object;
    snprintf(d->title, sizeof d->title, "letter");
    snprintf(d->text, sizeof d->text, "%s", text);
    printf("%s %s\n", name, text);
    if (skein_object_new(vm, editor.documents, d, &object) != SKEIN_OK) free(d);
    else if (skein_call(vm, skein_ref_get(vm, editor.commands[i]), &object, 1, NULL) != SKEIN_OK) report(vm);
    else printf("  %s\n", d->text);
    skein_scope_close(vm, scope);
  }
}

int main(void) {
  skein_config config;
  skein_config_init(&config);
  config.setup = setup;
  config.setup_user = &editor;
  config.load = load;
  skein_vm *vm;
  if (skein_vm_new(&config, &vm) != SKEIN_OK) return 1;
  const char *const wanted[] = {"reverse", "broken", "missing"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    skein_val module;
    printf("plugin %s\n", wanted[i]);
    if (skein_import(vm, wanted[i], &module) != SKEIN_OK) report(vm);
  }
  run_command(vm, "shout", "hello");
  run_command(vm, "reverse", "hello");
  run_command(vm, "broken", "hello");
  for (int i = 0; i < editor.count; i++) skein_ref_free(vm, editor.commands[i]);
  skein_vm_free(vm);
  printf("%d documents closed\n", editor.closed);
  return 0;
}
