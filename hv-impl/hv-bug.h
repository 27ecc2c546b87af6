/* SPDX-License-Identifier: MIT */
/*
 * Mistakes that a test plants, to show that it finds them.
 *
 * HV_BUG(NAME) is false, and nothing is left of it, unless a test build says
 * HV_TEST_BUGS: then it is whether hv_bug, which the port defines, names it.
 */
#ifndef HV_BUG_H
#define HV_BUG_H

enum hv_bug {
    HV_BUG_NONE,
    HV_BUG_REVERSE,       /* A page that replaces another has no reverse entry. */
    HV_BUG_FLUSH,         /* Unmapping a grant does not flush. */
    HV_BUG_LEAK,          /* A map that fails at its address keeps the page. */
    HV_BUG_PIN,           /* A copy that fails keeps its pin. */
    HV_BUG_MERGE,         /* A run goes on over a hole. */
    HV_BUG_VIEWER,        /* Windows of who is dying stay with a table that goes. */
    HV_BUG_RECORD,        /* A loan is looked at when it is the lender's alone. */
    HV_BUG_PLACE,         /* A page that the mapper has already is mapped where it asked. */
    HV_BUG_STATUS,        /* Status words go while somebody has them mapped. */
    HV_BUG_PAGER,         /* A page that somebody uses leaves for a pager. */
    HV_BUG_UNFILLED,      /* A page for which a pager's contents cannot be read is kept. */
    HV_BUG_SAID,          /* Who was where a PV domain says a page is stays there. */
    HV_BUG_LATE,          /* Who is dead by now still maps a grant. */
    HV_BUG_SEEN,          /* A window that goes is flushed when its table may be gone. */
};

#ifdef HV_TEST_BUGS
extern unsigned int hv_bug;
#define HV_BUG(name) __builtin_expect(hv_bug == HV_BUG_##name, 0)
#else
#define HV_BUG(name) 0
#endif

#endif /* HV_BUG_H */
