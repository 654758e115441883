"""skein.c and skein.h of all that a library is made of."""

SourcesInfo = provider(fields = ["files"])

def _collect_impl(target, ctx):
    own = []
    for name in ["srcs", "hdrs", "textual_hdrs"]:
        for dep in getattr(ctx.rule.attr, name, []):
            own += [f for f in dep.files.to_list() if f.extension in ["c", "h", "def", "inc"]]
    below = [dep[SourcesInfo].files for dep in getattr(ctx.rule.attr, "deps", []) if SourcesInfo in dep]
    return [SourcesInfo(files = depset(own, transitive = below, order = "postorder"))]

_collect = aspect(implementation = _collect_impl, attr_aspects = ["deps"])

def _amalgamation_impl(ctx):
    files = depset(ctx.files.also, transitive = [ctx.attr.library[SourcesInfo].files], order = "postorder").to_list()
    listing = ctx.actions.declare_file(ctx.label.name + ".files")
    ctx.actions.write(listing, "".join(["%s\t%s\n" % (f.short_path, f.path) for f in files]))
    script = [f for f in ctx.files.script if f.basename == "amalgamate.py"][0]
    ctx.actions.run(
        executable = ctx.executable.interpreter,
        arguments = [script.path, ctx.outputs.source.path, listing.path],
        inputs = files + ctx.files.script + [listing],
        outputs = [ctx.outputs.source],
        mnemonic = "Amalgamate",
    )
    header = [f for f in files if f.short_path == ctx.attr.header][0]
    ctx.actions.run_shell(
        command = "cp -f %s %s" % (header.path, ctx.outputs.header.path),
        inputs = [header],
        outputs = [ctx.outputs.header],
    )
    made = [ctx.outputs.source, ctx.outputs.header]
    return [DefaultInfo(files = depset(made), runfiles = ctx.runfiles(files = made))]

amalgamation = rule(
    implementation = _amalgamation_impl,
    attrs = {
        "library": attr.label(aspects = [_collect]),
        "also": attr.label_list(allow_files = True),
        "script": attr.label_list(allow_files = True),
        # Of this very build: a second one only for a tool would double it.
        "interpreter": attr.label(executable = True, cfg = "target"),
        "header": attr.string(),
        "source": attr.output(),
    },
    outputs = {"header": "skein.h"},
)
