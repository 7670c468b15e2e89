#!/bin/sh
# tests/lab/guest.sh - the first program inside user-mode-linux: mounts the stick, does the work of one boot, stops the machine.
# The kernel's command line names the lab's folder, the kind of file system and the work (a script of that folder).
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent
mount -t proc none /proc
for word in $(cat /proc/cmdline); do
	case $word in lab=*) lab=${word#lab=} ;; fs=*) fs=${word#fs=} ;; work=*) work=${word#work=} ;; esac
done
modules=/usr/lib/uml/modules/$(uname -r)/kernel/fs
case $fs in vfat) for m in nls/nls_cp437 nls/nls_iso8859-1 nls/nls_utf8 fat/fat fat/vfat; do insmod "$modules/$m.ko"; done ;; esac
mount_stick() { mount -t "$fs" -o "$1" /dev/ubdb "$lab/stick"; }
case $fs in vfat) mount_stick utf8 ;; *) mount_stick rw ;; esac || { echo LAB-UNMOUNTABLE; echo o >/proc/sysrq-trigger; sleep 5; }
echo LAB-BEGIN
. "$lab/$work"
echo "LAB-END $?"
[ -n "$stay" ] || umount "$lab/stick"
echo o >/proc/sysrq-trigger
sleep 5
