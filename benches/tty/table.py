#!/usr/bin/env python3
"""table.py - what ttybench.py measured of chancery and its peers, as one table of ratios in Markdown.

Needs: Python 3.9+, standard library only.

  table.py WORK RESULT.json...      one result for each size, as written by ttybench.py --json

WORK is the folder of peers.sh: build.tsv there says how long the peers' stores took to build, and the sizes of
what is kept are taken from it.  A cell is `chancery : peer = ratio (ratio of the minima)`, medians of all runs; a
goal is the largest ratio that is aimed at, for each size.
"""
import json, os, sys

SIZES = (1000, 10000, 100000)
# measure, unit, (program, steps, field), (peers, steps, field), goals
ROWS = [
    ("start to a usable list, index kept", "ms", ("chancery", ["start"], "ready"),
     (["neomutt", "neomutt+notmuch", "newsboat"], ["start", "openlist"], "ready"), (0.4, 0.15, 0.02)),
    ("nothing kept: first list", "ms", ("chancery cold", ["start"], "ready"),
     (["neomutt", "neomutt+notmuch", "newsboat"], ["start", "openlist"], "ready"), (1.0, 0.5, 0.1)),
    ("nothing kept: everything can be searched", "s", ("chancery cold", ["start", "whole"], "whole"),
     ("newsboat import (reload)", 2), (0.5, 0.3, 0.3)),
    ("one row down", "ms", ("chancery", ["down"], "last"), (["neomutt"], ["down"], "last"), (0.6,) * 3),
    ("page in the list", "ms", ("chancery", ["listpage"], "last"), (["neomutt"], ["listpage"], "last"), (0.6,) * 3),
    ("end of the list", "ms", ("chancery", ["toend"], "last"), (["neomutt"], ["toend"], "last"), (1.0,) * 3),
    ("open an article", "ms", ("chancery", ["open"], "last"), (["neomutt"], ["open"], "last"), (0.5,) * 3),
    ("60 keys at 30 a second: settle", "ms", ("chancery", ["repeat"], "settle"), (["neomutt"], ["repeat"], "settle"), (0.6,) * 3),
    ("… CPU", "ms", ("chancery", ["repeat"], "cpu"), (["neomutt"], ["repeat"], "cpu"), (0.6,) * 3),
    ("100 keys at once: settle", "ms", ("chancery", ["flood"], "settle"), (["less"], ["flood"], "settle"), (2.0,) * 3),
    ("… bytes", "B", ("chancery", ["flood"], "bytes"), (["newsboat"], ["flood"], "bytes"), (0.2,) * 3),
    ("back to the list", "ms", ("chancery", ["back"], "last"), (["neomutt"], ["back"], "last"), (0.5, 0.3, 0.05)),
    ("search: rare", "ms", ("chancery", ["rare"], "hit"), (["neomutt+notmuch"], ["rare"], "hit"), (0.6, 0.1, 0.02)),
    ("… middling", "ms", ("chancery", ["mid"], "hit"), (["neomutt+notmuch"], ["mid"], "hit"), (0.6, 0.3, 0.1)),
    ("… common", "ms", ("chancery", ["common"], "hit"), (["neomutt+notmuch"], ["common"], "hit"), (0.1, 0.03, 0.01)),
    ("filter by title", "ms", ("chancery", ["filter"], "hit"), (["fzf titles"], ["filter"], "hit"), (0.5, 0.3, 0.5)),
    ("lens of two actors and a month, beside the own common search", "ms", ("chancery", ["lens"], "hit"),
     (["chancery"], ["common"], "hit"), (3.0,) * 3),
    ("quit", "ms", ("chancery", ["quit"], "ms"), (["neomutt+notmuch"], ["quit"], "ms"), (0.5, 0.3, 0.05)),
    ("peak resident memory", "MB", ("chancery", [], "peak_rss_mb"), (["neomutt"], [], "peak_rss_mb"), (1.0, 0.7, 0.4)),
    ("index on disk", "MB", ("chancery", [], "disk"), ("newsboat import (reload)", 5), (0.6,) * 3),
]
# A program is quiet for so long before the step behind its start begins (ttybench.py, start_quiet), in ms.
QUIET = 150


def of_steps(program, steps, field):
    """Median and minimum, added up over those of the steps that the program has."""
    if not steps:
        return program["agg"][field]
    total = {"med": 0.0, "min": 0.0}
    for step in steps:
        found = program["agg"]["steps"].get(step)
        if found is None:
            continue
        if field == "whole":
            value = found["hit" if step == "whole" else "quiet"]
            value = {k: value[k] + (QUIET if step == "start" else 0) for k in total}
        else:
            value = found.get(field) or found["hit"]
        for k in total:
            total[k] += value[k]
    return total


def number(value, unit):
    text = "%.2f" % value if value < 10 and unit != "B" else "%.1f" % value if value < 100 and unit != "B" else "%.0f" % value
    return text.rstrip("0").rstrip(".") if "." in text else text


def size_of(folder):
    return sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(folder) for f in files) / 1e6


def cell(row, work, size, programs, built):
    _, unit, (name, steps, field), peer, _ = row
    scale = 1000 if unit == "s" else 1
    if name not in programs:
        return "–"
    if field == "disk":
        own = size_of("%s/p/%d/%s/cache" % (work, size, name))
        own = {"med": own, "min": own}
    else:
        own = of_steps(programs[name], steps, field)
        own = {k: own[k] / scale for k in ("med", "min")}
    if isinstance(peer[0], str):
        value = built.get((size, peer[0]), [None] * 7)[peer[1]]
        best = value and {"med": float(value), "min": float(value)}
    else:
        names, peer_steps, peer_field = peer
        found = [of_steps(programs[n], peer_steps, peer_field) for n in names if n in programs]
        best = min(found, key=lambda one: one["med"]) if found else None
    if not best:
        return number(own["med"], unit)
    ratios = [own[k] / best[k] for k in ("med", "min")]
    ratios = tuple(("%.3f" if ratio < 0.1 else "%.2f") % ratio for ratio in ratios)
    return "%s : %s = %s (%s)" % (number(own["med"], unit), number(best["med"], unit), *ratios)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    work, results = sys.argv[1], {}
    for path in sys.argv[2:]:
        with open(path) as f:
            result = json.load(f)
        results[int(result["vars"]["N"])] = {p["name"]: p for p in result["programs"]}
    built = {}
    with open(work + "/build.tsv") as f:
        for line in f:
            fields = line.rstrip("\n").split("\t")
            built[(int(fields[0]), fields[1])] = fields
    sizes = [size for size in SIZES if size in results]
    print("| measure | " + " | ".join("{:,}".format(size) for size in sizes) + " | goal |")
    print("| --- |" + " --- |" * (len(sizes) + 1))
    for row in ROWS:
        goals = [g for size, g in zip(SIZES, row[4]) if size in sizes]
        goal = str(goals[0]) if len(set(goals)) == 1 else " / ".join(map(str, goals))
        cells = [cell(row, work, size, results[size], built) for size in sizes]
        print("| %s, %s | %s | %s |" % (row[0], row[1], " | ".join(cells), goal))


main()
