#!/bin/sh
# Two sites meet on a shared drive. "make lab" unplugs it, too.
exec sh "${srcdir:-.}/tests/lab/share.sh" 0
