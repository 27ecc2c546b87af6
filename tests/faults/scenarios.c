/* SPDX-License-Identifier: MIT */
/*
 * Scenarios of operations that the model knows. d0 has all rights, d1 and d2 are
 * plain guests, d3 is privileged and has the right; each has pages at 0 to 39.
 */
#include "faults.h"

#define GRANT_TO(from, to, entry, at) \
    { .kind = OP_GRANT, .caller = from, .other = to, .ref = entry, .gfn = at }
#define ACCEPT_FROM(taker, giver, entry, at) \
    { .kind = OP_ACCEPT, .caller = taker, .other = giver, .ref = entry, .gfn = at }
#define MAP_IT(who, granter, entry, at, place) \
    { .kind = OP_MAP, .caller = who, .other = granter, .ref = entry, .gfn = at, .slot = place }

const struct scenario scenarios[] = {
    /* Grants. */
    { "map", { GRANT_TO(1, 2, 9, 5), GRANT_TO(1, 2, 10, 6), NO_MORE },
      { MAP_IT(2, 1, 9, 50, 0), MAP_IT(2, 1, 10, 51, 1) }, 2, 0, NULL, NULL },
    { "map, second time", { GRANT_TO(1, 2, 9, 5), MAP_IT(2, 1, 9, 50, 0), NO_MORE },
      { MAP_IT(2, 1, 9, 51, 1) }, 1, 0, NULL, NULL },
    { "map, version 2",
      { { .kind = OP_VERSION, .caller = 1, .x = 2 }, GRANT_TO(1, 2, 9, 5), NO_MORE },
      { MAP_IT(2, 1, 9, 50, 0) }, 1, 0, NULL, NULL },
    { "unmap",
      { GRANT_TO(1, 2, 9, 5), MAP_IT(2, 1, 9, 50, 0), MAP_IT(2, 1, 9, 51, 1), NO_MORE },
      { { .kind = OP_UNMAP, .caller = 2, .slot = 0 }, { .kind = OP_UNMAP, .caller = 2, .slot = 1 } },
      2, 0, NULL, NULL },
    { "unmap, the granter has given the page back",
      { GRANT_TO(1, 2, 9, 5), MAP_IT(2, 1, 9, 50, 0),
        { .kind = OP_DECREASE, .caller = 1, .other = OTHER_SELF, .x = 1, .gfn = 5 }, NO_MORE },
      { { .kind = OP_UNMAP, .caller = 2, .slot = 0 } }, 1, 0, NULL, NULL },
    { "copy", { GRANT_TO(1, 2, 9, 5), { .kind = OP_WRITE, .caller = 1, .gfn = 5, .x = 77 }, NO_MORE },
      { { .kind = OP_COPY, .caller = 2, .other = 1, .ref = 9, .gfn2 = 7, .x = 20, .slot = 1,
          .flags = FLAG_READONLY } }, 1, 0, NULL, NULL },
    { "copy, through another",
      { { .kind = OP_VERSION, .caller = 1, .x = 2 }, GRANT_TO(3, 1, 9, 5),
        { .kind = OP_TRANSIT, .caller = 1, .other = 2, .ref = 10, .ref2 = 9, .x = 3 }, NO_MORE },
      { { .kind = OP_COPY, .caller = 2, .other = 1, .ref = 10, .gfn2 = 7, .x = 20, .slot = 1,
          .flags = FLAG_READONLY } }, 1, 0, NULL, NULL },
    { "swap", { GRANT_TO(1, 2, 9, 5), NO_MORE },
      { { .kind = OP_SWAP, .caller = 1, .ref = 9, .ref2 = 12 } }, 1, 0, NULL, NULL },
    { "set_version 2", { GRANT_TO(1, 2, 3, 5), NO_MORE },
      { { .kind = OP_VERSION, .caller = 1, .x = 2 } }, 1, 0, NULL, NULL },
    { "set_version 1", { { .kind = OP_VERSION, .caller = 1, .x = 2 }, GRANT_TO(1, 2, 3, 5), NO_MORE },
      { { .kind = OP_VERSION, .caller = 1, .x = 1 } }, 1, 0, NULL, NULL },
    { "get_version", { NO_MORE }, { { .kind = OP_GET_VERSION, .caller = 0, .other = 1 } },
      1, 0, NULL, NULL },
    { "query_size", { NO_MORE }, { { .kind = OP_QUERY, .caller = 0, .other = 1 } },
      1, 0, NULL, NULL },
    /* pmt_op. */
    { "info", { NO_MORE }, { { .kind = OP_INFO, .caller = 0, .other = 1 } }, 1, 0, NULL, NULL },
    { "translate", { NO_MORE },
      { { .kind = OP_TRANSLATE, .caller = 0, .other = 1, .gfn = 5, .x = 8 } }, 1, 0, NULL, NULL },
    { "reverse", { NO_MORE }, { { .kind = OP_REVERSE, .caller = 3, .other = 3, .gfn = 5 } },
      1, 0, NULL, NULL },
    { "attach", { NO_MORE }, { { .kind = OP_ATTACH, .caller = 3, .other = 1, .gfn = 60, .x = 2 } },
      1, 0, NULL, NULL },
    { "detach", { { .kind = OP_ATTACH, .caller = 3, .other = 1, .gfn = 60, .x = 2 }, NO_MORE },
      { { .kind = OP_DETACH, .caller = 3, .gfn = 60 } }, 1, 0, NULL, NULL },
    { "pmt map", { GRANT_TO(1, 2, 9, 5), NO_MORE },
      { { .kind = OP_PMT_MAP, .caller = 2, .other = 1, .ref = 9, .gfn = 50 } }, 1, 0, NULL, NULL },
    { "exchange, order 0", { NO_MORE }, { { .kind = OP_EXCHANGE, .caller = 1, .gfn = 8 } },
      1, 0, NULL, NULL },
    { "exchange, order 3", { NO_MORE },
      { { .kind = OP_EXCHANGE, .caller = 3, .gfn = 8, .order = 3, .x = 45 } }, 1, 0, NULL, NULL },
    { "protect", { NO_MORE },
      { { .kind = OP_PROTECT, .caller = 1, .gfn = 8, .x = 3, .y = RIGHT_READ } }, 1, 0, NULL, NULL },
    { "protect, none", { NO_MORE },
      { { .kind = OP_PROTECT, .caller = 1, .gfn = 8, .x = 2, .y = 0 } }, 1, 0, NULL, NULL },
    { "flip", { ACCEPT_FROM(1, 0, 9, 50), { .kind = OP_WRITE, .caller = 1, .gfn = 3, .x = 1 }, NO_MORE },
      { { .kind = OP_FLIP, .caller = 0, .other = 1, .ref = 9, .gfn = 5 } }, 1, 0, NULL, NULL },
    { "flip, back", { ACCEPT_FROM(0, 1, 9, 50), ACCEPT_FROM(0, 1, 10, 51), NO_MORE },
      { { .kind = OP_FLIP, .caller = 1, .other = 0, .ref = 9, .gfn = 5 },
        { .kind = OP_FLIP, .caller = 1, .other = 0, .ref = 10, .gfn = 6 } }, 2, 0, NULL, NULL },
    { "donate", { NO_MORE },
      { { .kind = OP_DONATE, .caller = 0, .other = 1, .gfn = 5, .gfn2 = 50, .y = 3 } },
      1, 0, NULL, NULL },
    { "reclaim",
      { { .kind = OP_DONATE, .caller = 0, .other = 1, .gfn = 5, .gfn2 = 50, .y = 3 }, NO_MORE },
      { { .kind = OP_RECLAIM, .caller = 0, .slot = 0 } }, 1, 0, NULL, NULL },
    /* memory_op. */
    { "increase", { NO_MORE },
      { { .kind = OP_INCREASE, .caller = 0, .other = OTHER_SELF, .x = 3, .order = 1 } },
      1, 0, NULL, NULL },
    { "decrease", { NO_MORE },
      { { .kind = OP_DECREASE, .caller = 1, .other = OTHER_SELF, .x = 4, .gfn = 5, .y = 1 } },
      1, 0, NULL, NULL },
    { "decrease, PV", { NO_MORE },
      { { .kind = OP_DECREASE, .caller = 0, .other = OTHER_SELF, .x = 4, .gfn = 5, .y = 1 } },
      1, 0, NULL, NULL },
    { "populate", { NO_MORE },
      { { .kind = OP_POPULATE, .caller = 0, .other = 1, .x = 3, .gfn = 50, .y = 4, .order = 2 } },
      1, 0, NULL, NULL },
    { "populate, PV", { NO_MORE },
      { { .kind = OP_POPULATE, .caller = 0, .other = OTHER_SELF, .x = 3, .gfn = 50, .y = 2,
          .order = 1 } }, 1, 0, NULL, NULL },
    { "add_to_physmap", { NO_MORE },
      { { .kind = OP_PHYSMAP, .caller = 1, .other = OTHER_SELF, .gfn = 5, .gfn2 = 50 } },
      1, 0, NULL, NULL },
    { "add_to_physmap, over another", { NO_MORE },
      { { .kind = OP_PHYSMAP, .caller = 1, .other = OTHER_SELF, .gfn = 5, .gfn2 = 6 } },
      1, 0, NULL, NULL },
    { "add_to_physmap, grant table", { NO_MORE },
      { { .kind = OP_PHYSMAP_TABLE, .caller = 1, .other = OTHER_SELF, .x = 2, .gfn2 = 50 } },
      1, 0, NULL, NULL },
    { "remove_from_physmap", { NO_MORE },
      { { .kind = OP_PHYSMAP_REMOVE, .caller = 1, .other = OTHER_SELF, .gfn = 5 } },
      1, 0, NULL, NULL },
    { "current_reservation", { NO_MORE }, { { .kind = OP_RESERVATION, .caller = 0, .other = 1 } },
      1, 0, NULL, NULL },
};

