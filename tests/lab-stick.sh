#!/bin/sh
# A stick that is pulled in each step of a meeting. "make lab" does it some hundred times.
exec sh "${srcdir:-.}/tests/lab/stick.sh" vfat 6
