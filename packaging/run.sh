#!/usr/bin/env bash
# One script from a bare Debian 12 to a running kiosk.
#
#   bash packaging/run.sh demo          set up what is missing, then start the demo exam
#   bash packaging/run.sh test [ARGS]   set up what is missing, then run the tests (ARGS go to pytest)
#   bash packaging/run.sh WORDS...      the same as: python main.py WORDS...
#
# Needs root or sudo only while system packages are missing. Writes only into the clone (.venv) and, through apt, the
# system. Names no package host: apt and pip use what the machine is configured for. packaging/README.md says why.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${here%/*}
venv=$root/.venv
python=$venv/bin/python
fonts=$venv/share/kiosk-fonts

# Qt draws through these, xcb needs the second line; the lockdown speaks to the X server through the third; the fourth
# is the virtual screen of a machine without one. The font is Noto Sans CJK.
packages_app=(
    python3 python3-venv ca-certificates libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxkbcommon-x11-0 libxcb-shape0
    x11-xkb-utils x11-xserver-utils
    xvfb xauth
    fonts-noto-cjk
)
# The foreign checks open our files with other people's programs; the journeys press real keys on a real X server.
packages_test=(openssl age unzip xdotool strace openbox)

say() { printf '%s\n' "$*" >&2; }

# step WORDS COMMAND...: run a command quietly, show that it goes on, and its time; on failure its last lines.
step() {
    local words=$1 log started ticker='' status=0
    shift
    log=$(mktemp)
    started=$EPOCHREALTIME
    printf '  %-44s' "$words" >&2
    if [[ -t 2 ]]; then
        (while sleep 1; do printf '\r  %-44s%5d s' "$words" "$((${EPOCHREALTIME%[.,]*} - ${started%[.,]*}))" >&2; done) &
        ticker=$!
    fi
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r  %-44s' "$words" >&2
    fi
    local spent=$(((${EPOCHREALTIME/[.,]/} - ${started/[.,]/}) / 100000))
    printf '%5d.%d s%s\n' $((spent / 10)) $((spent % 10)) "$([[ $status == 0 ]] || printf '  failed')" >&2
    ((status == 0)) || tail -n 25 -- "$log" >&2
    rm -f -- "$log"
    return "$status"
}

# ---- system packages

missing_packages() {
    local have
    have=$({ dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
        sed -n 's/^\(.*\) installed$/\1/p' | sort -u)
    comm -13 <(printf '%s\n' "$have") <(printf '%s\n' "$@" | sort -u)
}

as_root=()
can_be_root() {
    ((EUID == 0)) && return 0
    command -v sudo >/dev/null || return 1
    if sudo -n true 2>/dev/null; then as_root=(sudo -n); return 0; fi
    # Only sudo itself may ask for its password, and only somebody who sits at a terminal.
    [[ -t 0 && -t 2 ]] && sudo -v && as_root=(sudo -n)
}

apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@"
}

system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "  This is not a Debian system: the programs and libraries named in packaging/run.sh have to be there already."
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ! can_be_root; then
        say "  Missing system packages, and neither root nor sudo to install them: ${missing[*]}."
        say "  Going on without them; what needs them will say so."
        return 0
    fi
    step "package lists of the system" apt_get update || say "  Going on with the lists that are there."
    step "${#missing[@]} system packages" apt_get install --no-install-recommends "${missing[@]}"
}

# ---- Python environment

find_python() {
    local name found
    for name in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        found=$(command -v "$name") || continue
        "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue
        "$found" -c 'import ensurepip, venv' 2>/dev/null || continue
        printf '%s' "$found"
        return 0
    done
    say "  No python3 from 3.11 to 3.13 that can make an environment was found (python3 is: $(python3 -V 2>/dev/null || echo missing))."
    say "  On Debian 12 the packages python3 and python3-venv bring it; they need root or sudo."
    return 1
}

make_environment() {
    local base
    base=$(find_python)
    [[ -x $python && $(cat "$venv/.base" 2>/dev/null) == "$root $base $("$base" -V)" ]] && return 0
    step "Python environment, $("$base" -V)" "$base" -m venv --clear "$venv"
    printf '%s\n' '*' >"$venv/.gitignore"
    printf '%s' "$root $base $("$base" -V)" >"$venv/.base"
}

