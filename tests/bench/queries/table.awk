# The measured lines of queries_bench as a table: of each workload, the instructions and the CPU of the
# best libpq, and those of the others as ratios to them.
BEGIN {
    FS = ";"
    n_clients = split("libpq, best;tenon;libpq, text;ECPG", clients, ";")
}

!($2 in seen) {
    seen[$2] = 1
    workloads[++n_workloads] = $2
}

$1 == "cpu" {
    key = $2 ";" $3
    n[key]++
    both[key, n[key]] = $4 + $5
    own[key, n[key]] = $4
}

$1 == "count" {
    instructions[$2 ";" $3] = $5 / $4
}

# The median of values[key, 1 … count].
function median(values, key, count, i, j, kept, sorted) {
    for (i = 1; i <= count; i++)
        sorted[i] = values[key, i]
    for (i = 2; i <= count; i++) {
        kept = sorted[i]
        for (j = i - 1; j >= 1 && sorted[j] > kept; j--)
            sorted[j + 1] = sorted[j]
        sorted[j + 1] = kept
    }
    return (sorted[int((count + 1) / 2)] + sorted[int(count / 2) + 1]) / 2
}

function ratio(value, base) {
    return value > 0 && base > 0 ? sprintf("%.2f", value / base) : "–"
}

# An en dash is three bytes, which mawk counts as three columns.
function cell(text, width) {
    return sprintf("%" width + (text == "–" && length("–") > 1 ? 2 : 0) "s", text)
}

function heading() {
    printf "%-34s %33s   %31s   %19s\n", "", "client instructions", "CPU of client and server, us",
        "CPU of client, us"
    printf "%-34s %11s %6s %6s %6s   %9s %6s %6s %6s   %9s %6s\n", "", "best libpq", "tenon", "text",
        "ECPG", "best", "tenon", "text", "ECPG", "best", "tenon"
}

END {
    heading()
    for (w = 1; w <= n_workloads; w++) {
        line = sprintf("%-34s", workloads[w])
        best = workloads[w] ";" clients[1]
        line = line sprintf(" %11s", best in instructions ? sprintf("%d", instructions[best]) : "-")
        for (c = 2; c <= n_clients; c++)
            line = line " " cell(ratio(instructions[workloads[w] ";" clients[c]], instructions[best]), 6)
        base = median(both, best, n[best])
        line = line sprintf("   %9.2f", base / 1000)
        for (c = 2; c <= n_clients; c++) {
            key = workloads[w] ";" clients[c]
            line = line " " cell(n[key] ? ratio(median(both, key, n[key]), base) : "–", 6)
        }
        key = workloads[w] ";" clients[2]
        base = median(own, best, n[best])
        line = line sprintf("   %9.2f ", base / 1000) cell(ratio(median(own, key, n[key]), base), 6)
        print line
    }
}
