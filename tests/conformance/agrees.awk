# SPDX-License-Identifier: MIT
# Does real Xen have to answer the same? Each row that names an expectation of tests/xen
# has one of that name there, with the same result. Files, each behind its part:
# part=xen (of xen.awk), part=log build/xen/log where there is one, part=rows (of rows.awk).

BEGIN { FS = "\t" }

function wrong(text) { print "FAIL " text; bad = 1 }

# One name may stand for several places, which all say the same.
part == "xen" {
    if ($1 in there && there[$1] != $2 " " $3) there[$1] = there[$1] ", " $2 " " $3
    else there[$1] = $2 " " $3
    next
}
part == "log" && /^(ok|FAIL) [0-9]+ (succeeds|fails|shows) / {
    sub(/ PVH (32|64) [a-z]+: /, " HERE ")
    good = /^ok /
    sub(/^[a-zA-Z]+ [0-9]+ [a-z]+ /, "")
    sub(/: -?[0-9]+ (==|!=|>=|<=|has|lacks) -?[0-9]+$/, "")
    logged[$0] += good ? 1 : 1000
    ran = 1
    next
}
part == "log" { next }

{
    row = $1 " " $2
    count[$6]++
    if ($6 == "UNSEEN") {
        if ($7 == "") wrong(row ": no reason why Xen cannot show it")
        next
    }
    if ($6 == "MISSING") { print "nobody asks Xen: " row ", " $4 " [" $5 "]: " $7; next }
    if ($6 != "SEEN" && $6 != "LIKE") { wrong(row ": " $6 "?"); next }
    wanted = $6 == "SEEN" ? "EQ " $3 : $8
    if (!($7 in there)) wrong(row ": there is no \"" $7 "\" in tests/xen")
    else if (there[$7] != wanted) wrong(row ": " wanted ", but " $7 " is " there[$7])
    else if (ran && !($7 in logged)) wrong(row ": " $7 " was not reached in the last run")
    else if (ran && logged[$7] >= 1000) wrong(row ": " $7 " failed in the last run")
    else good_rows++
}

END {
    printf "%d of %d rows are asked of Xen%s; %d cannot be, %d are not\n", good_rows,
        NR ? good_rows + count["UNSEEN"] + count["MISSING"] : 0, ran ? ", and were answered so" : "",
        count["UNSEEN"], count["MISSING"]
    exit bad || !good_rows
}
