"""Decides problems of SMT-LIB: one JSON line in, one JSON line out.

A line has `problems`, of which the whole is satisfiable when one is. The answer has `verdict` (`sat`, `unsat` or
`unknown`) and `milliseconds`. The solver is named by the first argument. The second is how much work it may do for each
problem, in steps that the solver counts itself: what is decided does not depend on how fast the machine is.
"""

import json
import sys
import time


def cvc5_decides(text, limit):
    import cvc5

    solver = cvc5.Solver()
    solver.setOption("rlimit-per", str(limit))
    solver.setOption("strings-exp", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "problem")
    symbols = parser.getSymbolManager()
    answer = ""
    while True:
        command = parser.nextCommand()
        if command.isNull():
            return answer.split()[0] if answer else "unknown"
        answer = command.invoke(solver, symbols).strip() or answer


def z3_decides(text, limit):
    import z3

    solver = z3.Solver()
    solver.set("rlimit", limit)
    # z3 has this set under another name, and no logic of this one.
    text = text.replace("(set-logic ALL)\n", "").replace("(check-sat)\n", "")
    solver.from_string(text)
    return str(solver.check())


def whole(problems, decides, limit):
    verdict = "unsat"
    for problem in problems:
        found = decides(problem, limit)
        if found == "sat":
            return found
        if found != "unsat":
            verdict = "unknown"
    return verdict


def main():
    decides = {"cvc5": cvc5_decides, "z3": z3_decides}[sys.argv[1]]
    limit = int(sys.argv[2])
    decides("(set-logic ALL)\n(check-sat)\n", limit)
    for line in sys.stdin:
        start = time.perf_counter()
        try:
            answer = {"verdict": whole(json.loads(line)["problems"], decides, limit)}
        except Exception as error:
            answer = {"verdict": "unknown", "error": str(error)[:300]}
        answer["milliseconds"] = (time.perf_counter() - start) * 1000
        print(json.dumps(answer), flush=True)


main()
