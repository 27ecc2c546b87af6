# SPDX-License-Identifier: MIT
# hcgen diff: what an edit of the descriptions changed.

# edited SED: beside the descriptions, and then: the same with that edit.
two_sides()
{
    mkdir -p then now
    cp "$idl"/*.idl then
    cp "$idl"/*.idl now
    for edit
    do
        sed -i "$edit" now/*.idl
    done
}

compare() { run 0 diff --tables="$idl" then now; }

# The lines of each file that really come and go, in diff's own count.
counted()
{
    run 0 gen --tables="$idl" --output=old then
    run 0 gen --tables="$idl" --output=new now
    (cd new && find . -type f) | sed 's,^\./,,' | LC_ALL=C sort | while read -r file
    do
        added=$(diff -N "old/$file" "new/$file" | grep -c '^>')
        gone=$(diff -N "old/$file" "new/$file" | grep -c '^<')
        [ "$added$gone" = 00 ] || echo "$file $added +, $gone -"
    done
}

test_command_diff()
{
    two_sides
    compare
    [ "$(cat out)" = "0 of ops, 0 rules, 0 of layouts, 0 files; 0 published elements are not as they were" ] ||
        fail "the same twice: $(cat out)"
    is_empty err
    [ "$(ls)" = "err
now
out
then" ] || fail "written: $(ls)"
}

# A field that moves others: each is told with both places, on both ABIs.
test_diff_layout()
{
    two_sides '/^op copy/,/^}/s/in    len:            u16;/in    len:            u32;/'
    compare
    has out '  - field gnttab_copy flags direction in offset 34 size 2, x86_32 offset 18'
    has out '  + field gnttab_copy flags direction in offset 36 size 2, x86_32 offset 20'
    has out '  + field gnttab_copy len direction in offset 32 size 4, x86_32 offset 16'
    lacks out 'gnttab_map_grant_ref'
    ! grep -qx rules out || fail "rules that nobody touched"
    matches out '^0 of ops, 0 rules, 3 of layouts, [0-9]* files; 3 published '
}

# A rule is no layout, and moves no byte of a header.
test_diff_rules()
{
    two_sides '/^op setup_table/,/^}/s/grant_setup(target)/grant_setup(hook)/'
    compare
    has out '    grant_table.setup_table'
    has out '  -   xsm      grant_setup(target) else permission_denied;'
    has out '  +   xsm      grant_setup(hook) else permission_denied;'
    lacks out 'get_status_frames'
    lacks out 'include/public'
    matches out '^0 of ops, 1 rules, 0 of layouts, [0-9]* files; 0 published '
}

# The same clauses in another order are a change: they run as they stand.
test_diff_order()
{
    two_sides '/^op add_to_physmap_batch/,/^}/{/require  domid.translated/d
s/^    handles  idxs, gpfns, errs;/&\n    require  domid.translated else EACCES;/}'
    compare
    has out '    memory.add_to_physmap_batch'
    has out '  =   handles  idxs, gpfns, errs;'
    matches out '^0 of ops, 1 rules, 0 of layouts, '
}

# Ops that come, and that go.
test_diff_ops()
{
    two_sides '/^op get_sharing_freed_pages/,/^}/d'
    compare
    has out '  - op memory_op XENMEM_get_sharing_freed_pages number 18 returns ulong'
    matches out '^1 of ops, 0 rules, 0 of layouts, [0-9]* files; 1 published '
    mv then old; mv now then; mv old now
    compare
    has out '  + op memory_op XENMEM_get_sharing_freed_pages number 18 returns ulong'
    has out '  +   only     x86 else ENOSYS;'
    matches out '^1 of ops, 1 rules, 0 of layouts, [0-9]* files; 0 published '
}

# Files, and lines in them: as diff counts.
test_diff_files()
{
    two_sides '/^op copy/,/^}/s/in    len:            u16;/in    len:            u32;/' \
              '/^op get_sharing_freed_pages/,/^}/d' 's/Pages that are shared/How many pages are shared/'
    compare
    mv out told
    counted > want
    not_empty want
    sed -n '/^files/,$p' told | sed -n 's/^  [-+ ] \(.*\)/\1/p' | tr -s ' ' | LC_ALL=C sort > got
    same want got
}

# What is wrong with one side is told at its place, and nothing is compared.
test_diff_input()
{
    two_sides
    sed -i 's/^    in    ref:            grant_ref_t;/    in    ref:            grant_fer_t;/' then/grant_table.idl
    run 1 diff --tables="$idl" then now
    has err 'then/grant_table.idl:'
    has err "no type 'grant_fer_t'"
    is_empty out
    usage "an argument is missing behind 'diff'" diff now
    usage "two are compared, not also 'x'" diff then now x
}

# With which error one architecture refuses: its own dispatcher's matter, and nobody else's.
test_diff_extension()
{
    two_sides '/^extend op machine_memory_map/,/^}/s/else EINVAL/else EACCES/'
    compare
    has out '    memory.machine_memory_map extended for ia64'
    has out '  -   xsm      machine_memory_map(priv) else EINVAL;'
    has out '  +   xsm      machine_memory_map(priv) else EACCES;'
    has out '  ia64/hv/hd-memory.c'
    lacks out 'x86/'
    matches out '^0 of ops, 1 rules, 0 of layouts, [0-9]* files; 0 published '
    rm -rf then now
    two_sides '/^extend op machine_memory_map/,/^}/d'
    compare
    has out '  -   xsm      machine_memory_map(priv) else EINVAL;'
    mv then old; mv now then; mv old now
    compare
    has out '  +   xsm      machine_memory_map(priv) else EINVAL;'
}

# Whoever asks, the dispatcher of either width or the handler: with a status or an errno.
test_diff_refusals()
{
    two_sides
    cat >> now/grant_table.idl << 'OPS'

extend op map_grant_ref for ia64 { xsm grant_mapref(hook) else bad_domain; }
extend op setup_table for x86 { xsm grant_setup(target) else EXDEV; }
OPS
    run 0 gen --tables="$idl" --output=old then
    run 0 gen --tables="$idl" --output=new now
    denied='Asks grant_mapref: GNTST_permission_denied if that is denied.'
    has old/ia64/hv/hd-grant_table.h "$denied"
    has new/x86/hv/hd-grant_table.h "$denied"
    has new/ia64/hv/hd-grant_table.h 'Asks grant_mapref: GNTST_bad_domain if that is denied.'
    same old/ia64/hv/hd-grant_table.c new/ia64/hv/hd-grant_table.c
    for code in hd-grant_table.c hd-grant_table-compat.c
    do
        lacks "old/x86/hv/$code" EXDEV
        [ "$(grep -c EXDEV "new/x86/hv/$code")" -eq 1 ] || fail "$code: not one more refusal"
    done
    has new/x86/guest/hc-grant_table.h EXDEV
    lacks old/x86/guest/hc-grant_table.h EXDEV
    lacks new/ia64/guest/hc-grant_table.h EXDEV
}
