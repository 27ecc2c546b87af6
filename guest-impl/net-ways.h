/* SPDX-License-Identifier: MIT */
/* How pages go from the sending side to the receiving one: within net-*.c alone. */
#ifndef NET_WAYS_H
#define NET_WAYS_H

#include "net.h"

/* The buffer for packet i of a batch. */
static inline const struct ring_slot *net_posted(const struct net_back *n, unsigned int i)
{
    return &n->posted[(n->first_posted + i) % RING_SLOTS];
}

/*
 * nr packets to the first nr buffers. 0, and each packet has its error; or what
 * the call as a whole said, and then no page has moved.
 */
int net_flip(struct net_back *n, struct net_packet packet[], unsigned int nr);
int net_transfer(struct net_back *n, struct net_packet packet[], unsigned int nr);
int net_donate(struct net_back *n, struct net_packet packet[], unsigned int nr);

/* The first nr of reclaim. */
long net_reclaim(struct net_back *n, unsigned int nr);

#endif /* NET_WAYS_H */
