#!/usr/bin/env bash
# Tests of the script `quartier` itself: a run that proves nothing must never look like one that passed.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=../../quartier
. "$HERE/../../quartier"

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT
RESULTS=$SCRATCH/results
LOGS=$SCRATCH/logs
STAMPS=$SCRATCH/stamps
mkdir -p "$RESULTS" "$LOGS" "$STAMPS"
PASSED=0
FAILED=0

# same NAME EXPECTED ACTUAL
same() {
  if [ "$2" = "$3" ]; then PASSED=$((PASSED + 1)); else
    FAILED=$((FAILED + 1))
    printf 'not ok: %s\n  expected: %s\n  actual:   %s\n' "$1" "$2" "$3"
  fi
}

# outcome STATUS TEXT: passed, failed and skipped that the script reads from what a suite of npm printed. A command substitution does not
# inherit that the first failure ends the script.
outcome() {
  set -e
  printf '%s\n' "$2" >"$LOGS/sample.log"
  script_tests sample "$LOGS/sample.log" "$1" 3 2>/dev/null
  cut -f2-4 "$RESULTS/sample.tsv" | tr '\t' ' '
}

# unittest STATUS TEXT: the same for Python's unittest.
unittest() {
  set -e
  printf '%s\n' "$2" >"$LOGS/sample.log"
  unittest_tests sample "$LOGS/sample.log" "$1" 3 2>/dev/null
  cut -f2-4 "$RESULTS/sample.tsv" | tr '\t' ' '
}

same "unittest passes" "27 0 0" "$(unittest 0 "$(printf 'Ran 27 tests in 90.1s\n\nOK')")"
same "unittest fails" "24 3 0" "$(unittest 1 "$(printf 'Ran 27 tests in 90.1s\n\nFAILED (failures=2, errors=1)')")"
same "unittest without tests fails" "0 1 0" "$(unittest 0 'OK')"
same "vitest passes" "34 0 0" "$(outcome 0 '      Tests  34 passed (34)')"
same "vitest fails and skips" "30 3 1" "$(outcome 1 '      Tests  3 failed | 30 passed | 1 skipped (34)')"
same "node --test passes" "12 0 2" "$(outcome 0 "$(printf 'ℹ tests 14\nℹ pass 12\nℹ fail 0\nℹ skipped 2')")"
same "node --test in TAP fails" "11 1 0" "$(outcome 1 "$(printf '# tests 12\n# pass 11\n# fail 1\n# skipped 0')")"
same "Playwright passes" "5 0 0" "$(outcome 0 '  5 passed (3.1s)')"
same "Playwright fails" "4 1 0" "$(outcome 1 "$(printf '  1 failed\n    a.spec.ts:3:1 › a\n  4 passed (3.1s)')")"
same "no numbers are a failure" "0 1 0" "$(outcome 0 'Done.')"
same "no tests are a failure" "0 1 0" "$(outcome 0 '# pass 0')"
same "an end with an error after passed tests is a failure" "12 1 0" "$(outcome 134 '# pass 12')"

# sum LINES: the last line and the exit code over suites of the form PASSED FAILED SKIPPED.
sum() {
  local status=0 line
  rm -f "$RESULTS"/*.tsv
  while read -r line; do
    # shellcheck disable=SC2086 # three numbers
    result "s$RANDOM$RANDOM" $line 1 2>/dev/null
  done <<<"$1"
  line=$(summary | tail -n 1) || status=$?
  printf '%s (%s)' "$line" "$status"
}

same "suites that pass" "7 passed, 0 failed (0)" "$(sum "$(printf '3 0 0\n4 0 0')")"
same "one failure fails the sum" "7 passed, 1 failed (1)" "$(sum "$(printf '3 1 0\n4 0 0')")"
same "skipped tests are named" "3 passed, 0 failed, 2 skipped (0)" "$(sum '3 0 2')"
same "nothing ran" "0 passed, 0 failed (1)" "$(rm -f "$RESULTS"/*.tsv; sum '0 0 0')"

same "a command that does not exist is named at once" "1 ✗ There is no command 'polices'. ./quartier help lists them." \
  "$(status=0; said=$(main polices 2>&1) || status=$?; printf '%s %s' $status "$said")"
same "every command of the help exists" "" "$(help_command | sed -nE 's/^  \.\/quartier ([a-z| -]+[a-z]).*/\1/p' | tr '|' '\n' | awk 'NF { print $1 }' | while read -r command; do
  case " demo run test fuzz check bench $COMMANDS " in *" $command "*) ;; *) echo "$command" ;; esac
