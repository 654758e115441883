"""A static and a shared library of a cc_library and all below it."""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

def _libraries_impl(ctx):
    cc = find_cpp_toolchain(ctx)
    plain, pic, flags = [], [], []
    for unit in ctx.attr.library[CcInfo].linking_context.linker_inputs.to_list():
        flags += [f for f in unit.user_link_flags if f not in flags]
        for lib in unit.libraries:
            plain.append(lib.static_library or lib.pic_static_library)
            pic.append(lib.pic_static_library or lib.static_library)

    # One object, whose internal names no host can meet.
    ctx.actions.run_shell(
        command = """set -e
            out=$1 symbols=$2; shift 2
            ld -r -o $out.o --whole-archive "$@"
            objcopy -w --keep-global-symbol='skein_*' $out.o
            rm -f $out
            ar rcsD $out $out.o
            rm $out.o""",
        arguments = [ctx.outputs.static.path, ctx.file.symbols.path] + [f.path for f in plain],
        inputs = plain + [ctx.file.symbols],
        outputs = [ctx.outputs.static],
        mnemonic = "SkeinStatic",
        use_default_shell_env = True,
    )
    ctx.actions.run(
        executable = cc.compiler_executable,
        arguments = ["-shared", "-o", ctx.outputs.shared.path, "-Wl,-soname," + ctx.outputs.shared.basename, "-Wl,-z,defs",
                     "-Wl,--version-script," + ctx.file.symbols.path, "-Wl,--whole-archive"] + [f.path for f in pic] +
                    ["-Wl,--no-whole-archive", "-Wl,--as-needed"] + flags + ["-ldl"],
        inputs = depset(pic + [ctx.file.symbols], transitive = [cc.all_files]),
        outputs = [ctx.outputs.shared],
        mnemonic = "SkeinShared",
        use_default_shell_env = True,
    )
    made = [ctx.outputs.static, ctx.outputs.shared]
    return [DefaultInfo(files = depset(made), runfiles = ctx.runfiles(files = made))]

libraries = rule(
    implementation = _libraries_impl,
    attrs = {
        "library": attr.label(providers = [CcInfo]),
        "symbols": attr.label(allow_single_file = True),
        "static": attr.output(),
        "shared": attr.output(),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
