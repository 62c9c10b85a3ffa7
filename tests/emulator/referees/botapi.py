"""The published Bot API as a judge: it reads the machine-readable schema and nothing of ours."""

import json
import re
from functools import cached_property

SAID_RETURN = re.compile(r"\breturn", re.IGNORECASE)
NAMED = re.compile(r"(Array of )?\b([A-Z][A-Za-z]+)\b")
ALWAYS = re.compile(r"always ['“\"]([^'”\"]+)['”\"]")
PRIMITIVE = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
}


class BotApi:
    """Types and methods of one version of the Bot API."""

    def __init__(self, path):
        schema = json.loads(path.read_text("utf-8"))
        items = [item for group in schema["items"] for item in group["children"]]
        self.version = schema["api"]["version"]
        self.types = {item["name"]: item for item in items if item["category"] == "types"}
        self.methods = {item["name"]: item for item in items if item["category"] == "methods"}

    @cached_property
    def unions(self):
        """Types that are one of others."""
        return {
            name: re.findall(r"^ - (\w+)", item["description"], re.MULTILINE)
            for name, item in self.types.items()
            if not item["annotations"] and re.search(r"^ - \w+", item["description"], re.MULTILINE)
        }

    def parameters(self, method):
        """Names of parameters with whether they are required."""
        return {one["name"]: one["required"] for one in self.methods[method]["annotations"]}

    def returning(self, method):
        """What the documentation says is returned, as type names."""
        sentences = re.split(r"(?<=\.)\s+", self.methods[method]["description"])
        said = " ".join(sentence for sentence in sentences if SAID_RETURN.search(sentence))
        named = [(array or "") + name for array, name in NAMED.findall(said)]
        return [name for name in named if name.removeprefix("Array of ") in self.types | PRIMITIVE]

    def problems(self, wanted, value, path="result"):
        """List what is wrong with a value that should be of the wanted type."""
        if wanted.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{path}: a list is expected"]
            inner = wanted.removeprefix("Array of ")
            return [
                wrong
                for at, one in enumerate(value)
                for wrong in self.problems(inner, one, f"{path}[{at}]")
            ]
        kinds = re.split(r", | or | and ", wanted)
        if len(kinds) == 1:
            kinds = self.unions.get(wanted, kinds)
        if len(kinds) > 1 or wanted in self.unions:
            tried = [self.problems(kind, value, path) for kind in kinds]
            if wanted == "RichText" and isinstance(value, str | list):
                return (
                    []
                    if isinstance(value, str)
                    else [w for one in value for w in self.problems(wanted, one, path)]
                )
            return min(tried, key=len)
        if wanted in PRIMITIVE:
            return (
                [] if PRIMITIVE[wanted](value) else [f"{path}: {wanted} is expected, not {value!r}"]
            )
        return self._object(wanted, value, path)

    def _object(self, wanted, value, path):
        if not isinstance(value, dict):
            return [f"{path}: {wanted} is expected"]
        fields = {one["name"]: one for one in self.types[wanted]["annotations"]}
        wrong = [
            f"{path}.{name}: {wanted} has no such field" for name in value.keys() - fields.keys()
        ]
        for name, field in fields.items():
            if name not in value:
                wrong += [f"{path}.{name}: {wanted} requires it"] if field["required"] else []
                continue
            always = ALWAYS.search(field["description"])
            if always and value[name] != always[1]:
                wrong.append(f"{path}.{name}: always {always[1]!r}")
            wrong += self.problems(field["type"], value[name], f"{path}.{name}")
        return wrong
