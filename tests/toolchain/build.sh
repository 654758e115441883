#!/bin/sh
# build.sh - builds the optimized interpreter and puts it at .build/skein, for ./run.
#
# Says nothing when all goes well.  .build/stamp is as old as the *start* of the last good build,
# so a file edited while the compiler ran counts as changed.
set -eu
cd "$(dirname "$0")/../.."
. tests/toolchain/env.sh

mkdir -p .build
touch .build/stamp.new
[ -e .build/skein ] || echo 'skein: building (once; a few minutes on a small machine)' >&2
tests/toolchain/setup.sh

if ! bazel build -c opt //vm/cli:skein >.build/log 2>&1; then
  cat .build/log >&2
  echo 'skein: the build failed' >&2
  exit 1
fi
cp -f "$(bazel info -c opt bazel-bin 2>/dev/null)/vm/cli/skein" .build/skein.new
chmod u+w .build/skein.new
mv -f .build/skein.new .build/skein
mv -f .build/stamp.new .build/stamp
