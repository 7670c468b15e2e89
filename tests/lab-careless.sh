#!/bin/sh
# The lab finds out a program that doesn't wait for the disk, so a stick that it pulls is really pulled.
exec sh "${srcdir:-.}/tests/lab/stick.sh" vfat 6 9 careless
