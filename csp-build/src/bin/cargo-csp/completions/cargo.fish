
# `cargo csp …` as `cargo-csp …`.
function __cargo_csp_within_cargo
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l at (contains --index -- csp $words); or return
    set -l rest
    test (count $words) -gt $at; and set rest (string escape -- $words[(math $at + 1)..-1])
    complete --do-complete "cargo-csp "(string join -- ' ' $rest (commandline --current-token))
end
complete --command cargo --condition '__fish_seen_subcommand_from csp' --no-files --arguments '(__cargo_csp_within_cargo)'
complete --command cargo --condition 'not __fish_seen_subcommand_from csp' --arguments csp --description 'Content Security Policy'
