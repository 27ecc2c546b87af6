/* SPDX-License-Identifier: MIT */
/* The two PVH payloads, as data; they are copied page by page. */
        .macro  payload name, file
        .balign 4096
        .global \name, \name\()_end
\name:  .incbin "\file"
        .balign 4096
\name\()_end:
        .endm

        .data
        payload pvh32, pvh32.bin
        payload pvh64, pvh64.bin

        .section .note.GNU-stack, "", @progbits
