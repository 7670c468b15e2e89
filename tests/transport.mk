# Exchange folders that real programs carry.
TRANSPORT_TESTS = tests/transport-syncthing.sh tests/transport-rclone.sh
TESTS += $(TRANSPORT_TESTS)
dist_check_SCRIPTS += $(TRANSPORT_TESTS)
EXTRA_DIST += tests/transport-lib.sh
