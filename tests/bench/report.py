"""
report: rounds into a table for a person and into plain data for a program.
"""
import dataclasses
import statistics

from programs import COMMANDS, Run


def plain(round_):
    return {name: dataclasses.asdict(got) if isinstance(got, Run) else got for name, got in round_.items()}


def program_summary(rounds, name):
    runs = [r[name] for r in rounds]
    if not isinstance(runs[0], Run):
        return {role: statistics.median(run[role] for run in runs) for role in runs[0]}
    median = lambda of: statistics.median(of(run) for run in runs)
    return {"rate": median(lambda r: r.rate), "cpu_us": median(lambda r: r.cpu_us),
            "user_us": median(lambda r: 1e6 * r.user / r.targets), "max_rss_kib": median(lambda r: r.max_rss_kib),
            "overflows": sum(r.overflows for r in runs), "others": median(lambda r: r.others)}


def result(comparison, rounds):
    return {"letter": comparison.letter, "title": comparison.title, "commands": dict(COMMANDS),
            "rounds": [plain(r) for r in rounds],
            "programs": {name: program_summary(rounds, name) for name in comparison.programs},
            "ratios": [ratio.summary(rounds) for ratio in comparison.ratios]}


def number(value, percent=False):
    if percent:
        return f"{100 * value:.0f} %"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def program_line(name, p):
    if "rate" not in p:
        parts = ", ".join(f"{role} {number(value)}" for role, value in p.items())
        return f"    {name:<18} {parts}"
    line = (f"    {name:<18} {number(p['rate']):>8}/s {p['cpu_us']:>9,.1f} us CPU a target "
            f"({p['user_us']:,.1f} user), {p['max_rss_kib'] / 1024:.1f} MiB")
    if p["overflows"]:
        line += f"; {p['overflows']} connections waited for the server"
    return line


def ratio_line(r):
    value, low, high = (number(r[which], r["percent"]) for which in ("median", "min", "max"))
    goal = ""
    if r["goal"] is not None:
        goal = f"  goal: {'at most' if r['at_most'] else 'at least'} {number(r['goal'], r['percent'])}, "
        goal += "met" if r["met"] else "NOT MET"
    return f"    -> {r['name']}: {value} ({low} to {high}){goal}"


def quiet_line(result_):
    others = [p["others"] for p in result_["programs"].values() if "others" in p]
    if not others:
        return []
    note = "" if max(others) < 0.1 else ": only CPU times and ratios within a round mean something"
    return [f"    other programs took up to {100 * max(others):.0f} % of the two cores{note}"]


def table(result_):
    pairs = len(result_["rounds"])
    lines = [f"{result_['letter']}. {result_['title']}; {pairs} round{'s' * (pairs > 1)}, medians (least to most)"]
    lines += [program_line(name, p) for name, p in result_["programs"].items()]
    lines += [ratio_line(r) for r in result_["ratios"]]
    return "\n".join(lines + quiet_line(result_))


def head(machine):
    return (f"{machine['cpu']}, {machine['cores']} cores{' (virtual)' * machine['hypervisor']}, "
            f"{machine['memory_gib']} GiB, {machine['kernel']}, {machine['descriptors']:,} descriptors; "
            f"clients on core {machine['client_core']}, server on core {machine['server_core']}")


def commands(results):
    lines = ["commands"]
    for result_ in results:
        lines += [f"  {result_['letter']}. {command}" for command in result_["commands"].values()]
    return "\n".join(lines)
