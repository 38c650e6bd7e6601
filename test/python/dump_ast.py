"""CPython's syntax trees in nbslim's shape, to compare with.

Reads a JSON list of sources from standard input; writes, for each, one line of JSON: the module, or
{"error": message, "line": n}. Kinds and fields are those of src/python/ast.ts; a node that CPython gives no
span has none here. Offsets are in UTF-16 code units. Boolean operations keep CPython's flat list of values.
"""

import ast
import json
import re
import sys
import threading
import warnings

BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}
UNARY = {ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not"}
COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}


def utf16_length(text):
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Dump:
    def __init__(self, source):
        self.source = source
        self.lines = []  # (offset in UTF-16 code units, the line in UTF-8, whether it is ASCII)
        offset = 0
        for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", source):
            self.lines.append((offset, line.encode("utf-8", "surrogatepass"), line.isascii()))
            offset += utf16_length(line)
        self.length = offset

    def offset(self, lineno, column):
        start, line, is_ascii = self.lines[lineno - 1]
        return start + (column if is_ascii else utf16_length(line[:column].decode("utf-8", "surrogatepass")))

    def span(self, node):
        return {
            "start": self.offset(node.lineno, node.col_offset),
            "end": self.offset(node.end_lineno, node.end_col_offset),
        }

    def many(self, nodes):
        return [self.dump(node) for node in nodes]

    def dump(self, node):
        if node is None:
            return None
        out = getattr(self, type(node).__name__)(node)
        if "start" not in out and hasattr(node, "lineno"):
            out.update(self.span(node))
        return out

    def Module(self, node):
        return {"kind": "Module", "start": 0, "end": self.length, "body": self.many(node.body)}

    # Statements

    def decorated(self, node):
        """nbslim's definitions start at the first decorator's `@`."""
        span = self.span(node)
        if node.decorator_list:
            first = node.decorator_list[0]
            start, line, _ = self.lines[first.lineno - 1]
            row = first.lineno - 1
            at = line[: first.col_offset].rfind(b"@")
            while at < 0:
                row -= 1
                at = self.lines[row][1].rfind(b"@")
            span["start"] = self.offset(row + 1, at)
        return span

    def FunctionDef(self, node, is_async=False):
        return {
            "kind": "FunctionDef", **self.decorated(node), "isAsync": is_async, "name": node.name,
            "typeParams": self.many(getattr(node, "type_params", [])), "params": self.params(node.args),
            "returns": self.dump(node.returns), "decorators": self.many(node.decorator_list),
            "body": self.many(node.body),
        }

    def AsyncFunctionDef(self, node):
        return self.FunctionDef(node, True)

    def ClassDef(self, node):
        return {
            "kind": "ClassDef", **self.decorated(node), "name": node.name,
            "typeParams": self.many(getattr(node, "type_params", [])), "bases": self.many(node.bases),
            "keywords": self.many(node.keywords), "decorators": self.many(node.decorator_list),
            "body": self.many(node.body),
        }

    def params(self, args):
        out = []

        def add(arg, type, default=None):
            out.append({
                "kind": "Parameter", "type": type, "name": arg.arg,
                "annotation": self.dump(arg.annotation), "default": self.dump(default),
            })

        positional = [(a, "positional-only") for a in args.posonlyargs]
        positional += [(a, "positional-or-keyword") for a in args.args]
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        for (arg, type), default in zip(positional, defaults):
            add(arg, type, default)
        if args.vararg:
            add(args.vararg, "var-positional")
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            add(arg, "keyword-only", default)
        if args.kwarg:
            add(args.kwarg, "var-keyword")
        return out

    def type_param(self, node):
        return {
            "kind": "TypeParam", "name": node.name, "bound": self.dump(getattr(node, "bound", None)),
            "default": self.dump(getattr(node, "default_value", None)),
        }

    TypeVar = TypeVarTuple = ParamSpec = type_param

    def Return(self, node):
        return {"kind": "Return", "value": self.dump(node.value)}

    def Delete(self, node):
        return {"kind": "Delete", "targets": self.many(node.targets)}

    def Assign(self, node):
        return {"kind": "Assign", "targets": self.many(node.targets), "value": self.dump(node.value)}

    def AugAssign(self, node):
        return {
            "kind": "AugAssign", "target": self.dump(node.target), "op": BINARY[type(node.op)],
            "value": self.dump(node.value),
        }

    def AnnAssign(self, node):
        return {
            "kind": "AnnAssign", "target": self.dump(node.target), "annotation": self.dump(node.annotation),
            "value": self.dump(node.value),
        }

    def TypeAlias(self, node):
        return {
            "kind": "TypeAlias", "name": node.name.id, "typeParams": self.many(node.type_params),
            "value": self.dump(node.value),
        }

    def For(self, node, is_async=False):
        return {
            "kind": "For", "isAsync": is_async, "target": self.dump(node.target), "iter": self.dump(node.iter),
            "body": self.many(node.body), "orelse": self.many(node.orelse),
        }

    def AsyncFor(self, node):
        return self.For(node, True)

    def While(self, node):
        return {
            "kind": "While", "test": self.dump(node.test), "body": self.many(node.body),
            "orelse": self.many(node.orelse),
        }

    def If(self, node):
        return {
            "kind": "If", "test": self.dump(node.test), "body": self.many(node.body),
            "orelse": self.many(node.orelse),
        }

    def With(self, node, is_async=False):
        items = [
            {"kind": "WithItem", "context": self.dump(i.context_expr), "target": self.dump(i.optional_vars)}
            for i in node.items
        ]
        return {"kind": "With", "isAsync": is_async, "items": items, "body": self.many(node.body)}

    def AsyncWith(self, node):
        return self.With(node, True)

    def Match(self, node):
        cases = []
        for case in node.cases:
            binds, reads = [], []
            self.pattern(case.pattern, binds, reads)
            cases.append({
                "kind": "MatchCase", "guard": self.dump(case.guard), "body": self.many(case.body),
                "pattern": {"kind": "Pattern", "binds": binds, "reads": reads},
            })
        return {"kind": "Match", "subject": self.dump(node.subject), "cases": cases}

    def pattern(self, node, binds, reads):
        name = type(node).__name__
        if name == "MatchValue":
            value = node.value
            if isinstance(value, ast.BinOp):  # a complex number: nbslim keeps its two parts
                left, right = self.dump(value.left), self.dump(value.right)
                if isinstance(value.op, ast.Sub):
                    right = {"kind": "UnaryOperation", "op": "-", "operand": right}
                reads += [left, right]
            else:
                reads.append(self.dump(value))
        elif name == "MatchSingleton":
            reads.append({"kind": "Constant", "type": "None" if node.value is None else "bool", **self.span(node)})
        elif name in ("MatchSequence", "MatchOr"):
            for part in node.patterns:
                self.pattern(part, binds, reads)
        elif name == "MatchMapping":
            for key, part in zip(node.keys, node.patterns):
                self.pattern(ast.MatchValue(key) if not isinstance(key, ast.Constant) or not isinstance(
                    key.value, (bool, type(None))) else ast.copy_location(ast.MatchSingleton(key.value), key),
                    binds, reads)
                self.pattern(part, binds, reads)
            if node.rest:
                binds.append(node.rest)
        elif name == "MatchClass":
            reads.append(self.dump(node.cls))
            for part in node.patterns + node.kwd_patterns:
                self.pattern(part, binds, reads)
        elif name == "MatchStar":
            if node.name:
                binds.append(node.name)
        elif name == "MatchAs":
            if node.pattern:
                self.pattern(node.pattern, binds, reads)
            if node.name:
                binds.append(node.name)

    def Raise(self, node):
        return {"kind": "Raise", "exception": self.dump(node.exc), "cause": self.dump(node.cause)}

    def Try(self, node, is_star=False):
        return {
            "kind": "Try", "isStar": is_star, "body": self.many(node.body), "handlers": self.many(node.handlers),
            "orelse": self.many(node.orelse), "finalbody": self.many(node.finalbody),
        }

    def TryStar(self, node):
        return self.Try(node, True)

    def ExceptHandler(self, node):
        return {
            "kind": "ExceptHandler", "type": self.dump(node.type), "name": node.name, "body": self.many(node.body),
        }

    def Assert(self, node):
        return {"kind": "Assert", "test": self.dump(node.test), "message": self.dump(node.msg)}

    def Import(self, node):
        return {"kind": "Import", "names": self.many(node.names)}

    def ImportFrom(self, node):
        is_star = node.names[0].name == "*"
        return {
            "kind": "ImportFrom", "module": node.module or "", "level": node.level,
            "names": [] if is_star else self.many(node.names), "isStar": is_star,
        }

    def alias(self, node):
        return {"kind": "ImportAlias", "name": node.name, "asName": node.asname}

    def Global(self, node):
        return {"kind": "Global", "names": node.names}

    def Nonlocal(self, node):
        return {"kind": "Nonlocal", "names": node.names}

    def Expr(self, node):
        return {"kind": "ExpressionStatement", "value": self.dump(node.value)}

    def Pass(self, node):
        return {"kind": "Pass"}

    def Break(self, node):
        return {"kind": "Break"}

    def Continue(self, node):
        return {"kind": "Continue"}

    # Expressions

    def Name(self, node):
        return {"kind": "Name", "id": node.id}

    def Constant(self, node):
        value = node.value
        if isinstance(value, (str, bytes)):
            is_bytes = isinstance(value, bytes)
            text = value.decode("latin-1") if is_bytes else value
            if any("\ud800" <= c <= "\udfff" for c in text):
                text = None
            return {"kind": "StringLiteral", "isBytes": is_bytes, "value": text}
        type_name = {type(None): "None", type(...): "Ellipsis"}.get(type(value)) or type(value).__name__
        out = {"kind": "Constant", "type": type_name}
        if type_name == "int":
            out["int"] = hex(value)
        return out

    def JoinedStr(self, node):
        expressions = []
        self.interpolations(node, expressions)
        return {"kind": "JoinedString", "expressions": expressions}

    TemplateStr = JoinedStr

    def interpolations(self, node, into):
        for value in node.values:
            if type(value).__name__ in ("FormattedValue", "Interpolation"):
                into.append(self.dump(value.value))
                if value.format_spec is not None:
                    self.interpolations(value.format_spec, into)
            elif type(value).__name__ in ("JoinedStr", "TemplateStr"):
                self.interpolations(value, into)

    def BinOp(self, node):
        return {
            "kind": "BinaryOperation", "left": self.dump(node.left), "op": BINARY[type(node.op)],
            "right": self.dump(node.right),
        }

    def UnaryOp(self, node):
        return {"kind": "UnaryOperation", "op": UNARY[type(node.op)], "operand": self.dump(node.operand)}

    def BoolOp(self, node):
        op = "and" if isinstance(node.op, ast.And) else "or"
        return {"kind": "BooleanOperation", "op": op, "values": self.many(node.values)}

    def Compare(self, node):
        return {
            "kind": "Compare", "left": self.dump(node.left), "ops": [COMPARE[type(op)] for op in node.ops],
            "comparators": self.many(node.comparators),
        }

    def Call(self, node):
        return {
            "kind": "Call", "func": self.dump(node.func), "args": self.many(node.args),
            "keywords": self.many(node.keywords),
        }

    def keyword(self, node):
        return {"kind": "Keyword", "name": node.arg, "value": self.dump(node.value)}

    def Attribute(self, node):
        return {"kind": "Attribute", "value": self.dump(node.value), "attr": node.attr}

    def Subscript(self, node):
        return {"kind": "Subscript", "value": self.dump(node.value), "index": self.dump(node.slice)}

    def Slice(self, node):
        return {
            "kind": "Slice", "lower": self.dump(node.lower), "upper": self.dump(node.upper),
            "step": self.dump(node.step),
        }

    def List(self, node):
        return {"kind": "List", "elements": self.many(node.elts)}

    def Tuple(self, node):
        return {"kind": "Tuple", "elements": self.many(node.elts)}

    def Set(self, node):
        return {"kind": "SetDisplay", "elements": self.many(node.elts)}

    def Dict(self, node):
        entries = [
            {"kind": "DictEntry", "key": self.dump(key), "value": self.dump(value)}
            for key, value in zip(node.keys, node.values)
        ]
        return {"kind": "Dict", "entries": entries}

    def comprehension_of(self, node, type):
        return {
            "kind": "Comprehension", "type": type, "element": self.dump(node.elt),
            "clauses": self.many(node.generators),
        }

    def ListComp(self, node):
        return self.comprehension_of(node, "list")

    def SetComp(self, node):
        return self.comprehension_of(node, "set")

    def GeneratorExp(self, node):
        return self.comprehension_of(node, "generator")

    def DictComp(self, node):
        return {
            "kind": "DictComprehension", "key": self.dump(node.key), "value": self.dump(node.value),
            "clauses": self.many(node.generators),
        }

    def comprehension(self, node):
        return {
            "kind": "ComprehensionFor", "isAsync": bool(node.is_async), "target": self.dump(node.target),
            "iter": self.dump(node.iter), "ifs": self.many(node.ifs),
        }

    def Lambda(self, node):
        return {"kind": "Lambda", "params": self.params(node.args), "body": self.dump(node.body)}

    def IfExp(self, node):
        return {
            "kind": "Conditional", "test": self.dump(node.test), "body": self.dump(node.body),
            "orelse": self.dump(node.orelse),
        }

    def NamedExpr(self, node):
        return {"kind": "NamedExpression", "target": self.dump(node.target), "value": self.dump(node.value)}

    def Starred(self, node):
        return {"kind": "Starred", "value": self.dump(node.value)}

    def Await(self, node):
        return {"kind": "Await", "value": self.dump(node.value)}

    def Yield(self, node):
        return {"kind": "Yield", "isFrom": False, "value": self.dump(node.value)}

    def YieldFrom(self, node):
        return {"kind": "Yield", "isFrom": True, "value": self.dump(node.value)}


def main():
    warnings.simplefilter("ignore")
    for source in json.load(sys.stdin):
        result = None
        try:
            tree = ast.parse(source)
            result = Dump(source).dump(tree)
            try:
                compile(source, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            except (SyntaxError, ValueError) as error:
                result["compileError"] = str(error)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            result = {"error": str(error), "line": getattr(error, "lineno", None)}
        sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
