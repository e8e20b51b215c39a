"""Reads the public headers: what they declare, and what their `///` comments say of it.

`docstrings.py OUT.cpp` writes the comments as a table from which the bindings take their docstrings.
The parity test imports `declarations()` as the list of public names.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

INCLUDE = Path(__file__).resolve().parents[2] / "include" / "jiedui"
OPT_IN = {"boost.hpp", "attestation_verifier.hpp"}  # for users of Boost.Graph, and of that file alone

TOKEN = re.compile(
    r"""///<[^\n]* | ///[^\n]* | //[^\n]* | /\*.*?\*/
      | R"(?P<d>[^\s()\\]*)\(.*?\)(?P=d)" | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'
      | [A-Za-z_]\w* | \d(?:[\w.]|'(?=\w))* | :: | -> | \[\[ | \]\] | <=> | [<>=!]= | \S""",
    re.VERBOSE | re.DOTALL,
)
ACCESS = {"public", "protected", "private"}
BEFORE_NAME = {"JIEDUI_API", "inline", "constexpr", "consteval", "static", "explicit", "virtual", "__extension__"}


@dataclass
class Declaration:
    """One public name of the C++ interface: "Plan.gap", a "function" and what its comment says."""

    name: str
    kind: str  # namespace class enum enumerator concept alias function constructor variable
    doc: str = ""
    header: str = ""


@dataclass
class Scope:
    kind: str  # file namespace class enum
    name: str = ""
    public: bool = True


@dataclass
class Parser:
    """Walks through the tokens of one header, one declaration after the other."""

    tokens: list[str]
    header: str
    found: list[Declaration] = field(default_factory=list)
    at: int = 0
    before: list[str] = field(default_factory=list)  # `///` lines above what comes next
    last: list[Declaration] = field(default_factory=list)  # what `///<` behind it belongs to

    def scope(self, scope: Scope) -> None:
        """Reads up to the brace that closes the scope."""
        statement: list[str] = []
        after: list[str] = []

        def end() -> None:
            self.last = self.declare(scope, statement, " ".join(after)) if statement else []
            statement.clear()
            after.clear()

        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.startswith("///<"):
                self.behind(token, statement, after)
            elif token.startswith("///"):
                self.before.append(token[3:].removeprefix(" "))
            elif token == "}":
                end()
                return
            elif token == ";" or (token == "," and scope.kind == "enum"):
                end()
            elif token == ":" and len(statement) == 1 and statement[0] in ACCESS:
                scope.public = statement.pop() == "public"
            elif token == "{":
                if inner := self.opened(scope, statement):
                    statement.clear()
                    self.scope(inner)
                elif self.body(scope, statement):
                    end()
            elif token in ("(", "[["):
                statement.append(token)
                self.skip(token, {"(": ")", "[[": "]]"}[token], statement)
            else:
                statement.append(token)

    def behind(self, token: str, statement: list[str], after: list[str]) -> None:
        text = token[4:].strip()
        if statement:
            after.append(text)
        for declaration in [] if statement else self.last:
            declaration.doc = f"{declaration.doc} {text}".strip()

    def skip(self, opening: str, closing: str, into: list[str] | None = None) -> None:
        """Passes over a bracket that is open already."""
        depth = 1
        while depth and self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            depth += (token == opening) - (token == closing)
            if into is not None and not token.startswith("//"):
                into.append(token)

    def opened(self, scope: Scope, statement: list[str]) -> Scope | None:
        """The scope that a brace behind these words opens, if it is one of declarations."""
        words = plain(statement)
        if words[:1] == ["extern"] and "(" not in words:
            return Scope("file")
        if "namespace" in words[:2]:
            return Scope(
                "namespace", self.inside(scope, "".join(words[words.index("namespace") + 1 :]).replace("::", "."))
            )
        if not words or words[0] not in ("class", "struct", "enum", "union") or "(" in words:
            return None
        words = words[: words.index(":")] if ":" in words else words
        names = [word for word in words[1:] if re.fullmatch(r"[A-Za-z_]\w*", word) and word not in ("class", "final")]
        name = ".".join(names[: 1 + words.count("::")])
        specialised = "<" in words
        kind = "enum" if words[0] == "enum" else "class"
        inner = Scope(kind, self.inside(scope, name), words[0] != "class" or kind == "enum")
        if not scope.public or specialised or not name:
            inner.name = "detail"
        self.add(inner.name, kind)
        return inner

    def body(self, scope: Scope, statement: list[str]) -> bool:
        """Passes over the body of a function or an initialiser; whether the statement ends there."""
        words = plain(statement)
        self.skip("{", "}")
        if "concept" in words or "(" not in words or "=" in words[: words.index("(")] and "operator" not in words:
            return False
        following = self.tokens[self.at] if self.at < len(self.tokens) else ""
        return following not in (",", "{") and scope.kind != "enum"

    def declare(self, scope: Scope, statement: list[str], after: str) -> list[Declaration]:
        words = plain(statement)
        if scope.kind == "enum":
            return self.add(self.inside(scope, words[0]), "enumerator", after)
        if not words or not scope.public or words[0] in ("friend", "static_assert", "extern", "namespace"):
            self.before.clear()
            return []
        if words[0] == "concept":
            return self.add(self.inside(scope, words[1]), "concept", after)
        if words[0] == "using":
            return self.add(self.inside(scope, words[1]), "alias", after) if words[2:3] == ["="] else []
        if words[0] in ("class", "struct", "enum") and "(" not in words and "=" not in words:
            self.before.clear()
            return []  # declared here, defined elsewhere
        opening = first_parenthesis(words)
        if "operator" in words[:opening] or "~" in words[:opening]:
            self.before.clear()
            return []
        if opening < len(words) and "=" not in words[:opening]:
            if words[-2:] in (["=", "default"], ["=", "delete"]) and words[-1] == "delete":
                self.before.clear()
                return []
            if words[opening - 2 : opening - 1] == ["::"]:
                self.before.clear()
                return []  # defined here, declared in its class
            name = words[opening - 1]
            constructs = scope.kind == "class" and name == scope.name.rsplit(".", 1)[-1]
            return self.add(self.inside(scope, name), "constructor" if constructs else "function", after)
        variables = [self.inside(scope, name) for name in declared_names(words)]
        doc = self.take(after)
        return [one for name in variables for one in self.add(name, "variable", doc)]

    def inside(self, scope: Scope, name: str) -> str:
        return f"{scope.name}.{name}" if scope.name else name

    def take(self, after: str) -> str:
        doc = "\n".join([*self.before, after] if after else self.before).strip()
        self.before.clear()
        return doc

    def add(self, name: str, kind: str, after: str = "") -> list[Declaration]:
        declaration = Declaration(name, kind, self.take(after), self.header)
        if name.startswith("jiedui.") and "detail" not in name.split("."):
            declaration.name = name.removeprefix("jiedui.")
            self.found.append(declaration)
        return [declaration]


