# The house itself: what no single room can promise.
HOUSE_TESTS = tests/house-includes.sh tests/house-habits.sh tests/house-docs.sh tests/house-po.sh
TESTS += $(HOUSE_TESTS)
dist_check_SCRIPTS += $(HOUSE_TESTS)
