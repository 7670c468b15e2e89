"""One step of one peer in a process of its own: what it told of its phases, the memory that it took in each, and limits."""
import json, os, re, resource, signal, subprocess, tempfile, threading, time

FINE, COARSE = .002, .02     # seconds between looks at the memory: in the first second, later


def descendants(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            children = [int(x) for x in f.read().split()]
    except OSError:
        return []
    return children + [x for child in children for x in descendants(child)]


def is_copy(pid, parent):
    """Just forked: its memory is still its parent's."""
    try:
        return os.readlink(f"/proc/{pid}/exe") == os.readlink(f"/proc/{parent}/exe")
    except OSError:
        return True


def memory(pid):
    """(anonymous, resident, most resident so far) of a process, in KiB."""
    try:
        with open(f"/proc/{pid}/status") as f:
            text = f.read()
    except OSError:
        return 0, 0, 0
    return tuple(int(m.group(1)) if (m := re.search(rf"{name}:\s+(\d+)", text)) else 0 for name in ("RssAnon", "VmRSS", "VmHWM"))


class Watch(threading.Thread):
    """Looks at a process's memory until it ends. A driver that only starts programs is watched in these."""
    def __init__(self, pid, programs, limit):
        super().__init__(daemon=True)
        self.pid, self.programs, self.limit = pid, programs, limit
        self.anon = self.rss = 0
        self.ended = self.over = False

    def look(self):
        of = [p for p in descendants(self.pid) if not is_copy(p, self.pid)] if self.programs else [self.pid]
        seen = [memory(p) for p in of]
        anon = sum(s[0] for s in seen)
        self.anon = max(self.anon, anon)
        self.rss = max(self.rss, sum(s[1 if self.programs else 2] for s in seen))
        if anon > self.limit:
            self.over = True
            os.killpg(self.pid, signal.SIGKILL)

    def run(self):
        began = time.monotonic()
        while not self.ended:
            self.look()
            time.sleep(FINE if time.monotonic() - began < 1 else COARSE)

    def take(self):
        self.look()
        peaks, self.anon, self.rss = (self.anon, self.rss), 0, 0
        return {"anon": peaks[0], "rss": peaks[1]}


def reason(code, watch, errors, cpu):
    if watch.over:
        return f"over {watch.limit >> 20} GiB of memory"
    if code == -signal.SIGXCPU or "SIGXCPU" in errors:
        return f"over {cpu // 60} min of CPU"
    if re.search(r"out of memory|oom|allocation failed|unreachable|heap limit|memory access out of bounds", errors, re.I):
        return "out of memory"
    lines = [line for line in errors.splitlines() if line.strip()]
    return f"failed: {next((x for x in lines if 'Error' in x), lines[-1] if lines else code)}"[:200]


def run(words, folder, workload, cpu, limit, programs=False):
    """The phases that it told, and why it failed or None. cpu: seconds; limit: KiB."""
    def bounds():
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    phases = []
    with tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(words, cwd=folder, env=dict(os.environ, WORKLOAD=os.path.abspath(workload)), stdout=subprocess.PIPE,
            stderr=errors, text=True, start_new_session=True, preexec_fn=bounds)
        watch = Watch(child.pid, programs, limit)
        watch.start()
        for line in child.stdout:
            phases.append({**json.loads(line), **watch.take()})
        code = child.wait()
        watch.ended = True
        watch.join()
        errors.seek(0)
        return phases, (reason(code, watch, errors.read(), cpu) if code else None)
