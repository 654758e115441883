#!/bin/sh
# count.sh LOG TESTLOGS STATUS - prints "PASSED FAILED" for one `bazel test`, in single test cases.
#
# LOG's summary names the targets that were to run; their XML reports in TESTLOGS say how many cases
# each had.  A target that left no full report (not built, timed out) is one failure more.
set -eu
log=$1 logs=$2 status=$3

# What a report says: GoogleTest's own root element has the totals, Bazel's substitute for a test
# without one has them on its only suite.
tally() {
  awk '
    function value(name,   at) {
      if (!match($0, " " name "=\"[0-9]+\"")) return 0
      at = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", at); return at + 0
    }
    function add() { tests += value("tests"); bad += value("failures") + value("errors")
                     off += value("disabled") + value("skipped") }
    FNR == 1 { whole = 0 }
    /<testsuites [^>]*tests=/ { whole = 1; add(); next }
    /<testsuite [^>]*tests=/ && !whole { add() }
    END { printf "%d %d\n", tests - bad - off, bad }' "$@"
}

passed=0 failed=0
while read -r target verdict; do
  dir=$logs/$(echo "${target#//}" | tr : /)
  set -- "$dir"/test.xml
  [ ! -e "$dir/shard_1_of_2/test.xml" ] || set -- "$dir"/shard_*_of_2/test.xml
  case $verdict in
    *BUILD* | *'NO STATUS'*) failed=$((failed + 1)) && continue ;;
    *TIMEOUT*) failed=$((failed + 1)) ;;
  esac
  [ -e "$1" ] || { failed=$((failed + 1)) && continue; }
  counts=$(tally "$@")
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
done <<END
$(sed -n -E 's#^(//[^ ]+) +(.*)(PASSED|FAILED|TIMEOUT|FLAKY|NO STATUS|FAILED TO BUILD)( .*)?$#\1 \2\3#p' "$log")
END

[ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
echo "$passed $failed"
