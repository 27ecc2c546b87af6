/* SPDX-License-Identifier: MIT */
/*
 * Bytes as calls of four domains, with other processors that change what is being
 * read: words of grant entries and of arguments. What the machine's audit and its
 * marks say is the oracle; there is no model.
 */
#ifndef FUZZ_OPS_H
#define FUZZ_OPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../naive/naive.h"
#include "port.h"

#define MOST_ELEMENTS 4

/* ---- input.c: what the bytes say ------------------------------------------------- */

void input_begin(const uint8_t *bytes, size_t size);
bool input_left(void);
uint8_t input_byte(void);
uint64_t input_word(void);

/* Numbers that mean something, and now and then one that does not. */
domid_t input_domid(void);
uint32_t input_ref(void);
uint64_t input_gfn(void);
uint64_t input_frame(unsigned int caller);      /* as that domain counts frames */
uint64_t input_address(unsigned int caller);
uint64_t input_known(void);                     /* what some call has returned */
void input_know(uint64_t word);
/* Some bytes of the elements become others. */
void input_spoil(void *at, size_t bytes);

/* ---- calls: one call each, of the caller's --------------------------------------- */

void step_grant(unsigned int caller);
void step_memory(unsigned int caller);
void step_pmt(unsigned int caller);
/* What may be asked, maps, and dom0vp_op where it is. */
void step_more(unsigned int caller);

/* ---- memory.c: what memory_op is called with ------------------------------------- */

/* In the caller's memory, for as long as the call. */
void *room(unsigned int caller, size_t bytes);
/* memory_op by the bytes of the input, spoilt, beside who changes what it is about. */
void memory_call(unsigned long cmd, void *arg, size_t bytes);

/* ---- hostile.c: other processors ------------------------------------------------- */

/* Writes an entry of a grant table, in any way. */
void step_entry(unsigned int caller);
/* Something changes, fails or is pending soon. */
void step_plan(unsigned int caller);
/* Where the arguments of the call are. */
void hostile_arguments(void *at, size_t bytes);
void hostile_begin(void);
void hostile_repair(void);
void hostile_show(void);
void find_words(void);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif /* FUZZ_OPS_H */
