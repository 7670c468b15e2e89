#!/bin/sh
# tests/lab/guest.sh - the first program inside user-mode-linux: mounts the stick, and the disk on which the sites
# have their stores, does the work of one boot, and stops the machine. The kernel's command line names the lab's
# folder, the stick's file system and the work, a script of that folder.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent
mount -t proc none /proc
for word in $(cat /proc/cmdline); do
	case $word in lab=*) lab=${word#lab=} ;; fs=*) fs=${word#fs=} ;; work=*) work=${word#work=} ;; esac
done
stop() { echo o >/proc/sysrq-trigger; sleep 9; }
modules=/usr/lib/uml/modules/$(uname -r)
if [ "$fs" = vfat ]; then
	for m in nls/nls_cp437 nls/nls_iso8859-1 nls/nls_utf8 fat/fat fat/vfat; do insmod "$modules/kernel/fs/$m.ko"; done
fi
plug_in() { mount -t "$fs" -o "rw$([ "$fs" != vfat ] || echo ,utf8)" /dev/ubdb "$lab/stick"; }
pull_out() { umount "$lab/stick"; }
plug_in && mount -t ext4 /dev/ubdc "$lab/sites" || { echo LAB-UNMOUNTABLE; stop; }
echo LAB-BEGIN
. "$lab/$work"
echo "LAB-END $?"
pull_out
umount "$lab/sites"
stop
