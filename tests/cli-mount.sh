# tests/cli-mount.sh - sourced first by tests that mount a small disk of their own: the script runs again where it has
# the right to, unseen by the rest of the machine, or is skipped.
if [ -z "${IN_NAMESPACE:-}" ]; then
	for how in "unshare -m" "unshare -rm"; do
		$how sh -c 'mount -t tmpfs none /mnt' 2>/dev/null && IN_NAMESPACE=1 exec $how sh "$0" "$@"
	done
	echo "1..0 # SKIP disks can't be mounted here"; exit 0
fi
. "${srcdir:-.}/tests/cli-lib.sh"

# disk SIZE FOLDER : an empty disk there, gone at the end
disk() {
	mkdir "$2"
	mount -t tmpfs -o "size=$1" none "$2" || { echo "1..0 # SKIP tmpfs can't be mounted"; exit 0; }
	mounted=$2
	trap 'umount "$mounted"; [ -n "${TEST_KEEP:-}" ] || rm -rf "$dir"' EXIT
}