def plain(statement: list[str]) -> list[str]:
    """The words without attributes, template heads and specifiers."""
    words: list[str] = []
    at = 0
    while at < len(statement):
        if statement[at] == "[[":
            at = statement.index("]]", at) + 1
        elif statement[at] == "template":
            depth = 0
            while True:
                at += 1
                depth += (statement[at] == "<") - (statement[at] == ">")
                if depth == 0:
                    break
            at += 1
        elif statement[at] in BEFORE_NAME:
            at += 1
        else:
            words.append(statement[at])
            at += 1
    return words


def first_parenthesis(words: list[str]) -> int:
    """Where the parameters of a function begin, those of types such as function<void(int)> aside."""
    depth = 0
    for at, word in enumerate(words):
        if word == "(" and depth == 0:
            return at
        if "operator" not in words[:at]:
            depth += (word == "<") - (word == ">")
    return len(words)


def declared_names(words: list[str]) -> list[str]:
    """The variables that `std::optional<Date> from, until` and its like declare."""
    names: list[str] = []
    depth, name, done = 0, "", False
    for word in [*words, ","]:
        if not done:
            depth += (word == "<") - (word == ">")
        if depth == 0 and word == "," and name:
            names.append(name)
            name, done = "", False
        elif word in ("=", "["):
            done = True
        elif depth == 0 and not done and re.fullmatch(r"[A-Za-z_]\w*", word):
            name = word
    return names


def parse(text: str, header: str) -> list[Declaration]:
    """What one header declares in the namespace jiedui."""
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", text, flags=re.MULTILINE)
    tokens = [found[0] for found in TOKEN.finditer(text)]
    tokens = [token for token in tokens if not token.startswith("/*") and not re.match(r"//(?!/)", token)]
    parser = Parser(tokens, header)
    parser.scope(Scope("file"))
    return parser.found


def declarations() -> list[Declaration]:
    """What all public headers declare, header by header."""
    found: list[Declaration] = []
    for path in sorted(INCLUDE.glob("**/*.hpp")):
        if "detail" not in path.relative_to(INCLUDE).parts and path.name not in OPT_IN:
            found += parse(path.read_text(encoding="utf-8"), str(path.relative_to(INCLUDE)))
    return found


def readable(doc: str) -> str:
    """A comment as a docstring."""
    doc = re.sub(r"@param\s+([\w,]+)", r"\1:", doc)
    doc = doc.replace("@throws", "Raises").replace("@return", "Returns")
    return re.sub(r"\bstd::(\w+)", r"\1", doc)


def docstrings() -> dict[str, str]:
    """Comment by name; further declarations of the same name are "Network.position#2" and so on."""
    docs: dict[str, str] = {}
    counts: dict[str, int] = {}
    for declaration in declarations():
        counts[declaration.name] = number = counts.get(declaration.name, 0) + 1
        docs[declaration.name if number == 1 else f"{declaration.name}#{number}"] = readable(declaration.doc)
    return docs


SOURCE = """// Made by docstrings.py from the comments of the public headers.
#include "docstrings.hpp"

#include <algorithm>
#include <iterator>

namespace jiedui::python {{
namespace {{

struct Docstring {{
  std::string_view name;
  const char* text;
}};

constexpr Docstring docstrings[] = {{
{rows}
}};

}}  // namespace

const char* find_doc(std::string_view name) {{
  const auto* found = std::lower_bound(
      std::begin(docstrings), std::end(docstrings), name,
      [](const Docstring& row, std::string_view wanted) {{ return row.name < wanted; }});
  return found == std::end(docstrings) || found->name != name ? nullptr : found->text;
}}

}}  // namespace jiedui::python
"""


def main() -> None:
    docs = sorted(docstrings().items(), key=lambda item: item[0].encode())
    rows = "\n".join(f'    {{"{name}", R"doc({text})doc"}},' for name, text in docs)
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(SOURCE.format(rows=rows), encoding="utf-8")


if __name__ == "__main__":
    main()
