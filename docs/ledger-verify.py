#!/usr/bin/env python3
"""Verifies an export of a ledger (docs/ledger-format.md): python3 ledger-verify.py EXPORT PUBLIC_KEY_PEM. Needs openssl. Exit code 0 when it holds."""
import base64, hashlib, json, os, subprocess, sys, tempfile

sha = lambda data: hashlib.sha256(data).digest()
export, key = open(sys.argv[1], "rb"), sys.argv[2]
header, trees, size, covered = json.loads(export.readline()), [], 0, 0  # trees: (leaves, hash) of the finished subtrees, largest first

def root():
    hashes = [h for _, h in trees]
    while len(hashes) > 1:
        right, left = hashes.pop(), hashes.pop()
        hashes.append(sha(b"\x01" + left + right))
    return hashes[0]

def is_signed(text, blob):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("text", text), ("signature", blob[4:])):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        command = ["openssl", "dgst", "-sha256", "-verify", key, "-signature", folder + "/signature", folder + "/text"]
        return subprocess.run(command, capture_output=True).returncode == 0

for number, line in enumerate(export, 2):
    if line.startswith(b'{"index":%d,' % size) and line.endswith(b"\n"):
        trees, size = trees + [(1, sha(b"\x00" + line[:-1]))], size + 1
        while len(trees) > 1 and trees[-1][0] == trees[-2][0]:
            (n, right), (_, left) = trees.pop(), trees.pop()
            trees.append((2 * n, sha(b"\x01" + left + right)))
        continue
    note = json.loads(line).get("checkpoint") or sys.exit(f"line {number}: entry {size} was expected")
    text, signature = note.split("\n\n")
    origin, count, stated, _ = text.split("\n")
    blob = base64.b64decode(signature.strip().rsplit(" ", 1)[1])
    if origin != header["ledger"] or int(count) != size or base64.b64decode(stated) != root() or not is_signed((text + "\n").encode(), blob):
        sys.exit(f"line {number}: the checkpoint of {count} entries does not hold; an entry from {covered} on was changed, or the checkpoint")
    covered = size
sys.exit(f"entries {covered} … {size - 1} are under no checkpoint" if covered != size or size == 0 else print(f"holds: {size} entries of {header['ledger']}"))