done)"

same "a failing command shows its end and fails" "1" "$(status=0; quietly "Sample" sh -c 'echo told; exit 3' 2>"$LOGS/err" || status=$?; grep -c told "$LOGS/err")"
same "a command that works stays quiet" "0" "$(quietly "Sample" echo told 2>"$LOGS/err"; grep -c told "$LOGS/err" || true)"
same "a suite that hangs is ended" "124" "$(status=0; limited 1 tail -f /dev/null || status=$?; printf '%s' $status)"

# judgement STATUS CONDITION TEXT: passed and failed when a program says the text and ends with the status.
judgement() {
  SUITE=sample PASSED=0 FAILED=0 LAST=
  judged sample "$2" sh -c 'printf "%s\n" "$1"; exit "$2"' sh "$3" "$1" >"$LOGS/judged.log" 2>&1
  printf '%s %s' $PASSED $FAILED
}

same "a program that holds" "1 0" "$(judgement 0 'r.lost === 0' "$(printf 'table\n{"lost":0}')")"
same "a program whose figure is wrong" "0 1" "$(judgement 0 'r.lost === 0' '{"lost":1}')"
same "a program whose figure is missing" "0 1" "$(judgement 0 'r.lost === 0' '{}')"
same "a condition that is no truth value" "0 1" "$(judgement 0 'r.lost' '{"lost":1}')"
same "a program that fails although its figure is right" "0 1" "$(judgement 3 'r.lost === 0' '{"lost":0}')"
same "a program without JSON" "0 1" "$(judgement 0 'true' 'Done.')"
same "a program that says nothing" "0 1" "$(judgement 0 'true' '')"
same "a suite of programs is counted" "1 1 0" "$(
  bench_runs() {
    judged one 'r.a === 1' echo '{"a":1}'
    judged two 'r.a === 1' echo '{"a":2}'
  }
  program_suite benches "$LOGS/benches.log" 2>/dev/null
  cut -f2-4 "$RESULTS/benches.tsv" | tr '\t' ' '
)"
same "the second run of the demo must know everything and raise nothing" "1 1 0" "$(
  CLI=demo
  dotnet() { if [ -e "$5.seen" ]; then echo '{"offered":9,"acknowledged":9,"stored":0,"duplicate":9,"refused":0,"lost":0,"alerts":4}'; else
    touch "$5.seen"
    echo '{"offered":9,"acknowledged":9,"stored":9,"duplicate":0,"refused":0,"lost":0,"alerts":3}'
  fi; }
  limited() { shift && "$@"; }
  program_suite demo "$LOGS/demo.log" 2>/dev/null
  cut -f2-4 "$RESULTS/demo.tsv" | tr '\t' ' '
)"

stamp sample docs
same "nothing changed since the stamp" "yes" "$(unchanged sample docs && echo yes || echo no)"
same "a file less or more is a change" "no" "$(unchanged sample docs tests/tools && echo yes || echo no)"
touch -t 200001010000 "$STAMPS/sample"
same "something changed since the stamp" "no" "$(unchanged sample docs && echo yes || echo no)"
mkdir -p "$SCRATCH/made/bin"
touch "$SCRATCH/made/one"
stamp made "$SCRATCH/made"
rm -r "$SCRATCH/made/bin"
mkdir "$SCRATCH/made/obj"
same "what building makes is no change" "yes" "$(unchanged made "$SCRATCH/made" && echo yes || echo no)"
rm -r "$SCRATCH/made/one"
same "a file that went away is a change" "no" "$(unchanged made "$SCRATCH/made" && echo yes || echo no)"
same "no stamp" "no" "$(unchanged missing docs && echo yes || echo no)"

printf '# pass %s\n# fail %s\n# skipped 0\n' $PASSED $FAILED
[ $FAILED = 0 ]
