# Finds a JDK 25 or newer and exports JAVA_HOME; sets jdk_version ("25.0.3") and jdk_modules beside it. Sourced by mvnw
# and by the launcher, so: POSIX sh, quiet when all is well, and it starts no process unless it has to search.
# The user's own choice (JAVA_HOME, then PATH) comes first; of the JDKs found in folders, a 25 comes before a newer one.
jdk_need=25

# jdk_look FOLDER: true when it holds a JDK that is new enough; judged by its release file, never by its name.
jdk_look() {
  [ -x "$1/bin/${jdk_tool:-javac}" ] && [ -r "$1/release" ] || return 1
  jdk_version= jdk_modules=
  while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
    jdk_value=${jdk_value#\"} jdk_value=${jdk_value%%\"*}
    case $jdk_key in
      JAVA_VERSION) jdk_version=$jdk_value ;;
      MODULES) jdk_modules=" $jdk_value " ;;
    esac
  done <"$1/release"
  jdk_major=${jdk_version%%[!0-9]*}
  [ "${jdk_major:-0}" -ge "$jdk_need" ]
}

jdk_take() { JAVA_HOME=$1 && export JAVA_HOME; }

jdk_on_path() {
  jdk_found=$(readlink -f "$(command -v "${jdk_tool:-javac}")" 2>/dev/null) && [ -n "$jdk_found" ] || return 1
  jdk_found=${jdk_found%/*} && jdk_found=${jdk_found%/*}
  jdk_look "$jdk_found" && jdk_take "$jdk_found"
}

jdk_in_folders() {
  jdk_newer=
  for jdk_found in "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/openjdk* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.gradle/jdks/* "${HOME:-}"/.m2/jdks/*; do
    jdk_look "$jdk_found" || continue
    [ "$jdk_major" -ne "$jdk_need" ] || { jdk_take "$jdk_found"; return; }
    jdk_newer=${jdk_newer:-$jdk_found}
  done
  [ -n "$jdk_newer" ] && jdk_look "$jdk_newer" && jdk_take "$jdk_newer"
}

jdk_of_macos() {
  [ -x /usr/libexec/java_home ] && jdk_found=$(/usr/libexec/java_home -v "$jdk_need+" 2>/dev/null) &&
    jdk_look "$jdk_found" && jdk_take "$jdk_found"
}

if ! { [ -n "${JAVA_HOME:-}" ] && jdk_look "$JAVA_HOME"; } && ! jdk_on_path && ! jdk_in_folders && ! jdk_of_macos; then
  cat >&2 <<'END'
Sluice needs a JDK 25 or newer, and none was found (looked at JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN, macOS java_home, ~/.jdks).
Install one and try again:
  Debian 13, Ubuntu   sudo apt-get install openjdk-25-jdk-headless   (older Debian: temurin-25-jdk, see https://adoptium.net/installation/linux)
  Fedora              sudo dnf install java-25-openjdk-devel
  macOS               brew install openjdk@25
  SDKMAN              sdk install java 25-tem
  any                 unpack https://adoptium.net/temurin/releases/?version=25 and set JAVA_HOME to its folder
END
  exit 1
fi
