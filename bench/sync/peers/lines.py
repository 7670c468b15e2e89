"""Plain lines and zstd -19: the script of edits as it is. No merge is defined for it, so it only says how few bytes the edits are."""
import os, shutil
from tools import *


def init():
    shutil.copy(os.path.join(os.environ["WORKLOAD"], "base"), "base")

    def pack():
        run("zstd", "-q", "-19", "base")
        return {"bytes": os.path.getsize("base.zst")}
    phase("init", pack)
    os.unlink("base")


def export():
    script = os.path.join(os.environ["WORKLOAD"], SITE)
    phase("export", lambda: run("zstd", "-q", "-f", "-19", script, "-o", f"../{SITE}.stick") and None)
    shutil.copy(script, f"../{SITE}.bundle")


dict(init=init, edit=lambda: None, export=export)[STEP]()
