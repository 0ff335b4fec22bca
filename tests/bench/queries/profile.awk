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
    if (tenon - best >= 0.005 * total[1] || best - tenon >= 0.005 * total[1])
        printf "%9.1f %9.1f %+9.1f  %s\n", best / operations, tenon / operations,
            (tenon - best) / operations, what
}

END {
    printf "%s\n%9s %9s %9s\n", name, "best", "tenon", "above"
    line("all", total[1], total[2])
    for (object in objects)
        line("all of " object, of_object[1, object], of_object[2, object])
    for (what in functions)
        line(what, spent[1, what], spent[2, what]) | "sort -k3,3gr"
    close("sort -k3,3gr")
}