python_packages() {
    local file
    local -a locks=()
    for file; do locks+=(-r "$file"); done
    # Wheels only, each with its digest: nothing is built or run while installing.
    step "Python packages" env PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install \
        --no-input --progress-bar off --only-binary :all: --require-hashes "${locks[@]}"
}

make_fonts() {
    step "fonts of the screens" "$python" "$here/make_fonts.py" "$fonts" ||
        say "  Going on: the screens use the system's Noto Sans CJK SC, or what there is."
}

# ---- set-up as a whole

# What one kind of run needs; the tests need what the program needs, and more.
wants() {
    packages=("${packages_app[@]}")
    locks=("$here/requirements-app.txt")
    if [[ $1 == test ]]; then
        packages+=("${packages_test[@]}")
        locks+=("$here/requirements-test.txt")
    fi
}

# The stamp of a finished set-up: everything that decided its outcome.
stamp() {
    local -a packages locks
    wants "$1"
    printf '%s\n' "$root" "$(readlink -f -- "$python")" "${packages[*]}"
    cat -- "${locks[@]}" "$here/make_fonts.py" | sha256sum
}

is_ready() {
    [[ -x $python && -f $venv/.ready-$1 && $(stamp "$1") == "$(<"$venv/.ready-$1")" ]]
}

set_up() {
    local kind=$1 started=$SECONDS
    local -a packages locks
    wants "$kind"
    say "Setting up (once; the next start skips this)"
    system_packages "${packages[@]}"
    make_environment
    rm -f -- "$venv"/.ready-*
    python_packages "${locks[@]}"
    [[ $fonts -nt $here/make_fonts.py ]] || make_fonts
    # Without all of its system packages a set-up is not finished, and the next start tries again.
    if ! command -v dpkg-query >/dev/null || [[ -z $(missing_packages "${packages[@]}") ]]; then
        stamp app >"$venv/.ready-app"
        [[ $kind == app ]] || stamp test >"$venv/.ready-test"
    fi
    say "Ready after $((SECONDS - started)) s"
}

# Two starts at the same moment: the second waits for the first, then finds everything there.
set_up_once() {
    is_ready "$1" && return 0
    exec 9<"$here/run.sh"
    flock 9
    is_ready "$1" || set_up "$1"
    exec 9<&-
}

# ---- running

# Qt and Python want a UTF-8 locale; a bare Debian has none set, but always has C.UTF-8.
utf8_locale() {
    [[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
}

opens_windows() {
    local word
    [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} && -z ${QT_QPA_PLATFORM:-} ]] || return 1
    for word; do
        case $word in --no-window | --help | -h) return 1 ;; esac
    done
    case ${1:-} in demo | kiosk) return 0 ;; esac
    return 1
}

# Start an X server of our own on a free number; it ends when this process, whatever it has become, has ended.
virtual_screen() {
    local number='' server
    coproc SCREEN { exec setsid Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp -noreset 2>/dev/null; }
    server=$SCREEN_PID
    IFS= read -r -t 20 number <&"${SCREEN[0]}" || true
    if [[ -z $number ]]; then
        say "No screen here, and the virtual one (Xvfb) did not start: drawing off screen"
        export QT_QPA_PLATFORM=offscreen
        return 0
    fi
    setsid bash -c 'tail --pid="$1" -f /dev/null; kill "$2"' watch "$$" "$server" >/dev/null 2>&1 </dev/null &
    export DISPLAY=:$number
    say "No screen here: using a virtual one ($DISPLAY, 1920 x 1080)"
}

main() {
    local kind=app
    [[ ${1:-} == test ]] && kind=test
    set_up_once "$kind"
    utf8_locale
    if [[ $kind == test ]]; then
        shift
        cd -- "$root"
        export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
        exec "$python" -m pytest "$@"
    fi
    if opens_windows "$@"; then virtual_screen; fi
    exec "$python" "$root/main.py" "$@"
}

main "$@"
