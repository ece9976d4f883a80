# Runs a program where it sees next to nothing: a root folder of its own with what it was shown, only its own processes, no
# capability, and no user namespace of its own, in which it would have them all. The first process of new namespaces; it stays
# there as root, out of the program's reach, so that its end is the end of everything inside.
# Arguments: an empty folder, the user's number, KiB of /tmp, "root" or "user", then -r PATH (shown), after these -w PATH
# (writable), limits as for prlimit, --, the program.
set -eu
root=$1 uid=$2 scratch=$3 mode=$4
shift 4
echo 1000 >/proc/self/oom_score_adj 2>/dev/null || true
mount -t tmpfs -o size=1m,mode=755,nosuid,nodev sluice "$root"

bind() {
  if [ -L "$1" ]; then
    [ -e "$root$1" ] || [ -L "$root$1" ] || { mkdir -p "$root${1%/*}" && ln -s "$(readlink "$1")" "$root$1"; }
  elif [ -d "$1" ]; then
    mkdir -p "$root$1" && mount --rbind "$1" "$root$1"
  elif [ -e "$1" ]; then
    mkdir -p "$root${1%/*}" && : >"$root$1" && mount --bind "$1" "$root$1"
  fi
}

# Being read-only is a thing of each mount, and what is mounted below a folder comes along with it. They keep their other
# options, which could not be taken off in a user namespace anyway.
keep_from_writing() {
  while read -r number parent device from place options more; do
    case $place in
    *\\*) place=$(printf '%b' "$place") ;;
    esac
    case $place in
    "$root/tmp") ;;
    "$root"/*) mount -n -o "remount,bind,${options#rw,},ro,nosuid,nodev" "$place" ;;
    esac
  done </proc/self/mountinfo
}

# For these namespaces alone. Where the kernel does not let them be set from inside, they stay as they are.
set_kernel() {
  { echo "$2" >"$root/proc/sys/$1"; } 2>/dev/null || true
}

mkdir "$root/proc" "$root/tmp" "$root/.old"
# Empty files take no room, only memory of the kernel.
mount -t tmpfs -o "size=${scratch}k,nr_inodes=$((scratch / 4 + 16)),mode=700,uid=$uid,gid=$uid,nosuid,nodev" sluice "$root/tmp"
for path in /usr /bin /sbin /lib /lib32 /lib64 /etc/ld.so.cache /etc/alternatives /etc/localtime \
  /etc/ssl/certs /etc/ssl/cert.pem /etc/ssl/openssl.cnf; do
  bind "$path"
done
while [ "${1-}" = -r ]; do
  bind "$2"
  shift 2
done
keep_from_writing
for path in null zero full random urandom; do
  bind "/dev/$path"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc" || echo "no /proc inside" >&2
# Segments, queues and semaphores would be memory that belongs to no process and outlives those that made it.
set_kernel kernel/shmmni 0
set_kernel kernel/msgmni 0
set_kernel kernel/sem '0 0 0 0'
if [ "$mode" = user ] && [ -d "$root/proc/sys" ]; then
  set_kernel user/max_user_namespaces 0
  # The program's user is the owner of these namespaces.
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -n -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/sys"
fi
while [ "${1-}" = -w ]; do
  bind "$2"
  [ "$mode" = user ] || chown "$uid:$uid" "$root$2"
  shift 2
done
cd "$root"
pivot_root . .old
cd /
umount -l /.old
rmdir /.old
mount -n -o remount,ro,nosuid,nodev,size=1m,mode=755 sluice /
cd /tmp
unset OLDPWD
bare="setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all"
who="setpriv --reuid=$uid --regid=$uid --clear-groups"
enclosed="unshare --user --map-current-user --keep-caps"
# Never exec: see above.
if [ "$mode" = user ]; then
  $bare prlimit "$@"
elif $who $enclosed true 2>/dev/null; then
  # The limit is one of a user namespace and those below it, so the program gets one, and then none.
  $who $enclosed sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"' sh $bare prlimit "$@"
else
  # Nobody may make user namespaces here.
  $who $bare prlimit "$@"
fi
exit $?
