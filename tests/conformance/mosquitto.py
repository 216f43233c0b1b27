"""Runs mosquitto's own broker tests against another broker: mosquitto.py SOURCE EXPECTED COMMAND…

SOURCE is mosquitto's unpacked source package, which is fetched and never kept here. Of test/broker those tests are run that start the broker only as
`mosquitto -v -p PORT`; COMMAND takes its place. EXPECTED lists the tests that do not pass, each with its reason: `NAME: reason`. The run succeeds
when exactly those fail. Set QUARTIER_ONLY to a part of a name to run a few.
"""
import os
import re
import signal
import subprocess
import sys

TIMEOUT_SECONDS = 60

# Their helper waits 2 s for the broker to listen, in steps of 0.1 s. A runtime that starts on a busy machine may need longer, which says nothing about a protocol.
THEIR_PATIENCE, PATIENCE = "for i in range(0, 20):", "for i in range(0, 200):"


def only_by_port(text):
    calls = re.findall(r"start_broker\(([^\n]*)\)", text)
    return calls and all("port=" in call and "use_conf" not in call and "cmd=" not in call for call in calls)


def be_patient(helper):
    with open(helper, encoding="utf-8") as file:
        text = file.read()
    if PATIENCE not in text:
        if THEIR_PATIENCE not in text:
            sys.exit(f"{helper} no longer says {THEIR_PATIENCE!r}: see how long it waits for its broker, and correct THEIR_PATIENCE.")
        with open(helper, "w", encoding="utf-8") as file:
            file.write(text.replace(THEIR_PATIENCE, PATIENCE))


def run(name, folder):
    """One test, in a process group of its own: a broker that it leaves behind would answer the next test."""
    with open(os.path.join(folder, "quartier.log"), "w+", encoding="utf-8", errors="replace") as log:
        test = subprocess.Popen(["/usr/bin/python3", name, "18881"], cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            succeeded = test.wait(TIMEOUT_SECONDS) == 0
        except subprocess.TimeoutExpired:
            succeeded = False
        try:
            os.killpg(test.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # It left nothing behind, as it should.
        test.wait()
        log.seek(0)
        return succeeded, log.read()


def main():
    source, expected_file, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    folder = os.path.join(source, "test", "broker")
    wrapper = os.path.join(source, "src", "mosquitto")
    os.makedirs(os.path.dirname(wrapper), exist_ok=True)
    with open(wrapper, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\nexec " + " ".join(f"'{part}'" for part in command) + ' "$@"\n')
    os.chmod(wrapper, 0o755)
    be_patient(os.path.join(source, "test", "mosq_test.py"))
    with open(expected_file, encoding="utf-8") as file:
        expected = dict(line.strip().split(": ", 1) for line in file if line.strip() and not line.startswith("#"))

    passed, failed, wrong = 0, 0, []
    for name in sorted(os.listdir(folder)):
        if not re.match(r"\d\d-.*\.py$", name) or os.environ.get("QUARTIER_ONLY", "") not in name:
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            if not only_by_port(file.read()):
                continue
        succeeded, said = run(name, folder)
        passed, failed = passed + succeeded, failed + (not succeeded)
        if succeeded == (name in expected):
            wrong.append(name)
            print(f"✗ {name}: " + ("passes, but is expected to fail: " + expected[name] if succeeded else "\n" + said[-1500:]), flush=True)
        else:
            print(f"  {name}: " + ("passes" if succeeded else "fails as expected: " + expected[name]), flush=True)

    print(f"{passed} of {passed + failed} pass; {len(wrong)} are not as expected")
    # The sums in the words of node's test runner, which the script reads.
    print(f"# pass {passed + failed - len(wrong)}\n# fail {len(wrong)}")
    return 1 if wrong or passed + failed == 0 else 0


sys.exit(main())
