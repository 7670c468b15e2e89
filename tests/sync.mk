# Tests of sync/: see tests/local.mk.
