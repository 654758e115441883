/* tree.h - errors for people and for programs: a tree of an exception and all that hangs on it, as text or JSON.  Layer 8.
 *
 * Equal siblings are shown once and counted, paths say where each stands, and what a limit cuts is counted too: the counts add up to
 * the number of leaves, always.  Nothing here fails: a hostile __str__, no memory and a stopped VM end in a plainer text.
 *
 * JSON, schema version 1 (vm/api/errors.schema.json is the same as a JSON Schema).  One object per exception:
 *   v                    1, in the outermost object only
 *   type, message        "ValueError", "pkg.mod.Error"; str(exc), for a group its message
 *   fingerprint          32 hex digits, equal for errors of one kind: made of type, message without numbers, quoted and hexadecimal parts,
 *                        places (file name, function, line within the function; not the library's), notes, cause, and for a group the
 *                        set of its members' fingerprints.  No address, id, path of a directory or text of a line goes into it.
 *   leaf_count, leaf_types   of a group: how many errors, and how many of each type
 *   path                 "" outermost; "1.8": member 8 of member 1, counted from 1
 *   count                siblings that this object stands for (1 with no_collapse): those with the same fingerprint
 *   messages, tasks      when count > 1: up to 8 further different messages; up to 8 names of tasks, in order
 *   task                 path of the task it was raised in, "Task-1/eu/eu-0", or null
 *   frames               outermost first; those of the groups around it are left out.  file, line, function, module; col, end_line, end_col
 *                        (bytes from 0) when known; source: text of the line when known; runtime: true for the library's own;
 *                        repeats: how often a recursion went through this and the |period| - 1 frames before it again, when it did
 *   frames_omitted       how many are left out in the middle, when some are
 *   notes                list of str
 *   cause, context       an object as this one, or null; never both.  suppress_context as in Python.  cycle: true instead of everything else
 *                        when it is one of the exceptions it explains
 *   syntax               of a SyntaxError: file, line, col, end_line, end_col (from 1), text
 *   exceptions           of a group: its members.  omitted, when a limit cut some: {"kinds": n, "errors": n, "limit": "width"|"depth"|"size"}
 */
#ifndef SK_STDLIB_TREE_H
#define SK_STDLIB_TREE_H

#include "vm/object/exception.h"

SK_C_BEGIN

typedef enum SkTreeStyle { SK_TREE_TREE, SK_TREE_SHORT, SK_TREE_FULL, SK_TREE_JSON } SkTreeStyle;

typedef struct SkTreeFormat {
  SkTreeStyle style;
  bool color, ascii, no_collapse;
  uint32_t width;                           /* columns; 0: 100 */
  uint32_t max_width, max_depth, max_lines; /* 0: 15, 10, 200; FULL: 1,000, 100, 10,000.  SHORT: lines only.  JSON: max_lines exceptions */
} SkTreeFormat;

/* Gives the text, ending with a line feed, to |write|, which may raise. */
void sk_tree_print(SkVm *vm, SkValue exc, const SkTreeFormat *f, SkWriteFn *write, void *arg);
/* What sys.excepthook does when the command was told so (sys._xoptions["tb"]: tree, short, full, json; auto: a tree if sys.stderr is the
 * process's own and a terminal).  False: nothing was written, the native text is wanted. */
bool sk_tree_report(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg);
/* The plain text of report.c: needs no script code and next to no memory. */
void sk_exc_print_plain(SkVm *vm, SkValue exc, SkWriteFn *write, void *arg);

/* ---- tracebacks without traceback objects ---- */
/* Lines from 1, columns in bytes from 0; 0, 0 when not known. */
typedef struct SkTreeFrame { struct SkFunc *func; uint32_t at, line, col, end_line, end_col; } SkTreeFrame;
typedef void SkTreeFrameFn(SkVm *vm, void *arg, const SkTreeFrame *f);
/* Calls |each| for every level, outermost first.  Runs no script code and allocates nothing itself. */
void sk_tree_frames(SkVm *vm, SkValue exc, SkTreeFrameFn *each, void *arg);
SkStr *sk_tree_source(SkVm *vm, const SkTreeFrame *f); /* the line's text without blanks around it; NULL: not known */

SK_C_END

#endif
