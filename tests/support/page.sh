# shellcheck shell=sh
# Sourced by tests that do what a page of the manual says.
#
#   page_steps PAGE.md DIR   cuts a page into numbered steps, DIR/N.sh and DIR/N.output
#
# A fenced block `file=PATH` is written to that file by the step behind it, `sh run` is a step, and
# `text output` is what it prints. Files without a step behind them are a step of their own.

page_steps() {
    awk -v steps="$2/" '
        function step() { return sprintf("%s%02d.sh", steps, n + 1) }
        /^```$/ {
            if (kind == "file") print "END_OF_FILE" >> step()
            if (kind == "run") n++
            kind = ""
            next
        }
        /^```[a-z]* file=/ {
            path = substr($2, 6)
            printf "mkdir -p \"$(dirname %s)\"\ncat >%s <<\"END_OF_FILE\"\n", path, path >> step()
            kind = "file"
            next
        }
        /^```sh run$/ { kind = "run"; next }
        /^```text output$/ {
            kind = "output"
            printf "" > sprintf("%s%02d.output", steps, n)
            next
        }
        kind == "output" { print >> sprintf("%s%02d.output", steps, n); next }
        kind != "" { print >> step() }
    ' "$1"
}
