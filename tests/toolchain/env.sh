# env.sh - sourced before Bazel is called: it wants a home directory it can write to, and a bare
# container or a service may have none.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  HOME=${TMPDIR:-/tmp}/skein-home-$(id -u)
  mkdir -p "$HOME"
fi
export HOME
unset CC CFLAGS CXXFLAGS LDFLAGS CPATH LIBRARY_PATH 2>/dev/null || true
