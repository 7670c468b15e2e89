# The house itself: what no single room can promise.
HOUSE_TESTS = tests/house-includes.sh tests/house-habits.sh tests/house-docs.sh tests/house-po.sh tests/house-dist.sh
TESTS += $(HOUSE_TESTS)
dist_check_SCRIPTS += $(HOUSE_TESTS)
# What screens and commands are to look like: a new picture is one more file there.
EXTRA_DIST += tests/golden
