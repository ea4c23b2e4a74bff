"""What a system that reads the results does with them, with nothing but Python and no network.

consumer.py SCHEMA RESULTS.ndjson CALENDAR.ics YYYY-MM: validates every record, slices the texts by the spans, loads the
results into SQLite, and prints as JSON what is due by body in that month. Exits with 1 and says why where something is wrong.
"""

import json
import socket
import sqlite3
import sys


def no_network(*_args, **_kwargs):
    raise OSError("no network here")


socket.socket.connect = no_network


def check_shape(schema, value, node, at):
    """Keys, types and closed lists, for where the package jsonschema is not installed."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    if "oneOf" in node:
        faults = [fault for one in node["oneOf"] for fault in [check_shape(schema, value, one, at)]]
        return None if None in faults else faults[0]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    kinds.update(number=(int, float), integer=int)
    wanted = node.get("type")
    if wanted:
        wanted = wanted if isinstance(wanted, list) else [wanted]
        if not any(isinstance(value, kinds[kind]) for kind in wanted):
            return f"{at}: {type(value).__name__} is not {wanted}"
    if "enum" in node and value not in node["enum"]:
        return f"{at}: {value!r} is not of the list"
    if isinstance(value, dict) and "properties" in node:
        missing = [key for key in node.get("required", []) if key not in value]
        unknown = [key for key in value if key not in node["properties"]]
        if missing or unknown:
            return f"{at}: missing {missing}, unknown {unknown}"
        for key, part in value.items():
            fault = check_shape(schema, part, node["properties"][key], f"{at}.{key}")
            if fault:
                return fault
    if isinstance(value, list) and "items" in node:
        for number, part in enumerate(value):
            fault = check_shape(schema, part, node["items"], f"{at}[{number}]")
            if fault:
                return fault
    return None


def validate(schema, records):
    try:
        import jsonschema
    except ImportError:
        print("skipped: the package jsonschema is not installed; keys and types are checked", file=sys.stderr)
        for number, record in enumerate(records):
            fault = check_shape(schema, record, schema, f"record {number}")
            if fault:
                sys.exit(fault)
        return
    validator = jsonschema.Draft202012Validator(schema)
    for number, record in enumerate(records):
        for error in validator.iter_errors(record):
            sys.exit(f"record {number}: {error.message}")


def check_spans(node, text, seen):
    if isinstance(node, dict):
        span, raw = node.get("span"), node.get("raw")
        if span and raw is not None:
            if text[span["start"] : span["end"]] != raw:
                sys.exit(f"{raw!r} does not stand at {span}")
            seen.append(raw)
        for part in node.values():
            check_spans(part, text, seen)
    elif isinstance(node, list):
        for part in node:
            check_spans(part, text, seen)


def load(records):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE task (document TEXT, id TEXT, title TEXT, PRIMARY KEY (document, id))")
    base.execute("CREATE TABLE lead (document TEXT, task TEXT, body TEXT)")
    base.execute("CREATE TABLE due (document TEXT, task TEXT, day TEXT)")
    for record in records:
        document = record["document"]["id"]
        for task in record["tasks"]:
            base.execute("INSERT INTO task VALUES (?, ?, ?)", (document, task["id"], task["title"]))
            for body in task["lead"]:
                base.execute("INSERT INTO lead VALUES (?, ?, ?)", (document, task["id"], body["name"]))
            for limit in task["deadlines"]:
                if limit["due"]:
                    base.execute("INSERT INTO due VALUES (?, ?, ?)", (document, task["id"], limit["due"]))
    return base


def check_calendar(path):
    try:
        import icalendar
    except ImportError:
        print("skipped: the package icalendar is not installed; the calendar is not read by it", file=sys.stderr)
        return None
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    todos = calendar.walk("VTODO")
    if not todos or any(todo.errors for todo in todos):
        sys.exit("the calendar has no to-dos, or damaged ones")
    uids = [str(todo["UID"]) for todo in todos]
    if len(set(uids)) != len(uids):
        sys.exit("two to-dos have one UID")
    return len(todos)


def main(schema_path, results_path, calendar_path, month):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    with open(results_path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    validate(schema, records)
    lists = [record for record in records if "tasks" in record]
    seen = []
    for record in lists:
        check_spans(record, record["document"]["text"], seen)
    rows = load(lists).execute(
        "SELECT lead.body, due.day, task.title FROM task"
        " JOIN lead ON lead.document = task.document AND lead.task = task.id"
        " JOIN due ON due.document = task.document AND due.task = task.id"
        " WHERE due.day LIKE ? ORDER BY lead.body, due.day, task.title",
        (month + "-%",),
    )
    print(json.dumps({"records": len(records), "spans": len(seen), "todos": check_calendar(calendar_path), "due": list(rows)}))


main(*sys.argv[1:])
