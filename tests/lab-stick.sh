#!/bin/sh
# A stick that is pulled a few times in the middle of a meeting. "make lab" does it some hundred times.
exec sh "${srcdir:-.}/tests/lab/stick.sh" vfat 3
