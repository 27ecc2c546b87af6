/* SPDX-License-Identifier: MIT */
/* A function that is told what a block is going to need, and looks at nothing. */
#ifndef NO_AHEAD_H
#define NO_AHEAD_H

#define NO_AHEAD(function, element)                                            \
    void function(const struct hd_call *call, const element *ops, unsigned int nr) \
    {                                                                          \
        (void)call;                                                            \
        (void)ops;                                                             \
        (void)nr;                                                              \
    }

#endif /* NO_AHEAD_H */
