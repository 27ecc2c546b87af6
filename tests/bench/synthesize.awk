# SPDX-License-Identifier: MIT
#
# awk -f synthesize.awk -v ops=N: a strict description with N ops, that has
# nothing wrong with it.  Of each five ops one is plain, one is about a domain,
# one has a list, one has sets of its own, and one has a union.

BEGIN {
    print "/// A description that a program wrote, to see how long one takes."
    print "interface synthetic {"
    print "    header \"synthetic.h\" guard __SYNTHETIC_H__;"
    print "}"
    print ""
    print "type domid_t: u16;"
    print "const __HYPERVISOR_synthetic_op = 50;"
    print "/// Sees frames."
    print "extern sees_frames: right;"
    print ""
    print "/// Do cmd for each of the count elements at args."
    print "hypercall synthetic_op = 50 (cmd: u32, args: handle<op>[count], count: u32) -> errno {"
    print "    ops      SYNTHETICOP_*;"
    print "    structs  synthetic_*;"
    print "    require  count <= 0xfffff else EINVAL;"
    print "    handles  args;"
    print "    resume   args += done, count -= done;"
    print "}"
    print ""
    print "/// What became of one element."
    print "status synthetic_status: s32 as SYNTHETICST_* {"
    print "    okay         = 0  \"done\";"
    print "    bad_argument = -1 \"a field has a value that it cannot have\";"
    print "    bad_domain   = -2 \"no such domain\";"
    print "    denied       = -3 \"the caller may not do this\";"
    print "    not_done     = -4 \"the call ended before this element\";"
    print "}"
    for ( i = 0; i < ops; i++ )
        write_op(i, i % 5)
}

function write_op(i, shape)
{
    print ""
    if ( shape == 3 )
        write_sets(i)
    print "/// The op with number " i "."
    print "op number" i " = " i " {"
    if ( shape == 0 )
        write_plain()
    else if ( shape == 1 )
        write_domain(i)
    else if ( shape == 2 )
        write_list()
    else if ( shape == 3 )
        write_words(i)
    else
        write_union()
    if ( shape != 1 )
        print "    xsm      none \"about the caller alone\";"
    if ( shape != 2 )
        print "    preempt  every 64;"
    print "}"
}

function write_plain()
{
    print "    in    first: u64;           /// Where it begins."
    print "    in    nr:    u32;"
    print "    out   status: synthetic_status;"
    print ""
    print "    require  nr <= 512 else bad_argument;"
}

function write_domain(i)
{
    print "    in    domid: domid_t;"
    print "    in    pad0:  reserved<u16>;"
    print "    out   status: synthetic_status;"
    print "    out   nr:    u64;"
    print ""
    print "    domain   domid: any else bad_domain;"
    print "    xsm      synthetic_number" i "(target) else denied;"
    print "    error    denied \"what it asks about is not the caller's\";"
}

function write_list()
{
    print "    in    array: handle64<const u64>[nr]?;"
    print "    in    nr:    u32;"
    print "    inout done:  u32;           /// The caller sets it to 0."
    print "    out   status: synthetic_status;"
    print "    in    pad0:  reserved<u32>;"
    print ""
    print "    require  done <= nr && nr <= 0xffff else bad_argument;"
    print "    handles  array;"
    print "    preempt  every 64 by nr resume done = done;"
}

function write_sets(i)
{
    print "bits synthetic_rights" i ": u32 as SYNTHETICR" i "_* {"
    print "    read  = 0;"
    print "    write = 1;"
    print "    size  = 9..4;           /// A logarithm."
    print "}"
    print ""
    print "enum synthetic_kind" i ": u32 as SYNTHETICK" i "_* { none = 0; some = 1; }"
    print ""
}

function write_words(i)
{
    print "    in    rights: synthetic_rights" i ";"
    print "    in    kind:  synthetic_kind" i ";"
    print "    out   mfn:   machine<u64> when sees_frames;"
    print "    out   status: synthetic_status;"
    print "    in    pad0:  reserved<u32>;"
    print ""
    print "    require  rights.read || rights.write == 0 else bad_argument;"
}

function write_union()
{
    print "    in    kind:  u32;"
    print "    out   status: synthetic_status;"
    print "    in    u:     union by kind {"
    print "        page:    u64 when 0;"
    print "        range:   struct when 1 { first: u32; nr: u32; }"
    print "        rest:    u8[8] otherwise;"
    print "    }"
    print ""
    print "    require  kind <= 2 else bad_argument;"
}
