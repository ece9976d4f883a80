# Runs a program where it sees next to nothing: a root folder of its own with what it was shown, only its own processes, no
# capability. The first process of new namespaces; it stays there as root, out of the program's reach, so that its end is the
# end of everything inside.
# Arguments: an empty folder, the user's number, KiB of /tmp, "root" or "user", then -r PATH (shown) and -w PATH (writable),
# limits as for prlimit, --, the program.
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

show() {
  bind "$1"
  [ -L "$1" ] || [ ! -e "$1" ] || mount -o remount,bind,ro,nosuid,nodev "$root$1"
}

for path in /usr /bin /sbin /lib /lib32 /lib64 /etc/ld.so.cache /etc/alternatives /etc/ssl /etc/localtime; do
  show "$path"
done
for path in null zero full random urandom; do
  bind "/dev/$path"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root/proc" "$root/tmp" "$root/.old"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc" || echo "no /proc inside" >&2
mount -t tmpfs -o "size=${scratch}k,mode=700,uid=$uid,gid=$uid,nosuid,nodev" sluice "$root/tmp"
while [ $# -gt 0 ]; do
  case $1 in
  -r) show "$2" ;;
  -w)
    bind "$2"
    [ "$mode" = user ] || chown "$uid:$uid" "$root$2"
    ;;
  *) break ;;
  esac
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
who="--reuid=$uid --regid=$uid --clear-groups"
[ "$mode" = root ] || who=
# Not exec: see above.
setpriv $who --no-new-privs --inh-caps=-all --bounding-set=-all prlimit "$@"
exit $?
