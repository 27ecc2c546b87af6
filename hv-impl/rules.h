/* SPDX-License-Identifier: MIT */
/*
 * Rules of docs/security.md that a test build (HV_RULES) can switch off, one at a
 * time: then the test that watches over the rule has to be red. Anywhere else
 * HV_RULE() is true, and gone. Needs port.h.
 *
 *     if ( HV_RULE(INDEX) && ref >= grant_limit(table) )
 *         return NULL;
 */
#ifndef HV_RULES_H
#define HV_RULES_H

/* RULE(number, NAME, what holds while it is on) */
#define HV_RULES_LIST(RULE)                                                         \
    RULE(1,  INDEX,         "a reference is compared with the table's size")        \
    RULE(2,  RANGE,         "a guest's range is checked before it is used")         \
    RULE(3,  READ_ONCE,     "a shared word is read once, and that copy is used")    \
    RULE(4,  RECORD,        "unmap does what the record says, each half once")      \
    RULE(5,  IN_FLIGHT,     "no change of version while an entry is being used")    \
    RULE(5,  LOOK_AGAIN,    "what was seen without a lock is looked at again")      \
    RULE(6,  REFERENCE,     "an entry of the table holds a reference")              \
    RULE(7,  BOTH_TABLES,   "the reverse entry goes with the entry")                \
    RULE(8,  FLUSH,         "a page is let go after the flush, not before")         \
    RULE(9,  REPORT_LAST,   "the granter sees the end after it has come")           \
    RULE(10, PREPARE,       "what can fail comes before the first change")          \
    RULE(10, UNDO,          "a failure takes back what was taken")                  \
    RULE(11, RELEASE,       "each way out lets go of what it holds")                \
    RULE(12, ORDER,         "of two tables the lower domain's is locked first")     \
    RULE(13, STEP,          "a step has a bound, then somebody looks")              \
    RULE(14, RESUME,        "where a call goes on is checked again")                \
    RULE(15, NO_FATAL,      "a guest's mistake is the guest's error")               \
    RULE(16, QUOTA,         "what a domain gets is charged, and has a limit")       \
    RULE(17, CLEAN,         "a page comes to its owner cleared")                    \
    RULE(18, ALONE,         "a page changes hands only while nobody uses it")       \
    RULE(19, WIDTH,         "order, alignment and width are checked at the door")   \
    RULE(20, DYING,         "nothing is put into a dying domain")                   \
    RULE(21, KIND,          "special pages stay where they are")                    \
    RULE(22, TRIES,         "a loop on a guest's word ends")

enum hv_rule {
    HV_RULE_NONE,
#define HV_RULE_NAME(number, name, what) HV_RULE_##name,
    HV_RULES_LIST(HV_RULE_NAME)
#undef HV_RULE_NAME
    HV_RULES_NR
};

#ifdef HV_RULES
extern unsigned int hv_rule_off;
/* How often the one that is off was asked about: 0, it was not on the way. */
extern unsigned int hv_rule_asked;
#define HV_RULE(name)                       \
    (hv_rule_off != HV_RULE_##name ||       \
     !__atomic_add_fetch(&hv_rule_asked, 1, __ATOMIC_RELAXED))
#else
#define HV_RULE(name) true
#endif

#endif /* HV_RULES_H */
