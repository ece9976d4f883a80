# Runs a program whose network is empty but for a way out: beside it, in a jail of its own and out of the program's reach, a
# forwarder takes connections on a loopback address that only these two have, and passes them on to a socket of the server. The
# first process of new namespaces; its end is the end of everything inside.
# Arguments: an empty folder, how many words the forwarder's command has, these words, the program's command.
set -eu
root=$1 words=$2
shift 2
mount -t tmpfs -o size=64k,mode=700,nosuid,nodev,noexec sluice "$root"

# By the program that is there, else by the kernel's own file.
raise_loopback() {
  ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || {
    mkdir "$root/sys" && mount -t sysfs -o nosuid,nodev,noexec sysfs "$root/sys" &&
      echo 0x9 >"$root/sys/class/net/lo/flags" && umount "$root/sys"
  } 2>/dev/null
}

# Memory of the kernel that connections inside could take and no process is charged for.
set_kernel() {
  { echo "$2" >"/proc/sys/$1"; } 2>/dev/null || true
}

# The first words of all.
forward() {
  all=$#
  for word; do
    [ "$words" = 0 ] || { set -- "$@" "$word" && words=$((words - 1)); }
  done
  shift "$all"
  "$@"
}

raise_loopback || { echo "the loopback address of the way out cannot be raised; install iproute2" >&2; exit 1; }
set_kernel net/ipv4/tcp_rmem '4096 65536 262144'
set_kernel net/ipv4/tcp_wmem '4096 65536 262144'
mkfifo "$root/said"
forward "$@" </dev/null >"$root/said" &
{ read -r said <"$root/said" && [ "$said" = open ]; } || { echo "the forwarder of the way out does not start" >&2; exit 1; }
shift "$words"
"$@"
# Never exec: see above.
exit $?
