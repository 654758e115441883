"""Macros of C: definitions, conditions, replacement (with # and ##), as far as the names a file declares depend on them.

Macros of system headers are not known and stay as they are.
"""

import re

from c_text import Token, tokens


class Macro:
    def __init__(self, parameters, body):
        self.parameters, self.body = parameters, body  # parameters None: used without parentheses


class Macros:
    """The macros that are defined at some point of a program."""

    def __init__(self, given):
        self.table = {name: Macro(None, tokens(value)) for name, value in given.items()}
        self.conditions = []  # per open #if: (this branch is taken, an earlier one was)

    @property
    def active(self):
        return all(taken for taken, _ in self.conditions)

    # ---- directives

    def obey(self, directive):
        """Follows any directive but #include."""
        name, rest = directive.name, directive.tokens
        if name in ("if", "ifdef", "ifndef"):
            yes = self.active and self._condition(name, rest)
            self.conditions.append((yes, yes))
        elif name in ("elif", "else"):
            _, before = self.conditions.pop()
            yes = not before and self.active and (name == "else" or self._condition("if", rest))
            self.conditions.append((yes, before or yes))
        elif name == "endif":
            self.conditions.pop()
        elif self.active and name == "define":
            self._define(rest)
        elif self.active and name == "undef":
            self.table.pop(rest[0].text, None)

    def _define(self, rest):
        name, *body = rest
        parameters = None
        if body and body[0].text == "(" and not body[0].space:
            close = next(i for i, t in enumerate(body) if t.text == ")")
            parameters = [t.text for t in body[1:close] if t.text != ","]
            body = body[close + 1 :]
        self.table[name.text] = Macro(parameters, body)

    def _condition(self, name, rest):
        if name == "ifdef":
            return rest[0].text in self.table
        if name == "ifndef":
            return rest[0].text not in self.table
        known = []
        i = 0
        while i < len(rest):
            if rest[i].text == "defined":
                i += 2 if rest[i + 1].text == "(" else 1
                known.append(Token("number", str(int(rest[i].text in self.table))))
                i += 2 if i + 1 < len(rest) and rest[i + 1].text == ")" else 1
            else:
                known.append(rest[i])
                i += 1
        text = " ".join("0" if t.kind == "name" else t.text for t in self.expand(known))
        text = re.sub(r"(?<=\d)[uUlL]+\b", "", text).replace("&&", " and ").replace("||", " or ")
        return bool(eval(re.sub(r"!(?!=)", " not ", text).strip(), {}))

    # ---- replacement

    def expand(self, source):
        """The tokens that |source| becomes."""
        out, waiting = [], list(reversed(source))
        while waiting:
            token = waiting.pop()
            macro = self.table.get(token.text) if token.kind == "name" and token.text not in token.hide else None
            if macro is None:
                out.append(token)
            elif macro.parameters is None:
                waiting.extend(reversed(self._replace(macro, [], token.hide | {token.text})))
            elif waiting and waiting[-1].text == "(":
                arguments = self._arguments(waiting, macro)
                waiting.extend(reversed(self._replace(macro, arguments, token.hide | {token.text})))
            else:
                out.append(token)
        return out

    @staticmethod
    def _arguments(waiting, macro):
        waiting.pop()
        arguments, depth = [[]], 1
        while waiting:
            token = waiting.pop()
            depth += (token.text in ("(", "[", "{") and token.kind == "punct") - (token.text in (")", "]", "}") and token.kind == "punct")
            if depth == 0:
                break
            if token.text == "," and depth == 1 and not (macro.parameters[-1:] == ["..."] and len(arguments) == len(macro.parameters)):
                arguments.append([])
            else:
                arguments[-1].append(token)
        return arguments

    def _replace(self, macro, arguments, hide):
        named = dict(zip((("__VA_ARGS__" if p == "..." else p) for p in macro.parameters or ()), arguments))
        if macro.parameters and macro.parameters[-1] == "...":
            named.setdefault("__VA_ARGS__", [])
        out, i, body = [], 0, macro.body
        while i < len(body):
            token = body[i]
            if token.text == "#" and macro.parameters is not None:
                text = " ".join(t.text for t in named.get(body[i + 1].text, []))
                out.append(Token("string", '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'))
                i += 1
            elif token.text == "##" and out and i + 1 < len(body):
                right = named.get(body[i + 1].text, [body[i + 1]])
                if right:
                    left = out.pop()
                    out += tokens(left.text + right[0].text) + right[1:]
                i += 1
            elif token.text in named:
                raw = i + 1 < len(body) and body[i + 1].text == "##"
                out += named[token.text] if raw else self.expand(named[token.text])
                if raw and not named[token.text]:
                    out.append(Token("space", ""))
            else:
                out.append(token)
            i += 1
        return [Token(t.kind, t.text, t.at, t.end, t.space, t.hide | hide) for t in out if t.text]
