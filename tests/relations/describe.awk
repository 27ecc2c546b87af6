# SPDX-License-Identifier: MIT
# relations.txt as ops of a strict interface, or (-v c=1) as what the test asks.
BEGIN { FS = " *[|] *" }
/^#/ || !NF { next }
{
    gsub(/ or /, " || ", $2)
    gsub(/ or /, " || ", $3)
    if (c) {
        printf "RELATION(%s, %s)\n", $1, $3
        next
    }
    printf "\n/// %s\nop %s = %d {\n", $2, $1, n++
    print "    in    c, d:           u64;"
    print "    in    a, b:           u32;"
    print "    in    x, y, z:        u16;"
    print "    in    k:              u8;"
    print "    in    pad0:           reserved<u8>;"
    print "    out   status:         pmt_status;"
    print "    in    pad1:           reserved<u32>;\n"
    printf "    require  %s else bad_argument;\n", $2
    print "    xsm      none \"a test\";"
    print "    preempt  each;\n}"
}
