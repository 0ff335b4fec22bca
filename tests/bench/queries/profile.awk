# Two profiles of callgrind_annotate, the best libpq's and tenon's, as one list: per operation, the
# instructions inside each function and what tenon's are above the other's, the largest first.
#   awk -v name=WORKLOAD -v operations=N -f profile.awk BEST TENON
FNR == 1 {
    side++
}

# "1,234 ( 5.60%)  FILE:FUNCTION [OBJECT]"
/^ *[0-9,]+ \(.*%\) +[^ ]+:.*\[/ {
    count = $1
    gsub(/,/, "", count)
    object = $NF
    gsub(/^.*\/|[][]/, "", object)
    function_name = $0
    sub(/^ *[0-9,]+ \([^)]*\) +/, "", function_name)
    sub(/ \[[^]]*\]$/, "", function_name)
    sub(/^.*:/, "", function_name)
    sub(/^0x0+/, "0x", function_name)
    spent[side, object " " function_name] += count
    of_object[side, object] += count
    total[side] += count
    functions[object " " function_name] = 1
    objects[object] = 1
}

function line(what, best, tenon) {
    if (tenon - best < 0.005 * total[1] && best - tenon < 0.005 * total[1])
        return
    lines[++n_lines] = sprintf("%9.1f %9.1f %+9.1f  %s", best / operations, tenon / operations,
        (tenon - best) / operations, what)
    above[n_lines] = tenon - best
}

# Prints the lines that are left, the one with most above first.
function print_lines(i, most, left) {
    for (left = n_lines; left > 0; left--) {
        most = 0
        for (i = 1; i <= n_lines; i++)
            if (i in above && (most == 0 || above[i] > above[most]))
                most = i
        print lines[most]
        delete above[most]
    }
    n_lines = 0
}

END {
    printf "\n%s\n%9s %9s %9s\n", name, "best", "tenon", "above"
    line("all", total[1], total[2])
    print_lines()
    for (object in objects)
        line("all of " object, of_object[1, object], of_object[2, object])
    print_lines()
    for (what in functions)
        line(what, spent[1, what], spent[2, what])
    print_lines()
}
