
complete -r cargo_csp
complete -F _cargo_csp -o bashdefault -o default cargo-csp

# `cargo csp …` as `cargo-csp …`; whatever else begins with `cargo` as before.
_cargo_csp_within_cargo() {
    local at=1
    # cargo +nightly csp
    [[ ${COMP_WORDS[1]} == +* ]] && at=2
    if [[ ${COMP_WORDS[at]} == csp ]] && ((COMP_CWORD > at)); then
        local -a COMP_WORDS=(cargo-csp "${COMP_WORDS[@]:at+1}")
        local COMP_CWORD=$((COMP_CWORD - at))
        _cargo_csp cargo-csp "$2" "$3"
        return
    fi
    if [[ -n $_cargo_csp_before ]]; then
        "$_cargo_csp_before" "$@"
        local status=$?
        ((status == 124)) && return 124
    fi
    if ((COMP_CWORD == at)) && [[ csp == "$2"* && " ${COMPREPLY[*]} " != *' csp '* ]]; then
        COMPREPLY+=(csp)
    fi
}

_cargo_csp_hook() {
    # What is loaded on demand is loaded now.
    complete -p cargo &>/dev/null || ! declare -F _completion_loader >/dev/null || _completion_loader cargo &>/dev/null
    local before
    before=$(complete -p cargo 2>/dev/null)
    if [[ $before =~ \ -F\ ([^\ ]+) && ${BASH_REMATCH[1]} != _cargo_csp_within_cargo ]]; then
        _cargo_csp_before=${BASH_REMATCH[1]}
    fi
    complete -F _cargo_csp_within_cargo -o bashdefault -o default cargo
}
_cargo_csp_hook
unset -f _cargo_csp_hook
