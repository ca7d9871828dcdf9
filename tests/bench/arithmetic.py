"""The benchmark's own sums: what a set of times comes to, which rows are void, who is compared with whom.

A result is {row: (count, microseconds, ids)}, a row (command, kind, query); results are {engine: result}.
"""
import math
import statistics


def percentile(values, share):
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(values):
    return {"n": len(values), "mean": statistics.mean(values), "median": statistics.median(values),
            "p99": percentile(values, 0.99), "max": max(values)}


def best_of(older, newer):
    """Two passes over the same rows as one: the lesser time of each row. Counts and ids must not change."""
    merged = dict(older)
    for row, (count, us, ids) in newer.items():
        if row in merged:
            if merged[row][0] != count:
                raise ValueError("%s: counted %d, then %d" % (" ".join(row), merged[row][0], count))
            us = min(us, merged[row][1])
        merged[row] = (count, us, ids)
    return merged


def common_rows(results):
    return set.intersection(*(set(rows) for rows in results.values())) if results else set()


def counted(row):
    return row[0].endswith("COUNT")


def void_rows(results, exact):
    """Rows that the exact engines do not agree on: {row: {engine: count}}. Others have no say."""
    void = {}
    for row in common_rows(results):
        counts = {name: results[name][row][0] for name in results if name in exact}
        if counted(row) and len(set(counts.values())) > 1:
            void[row] = counts
    return void


def wrong_rows(results, name, truth):
    """Rows that an engine counts otherwise than the truth: {row: (its count, the right one)}."""
    rows = common_rows({k: results[k] for k in (name, truth)})
    pairs = {row: (results[name][row][0], results[truth][row][0]) for row in rows if counted(row)}
    return {row: pair for row, pair in pairs.items() if pair[0] != pair[1]}


def differing_tops(rows):
    """Queries whose ten best are not the same with and without a count."""
    differing = []
    for (command, kind, query), (_, _, ids) in rows.items():
        twin = rows.get((command + "_COUNT", kind, query))
        if command == "TOP_10" and twin and twin[2] != ids:
            differing.append((kind, query))
    return sorted(differing)


def best(values, names):
    """The name with the least value, and the value; (None, None) where none of the names has one."""
    there = [(values[name], name) for name in names if values.get(name) is not None]
    return tuple(reversed(min(there))) if there else (None, None)


def ratio(ours, theirs):
    return ours / theirs if ours is not None and theirs else None


def growth_exponent(sizes, costs):
    """The slope of cost over size in logarithms, by least squares: 1 is as fast as the corpus grows."""
    xs, ys = [math.log(x) for x in sizes], [math.log(y) for y in costs]
    x0, y0 = statistics.mean(xs), statistics.mean(ys)
    return sum((x - x0) * (y - y0) for x, y in zip(xs, ys)) / sum((x - x0) ** 2 for x in xs)


def within_budget(peak_bytes, budget_bytes):
    """What the indexer promises of its memory: a tenth and 64 MiB over its budget, at most."""
    return peak_bytes <= budget_bytes * 1.1 + (64 << 20)
