# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# What is damaged turns a test red: the generated stubs, the runtime, the reader.

# damaged PROGRAM FOLDER SOURCE OBJECT: with one object made of another source.
damaged()
{
    rm -rf "$out/twin"
    mkdir "$out/twin"
    cp "$out/${gcc##*/}/$1.o"/*.o "$out/${gcc##*/}/both"/*.o "$out/twin"
    object "$gcc" "$2" "$out/twin/$3" || return 2
    $gcc -fsanitize=address,undefined -o "$out/twin/$1" "$out/twin"/*.o || return 2
    "$out/twin/$1"
}

# twin PROGRAM SOURCE WHAT SED-SCRIPT
twin()
{
    twin_name=$(basename "$(dirname "$2")")-$(basename "$2" .c)
    sed "$4" "$2" >"$out/twin.c"
    if cmp -s "$2" "$out/twin.c"; then
        fail "an injury that injures nothing: $4"
        return
    fi
    sed -i "s|#include \"xencomm.h\"|#include \"$(dirname "$2")/xencomm.h\"|" "$out/twin.c"
    refuse "$1: $3 is seen" damaged "$1" "$out/twin.c" "$twin_name.o"
}

stubs=$generated/host-ia64/guest
twin harness "$stubs/xc-memory.c" "a list that stays a pointer" '/&s->gpfns/d'
twin harness "$stubs/xc-memory.c" "a count that is too small" \
    's/frame_list, s->nr_frames/& \/ 2/'
twin harness "$stubs/xc-memory.c" "another unit" 's/&s->idxs, s->size, sizeof(xen_ulong_t)/\&s->idxs, s->size, 4/'
twin harness "$stubs/xc-memory.c" "the second of two" '/convert_xen_memory_reservation(xc, &s->out)/d'
twin harness "$stubs/xc-memory.c" "a factor left out" 's/(unsigned long)s->nr_vnodes \* s->nr_vnodes/s->nr_vnodes/'
twin harness "$stubs/xc-memory.c" "x86's count" 's/&s->buffer, s->nr_entries, 1/\&s->buffer, s->nr_entries * 20, 1/'
twin harness "$stubs/xc-memory.c" "an op by its whole cmd" 's/reg\[0\] & 0x3f/reg[0]/'
twin harness "$stubs/xc-memory.c" "an unknown op's pointer" '/xencomm_handle(xc, &reg\[1\], 0, 1)/d'
twin harness "$stubs/xc-memory.c" "an op without its case" '/case XENMEM_get_pod_target:/d'
twin harness "$stubs/xc-dom0vp.c" "another register" 's/&reg\[2\], 1, sizeof(struct/\&reg[1], 1, sizeof(struct/'
twin harness "$stubs/xc-pmt.c" "a smaller structure" 's/sizeof(struct pmt_attach)/sizeof(struct pmt_detach)/'
twin harness "$stubs/xc-pmt.c" "a larger structure" 's/sizeof(struct pmt_detach)/sizeof(struct pmt_attach)/'
twin harness "$stubs/xc-grant_table.c" "a pointer that is not put back" '/xencomm_end(&xc)/d'
twin harness "$stubs/xc-grant_table.c" "a call in spite of an error" 's/if ( !rc )/if ( rc <= 0 )/'
twin harness "$stubs/xc-grant_table.c" "more elements than are read" 's/(uint32_t)reg\[2\] != 0/(uint32_t)reg[2]/'
twin harness "$stubs/xc-xen.c" "entries that stay as they are" 's/xc_call(xc, s->op.*/(void)xc, (void)s;/'
twin harness "$stubs/xc-xen.c" "a number taken for a pointer" 's/if ( s->cmd == .*/if ( 1 )/'
twin harness "$stubs/xc.c" "a call that is not known within a call" '/xc_physdev_op(xc, reg)/d'

runtime=guest-impl/xencomm.c
twin runtime $runtime "a word that is not put back" '/\*record->word = record->was;/d'
twin runtime $runtime "memory that is not freed" 's/^    if ( descriptor )$/    if ( 0 )/'
twin runtime $runtime "a block that is not freed" '/release(block, sizeof/d'
twin runtime $runtime "the page after" 's/+ i \* page_size()/+ (i + 1) * page_size()/'
twin runtime $runtime "a page without its beginning" 's/extent->start & -page_size()/extent->start/'
twin runtime $runtime "any pages as contiguous" '/contiguous &= address/d'
twin runtime $runtime "none as contiguous" 's/extent->contiguous = 1;/extent->contiguous = 0;/'
twin runtime $runtime "address 0 as NULL" 's/ && extent.first )/ )/'
twin runtime $runtime "a page with nothing behind it" 's/^    return !(physical_address & XENCOMM_NO_ADDRESS);/    return physical_address || 1;/'
twin runtime $runtime "a size that wraps" 's/(size \&\& count > ~0ul \/ size) ||//'
twin runtime $runtime "an end that wraps" 's/if ( last < extent->start )/if ( 0 )/'
twin runtime $runtime "a handle for NULL" 's/ || !\*pointer )/ )/'
twin runtime $runtime "a handle after an error" 's/if ( xc->error || /if ( /'
twin runtime $runtime "a descriptor that crosses a page" 's/+ size - 1) & -size;/+ 7) \& -8ul;/'
twin runtime $runtime "a third descriptor on the stack" 's/ && xc->nr_minis < XENCOMM_MINIS//'
twin runtime $runtime "a descriptor that is too short" 's/nr_addresses = extent->nr_pages;/nr_addresses = extent->nr_pages - 1;/'
twin runtime $runtime "a descriptor that is too long" 's/nr_addresses = extent->nr_pages;/nr_addresses = extent->nr_pages + 1;/'
twin runtime $runtime "another magic" 's/magic = XENCOMM_MAGIC/magic = ~XENCOMM_MAGIC/'
twin runtime $runtime "a record too many" 's/block ? BLOCK_RECORDS : XENCOMM_RECORDS)/block ? BLOCK_RECORDS + 1 : XENCOMM_RECORDS + 1)/'

reader=hv-impl/port-host/xencomm.c
twin reader $reader "any magic" 's/header.magic != MAGIC/0/'
twin reader $reader "any alignment" 's/handle % sizeof(uint64_t) || //; s/to_page_end(memory, handle) < sizeof(header) ||//'
twin reader $reader "a hole as a page" 's/if ( \*address != USED_UP )/if ( 1 )/'
twin reader $reader "a page's end that is not seen" 's/return size - (address & (size - 1));/return size - (address \& 7);/'
twin reader $reader "addresses that go on without a descriptor" 's/^    while ( walk->left )/    while ( 1 )/'
twin reader $reader "an offset that is forgotten" 's/^        offset = 0;/        offset = offset;/'
twin reader $reader "an offset that leaves no trace" 's/&address, sizeof(address), true)/\&address, sizeof(address), false)/'
twin reader $reader "a bit below the flag" 's/0xf800000000000000u/0x8000000000000000u/'
