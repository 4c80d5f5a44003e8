"""A phone in thirty lines: enrols at the demo's office, records a visit offline, syncs, and reads what became of it.

    cargo demo                                              # prints codes for phones and where it listens
    cargo run --quiet --bin bindings -- python target/python
    python3 examples/door.py http://127.0.0.1:8311 THE-CODE
"""

import pathlib, secrets, shutil, sys, tempfile, time, urllib.error, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
shutil.copy(next(ROOT.glob("target/debug/deps/libminqing_mobile_ffi.*[oy]*")), ROOT / "target/python")
sys.path.insert(0, str(ROOT / "target/python"))
import minqing_mobile_ffi as minqing


class System(minqing.Platform):
    wall_ms = lambda self: time.time_ns() // 1_000_000
    monotonic_ms = lambda self: time.monotonic_ns() // 1_000_000
    boot_id = lambda self: "one"
    random = lambda self, len: secrets.token_bytes(len)
    free_bytes = lambda self: shutil.disk_usage(ROOT).free


def talk(phone, office):
    while not (step := phone.next_step()).is_done():
        if step.is_send():
            asked = step.request
            headers = {header.name: header.value for header in asked.headers}
            try:
                answer = urllib.request.urlopen(urllib.request.Request(office + asked.path, asked.body or None, headers, method=asked.method))
            except urllib.error.HTTPError as refused:
                answer = refused
            phone.take_response(answer.status, [minqing.Header(name=n.lower(), value=v) for n, v in answer.headers.items()], answer.read())


office, code = sys.argv[1:]
phone = minqing.Minqing(tempfile.mkdtemp(), System(), secrets.token_bytes(32))
phone.begin_enrolment(code, "door/1")
talk(phone, office)
door = phone.households(0, 1)[0]
visit = phone.record_visit(minqing.NewVisit(household=door.id, purpose="routine", outcome="talked", note="楼道灯坏了"))
print(minqing.Speech("zh").state(phone.visit(visit).state))
phone.begin_contact()
talk(phone, office)
print(minqing.Speech("zh").state(phone.visit(visit).state), phone.today("zh").line)
