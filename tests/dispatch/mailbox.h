/* SPDX-License-Identifier: MIT */
/*
 * What a guest image in a process of its own shares with the machine: memory at
 * GUEST_BASE, and in its last page this. The same for images of 32 and 64 bits.
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#define MAILBOX_AT     0x1003e000
#define MAILBOX_MEMORY 3                /* descriptors: the memory, */
#define MAILBOX_CALL   4                /* "I have a hypercall" goes here, */
#define MAILBOX_ANSWER 5                /* "go on" comes from here */
#define MOST_REPORTS   1000

struct mailbox {
    uint64_t nr, reg[5], result;
    uint64_t reports;
    uint64_t report[MOST_REPORTS];      /* what the guest saw; the same in both widths */
};

#endif /* MAILBOX_H */
