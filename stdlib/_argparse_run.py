"""One run of an ArgumentParser over a command line.

The arguments are written as a pattern, a letter each: O for an option, A for
an argument, - for the first `--`. What an action takes is then a match of its
pattern: `A` for one argument, `A*` for any number.
"""

import warnings

from _argparse_help import (OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, _get_action_name)


class _Run:
    def __init__(self, parser, arg_strings, namespace, intermixed):
        self.parser = parser
        if parser.fromfile_prefix_chars is not None:
            arg_strings = parser._read_args_from_files(arg_strings)
        self.arg_strings = arg_strings
        self.namespace = namespace
        self.intermixed = intermixed
        self.conflicts = {}         # action -> the actions it excludes
        for group in parser._mutually_exclusive_groups:
            for i, action in enumerate(group._group_actions):
                others = self.conflicts.setdefault(action, [])
                others.extend(group._group_actions[:i])
                others.extend(group._group_actions[i + 1:])
        self.option_at = {}         # index -> what _parse_optional() says
        self.pattern = self._make_pattern()
        self.seen_actions = set()
        self.seen_non_default_actions = set()
        self.warned = set()
        self.extras = []
        self.extras_pattern = []
        self.positionals = parser._get_positional_actions()

    def _make_pattern(self):
        letters = []
        args = iter(self.arg_strings)
        for i, arg_string in enumerate(args):
            if arg_string == "--":
                letters.append("-")
                letters.extend("A" for _ in args)      # all the rest are arguments
                break
            options = self.parser._parse_optional(arg_string)
            if options is None:
                letters.append("A")
            else:
                self.option_at[i] = options
                letters.append("O")
        return "".join(letters)

    def run(self):
        """(namespace, arguments that nothing took)"""
        max_option = max(self.option_at, default=-1)
        start = 0
        while start <= max_option:
            next_option = start
            while next_option <= max_option and next_option not in self.option_at:
                next_option += 1
            if not self.intermixed and start != next_option:
                end = self.consume_positionals(start)
                if end > start:
                    start = end
                    continue
            if start not in self.option_at:
                # Arguments that no positional wants, up to the next option.
                self.extras.extend(self.arg_strings[start:next_option])
                self.extras_pattern.append(self.pattern[start:next_option])
                start = next_option
            start = self.consume_optional(start)

        if not self.intermixed:
            stop = self.consume_positionals(start)
            self.extras.extend(self.arg_strings[stop:])
        else:
            self.extras.extend(self.arg_strings[start:])
            self.extras_pattern.append(self.pattern[start:])
            self.consume_intermixed()
        self.check_required()
        return self.namespace, self.extras

    # ---- taking ------------------------------------------------------------------

    def take_action(self, action, argument_strings, option_string=None):
        self.seen_actions.add(action)
        values = self.parser._get_values(action, argument_strings)
        # An action that got its default does not exclude others.
        if values is not action.default:
            self.seen_non_default_actions.add(action)
            for other in self.conflicts.get(action, []):
                if other in self.seen_non_default_actions:
                    from argparse import ArgumentError
                    raise ArgumentError(action, f"not allowed with argument {_get_action_name(other)}")
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def consume_optional(self, start):
        """Take the option at start and its arguments; returns where it ends."""
        from argparse import ArgumentError
        parser = self.parser
        options = self.option_at[start]
        if len(options) > 1:
            # Exact names win over abbreviations.
            names = ", ".join(option_string for action, option_string, sep, explicit_arg in options)
            raise ArgumentError(None, f"ambiguous option: {self.arg_strings[start]} could match {names}")
        action, option_string, sep, explicit_arg = options[0]
        action_tuples = []
        while True:
            if action is None:
                self.extras.append(self.arg_strings[start])
                self.extras_pattern.append("O")
                return start + 1
            if explicit_arg is not None:
                arg_count = parser._match_argument(action, "A")
                chars = parser.prefix_chars
                if arg_count == 0 and option_string[1] not in chars and explicit_arg != "":
                    # -xyz: several short options in one.
                    if sep or explicit_arg[0] in chars:
                        raise ArgumentError(action, f"ignored explicit argument {explicit_arg!r}")
                    action_tuples.append((action, [], option_string))
                    char = option_string[0]
                    option_string = char + explicit_arg[0]
                    known = parser._option_string_actions
                    if option_string in known:
                        action = known[option_string]
                        explicit_arg = explicit_arg[1:]
                        if not explicit_arg:
                            sep = explicit_arg = None
                        elif explicit_arg[0] == "=":
                            sep = "="
                            explicit_arg = explicit_arg[1:]
                        else:
                            sep = ""
                    else:
                        self.extras.append(char + explicit_arg)
                        self.extras_pattern.append("O")
                        stop = start + 1
                        break
                elif arg_count == 1:
                    stop = start + 1
                    action_tuples.append((action, [explicit_arg], option_string))
                    break
                else:
                    raise ArgumentError(action, f"ignored explicit argument {explicit_arg!r}")
            else:
                begin = start + 1
                arg_count = parser._match_argument(action, self.pattern[begin:])
                stop = begin + arg_count
                action_tuples.append((action, self.arg_strings[begin:stop], option_string))
                break
        assert action_tuples or stop
        for action, args, option_string in action_tuples:
            if action.deprecated and option_string not in self.warned:
                parser._warning(f"option '{option_string}' is deprecated")
                self.warned.add(option_string)
            self.take_action(action, args, option_string)
        return stop

    def consume_positionals(self, start):
        """Give the arguments from start on to as many positionals as can be satisfied."""
        parser = self.parser
        counts = parser._match_arguments_partial(self.positionals, self.pattern[start:])
        for action, arg_count in zip(self.positionals, counts):
            args = self.arg_strings[start:start + arg_count]
            # The `--` itself is no argument.
            if action.nargs == PARSER:
                if self.pattern[start] == "-":
                    args.remove("--")
            elif action.nargs != REMAINDER:
                if "-" in self.pattern[start:start + arg_count]:
                    args.remove("--")
            start += arg_count
            if args and action.deprecated and action.dest not in self.warned:
                parser._warning(f"argument '{action.dest}' is deprecated")
                self.warned.add(action.dest)
            self.take_action(action, args)
        self.positionals[:] = self.positionals[len(counts):]
        return start

    def consume_intermixed(self):
        """What the options left over is for the positionals."""
        pattern = "".join(self.extras_pattern)
        assert len(pattern) == len(self.extras)
        self.arg_strings = [s for s, c in zip(self.extras, pattern) if c != "O"]
        self.pattern = pattern.replace("O", "")
        saved = [s for s, c in zip(self.extras, pattern) if c == "O"]
        self.extras_pattern = []
        stop = self.consume_positionals(0)
        self.extras = saved + self.arg_strings[stop:]

    # ---- at the end -----------------------------------------------------------------

    def check_required(self):
        from argparse import ArgumentError
        parser = self.parser
        required_actions = []
        for action in parser._actions:
            if action in self.seen_actions:
                continue
            if action.required:
                required_actions.append(_get_action_name(action))
            elif (action.default is not None and isinstance(action.default, str)
                    and hasattr(self.namespace, action.dest)
                    and action.default is getattr(self.namespace, action.dest)):
                # A default given as text is converted like an argument, now that it is known to be used.
                setattr(self.namespace, action.dest, parser._get_value(action, action.default))
        if required_actions:
            raise ArgumentError(None, f"the following arguments are required: {', '.join(required_actions)}")
        for group in parser._mutually_exclusive_groups:
            if group.required:
                if not any(action in self.seen_non_default_actions for action in group._group_actions):
                    names = [_get_action_name(action) for action in group._group_actions
                             if action.help is not SUPPRESS]
                    raise ArgumentError(None, f"one of the arguments {' '.join(names)} is required")