const unsigned int nr_scenarios = sizeof(scenarios) / sizeof(scenarios[0]);

/* Where there are PV domains. */
const struct scenario pv_scenarios[] = {
    { "map, PV, for devices", { GRANT_TO(1, 0, 9, 5), NO_MORE },
      { { .kind = OP_MAP, .caller = 0, .other = 1, .ref = 9, .gfn = 50, .flags = FLAG_DEVICE } },
      1, 0, NULL, NULL },
    { "unmap, PV, for devices",
      { GRANT_TO(1, 0, 9, 5), { .kind = OP_MAP, .caller = 0, .other = 1, .ref = 9, .gfn = 50,
                                .flags = FLAG_DEVICE }, NO_MORE },
      { { .kind = OP_UNMAP, .caller = 0, .slot = 0, .flags = FLAG_DEVICE } }, 1, 0, NULL, NULL },
    { "attach, PV", { NO_MORE }, { { .kind = OP_ATTACH, .caller = 0, .other = 1, .gfn = 0, .x = 2 } },
      1, 0, NULL, NULL },
    { "transfer", { ACCEPT_FROM(1, 0, 9, 50), NO_MORE },
      { { .kind = OP_TRANSFER, .caller = 0, .other = 1, .ref = 9, .gfn = 5 } }, 1, 0, NULL, NULL },
    { "memory exchange", { NO_MORE },
      { { .kind = OP_MEM_EXCHANGE, .caller = 0, .other = OTHER_SELF, .order = 2, .gfn = 5,
          .gfn2 = 50 } }, 1, 0, NULL, NULL },
};

const unsigned int nr_pv_scenarios = sizeof(pv_scenarios) / sizeof(pv_scenarios[0]);
