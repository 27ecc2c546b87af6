/* SPDX-License-Identifier: MIT */
/* The steps of the scenario in pins.c. */
#ifndef PINS_H
#define PINS_H

void prepare_pin(void);
void entry_is_pinned(void);
void entry_is_made_anew(void);
void page_is_right(void);

#endif
