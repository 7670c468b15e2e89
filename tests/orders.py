"""Orders to a helper program (samvagt-pdf, samvagt-xlsx), broken in every way that chance finds.

Each is refused with exit code 65 and no byte on stdout, or made whole; a fault is neither. The same seed breaks them
the same way each time."""
import random
import subprocess

VALUES = ["null", "7", "-1e308", "\"\"", "[]", "{}", "true", "\"\\ud800\"", "[[[[[[", "\"" + "å" * 3000 + "\"", "\"\\u0000\""]


class Orders:
    """texts: orders as they should be, taken in turn. parts: what of them is swapped for a value that doesn't belong
    there. stray_bytes: some aren't UTF-8 either."""

    def __init__(self, seed, texts, parts, more_values=(), stray_bytes=False):
        self.rnd = random.Random(seed)
        self.texts, self.parts, self.stray_bytes = texts, parts, stray_bytes
        self.values = VALUES + list(more_values)

    def break_once(self, b):
        rnd = self.rnd
        i, j = sorted(rnd.randrange(len(b) + 1) for _ in range(2))
        how = rnd.randrange(5)
        if how == 0:
            return b[:i] + b[j:]
        if how == 1:
            return b[:i] + rnd.choice(self.values) + b[j:]
        if how == 2:
            return b[:i] + b[i:j] * 3 + b[j:]
        if how == 3:
            return b[:i] + chr(rnd.choice([0, 1, 10, 34, 92, 0x202e, 0x1f600, 0x300])) + b[i:]
        part = rnd.choice(self.parts)
        return b.replace(part, rnd.choice(self.values), 1)

    def broken(self, text):
        for _ in range(self.rnd.randrange(1, 4)):
            text = self.break_once(text)
        b = text.encode("utf-8", "surrogatepass")
        if self.stray_bytes and self.rnd.randrange(4) == 0:
            k = self.rnd.randrange(len(b) + 1)
            b = b[:k] + bytes([self.rnd.randrange(128, 256)]) + b[k:]
        return b

    def complain(self, program, n, is_whole):
        """Give n of them to the program; what went wrong, or "". is_whole says whether bytes are a file of its."""
        bad, made = [], 0
        for i in range(n):
            r = subprocess.run([program], input=self.broken(self.texts[i % len(self.texts)]), capture_output=True, timeout=60)
            whole = r.returncode == 0 and is_whole(r.stdout)
            made += whole
            if r.returncode not in (0, 65) or (r.returncode == 0) != whole or (r.returncode and r.stdout):
                bad.append((i, r.returncode, r.stderr[-200:]))
        if not 0 < made < n:
            bad.append("all or none was made: %d" % made)
        return bad[:3] if bad else ""
