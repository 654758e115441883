#!/bin/sh
# check.sh - runs a program and compares what it prints:  check.sh PROGRAM EXPECTED [COMMAND...]
#
# COMMAND, if any, runs it (valgrind and its options).
program=$1 expected=$2
shift 2
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$@" "$program" >"$printed"
status=$?
if ! diff -u "$expected" "$printed"; then status=1; fi
[ "$status" = 0 ] || echo "FAILED: $* $program (status $status)" >&2
exit "$status"
