m4_divert(-1)
SPDX-License-Identifier: MIT

What handlers are written against: their prototypes, one for each op, functions
that reach the arrays behind the ops' handles, and the entries of the calls.

m4_define(«h_file», «h_dispatch(«$1»)»)

m4_define(«h_dispatch», «/* SPDX-License-Identifier: MIT */
/*
 * Handlers behind the calls of <public/h_get(«$1», «header»)>.
 *
 * Whoever writes them includes this. What a clause of the description can see
 * is checked when they are called; what is said here they have to see to.
 * What an op's handles point at is reached by functions, an element at a time,
 * in the caller's own layout; each returns 0 or a negative errno.
 *
 * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
 */
#ifndef HD_«»h_get(«$1», «guard»)_H
#define HD_«»h_get(«$1», «guard»)_H

#include "hd.h"
h_if(«$1», «compat», «h_why(«width», «#include "hd-«»h_get(«$1», «name»)-compat.h"
»)»)h_each(«$1», «items», «h_item»)
/* What the table of hypercalls names; a hypervisor may have declared it. */
#ifndef HD_CALLS_ARE_DECLARED
h_each(«$1», «entries», «h_item»)#endif
h_if(«$1», «shared», «h_why(«width», «
/* Between the dispatchers: structures that callers of both widths share. */
h_each(«$1», «shared», «h_print»)»)»)
#endif /* HD_«»h_get(«$1», «guard»)_H */
»)

m4_define(«h_item», «h_if(«$1», «cause», «h_why(h_get(«$1», «cause»), «h_print(«$1»)»)», «h_print(«$1»)»)»)

# ---- types ----------------------------------------------------------------------

m4_define(«h_type», «h_if(«$1», «handle», «XEN_GUEST_HANDLE_PARAM(h_get(«$1», «handle»)) », «h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») »)»)
m4_define(«h_parameter», «h_type(«$1»)h_get(«$1», «name»)»)
m4_define(«h_structure», «struct h_get(«$1», «tag») *h_get(«$1», «name»)»)
m4_define(«h_domain», «struct domain *h_get(«$1», «name»)»)

# ---- handlers -------------------------------------------------------------------

m4_define(«h_reason_line», « *       h_line(«$1»)
»)
m4_define(«h_answer», « *   h_get(«$1», «reason»)
h_each(«$1», «rest», «h_reason_line»)»)

m4_define(«h_whom», « * h_get(«$1», «name»): $2«»h_if(«$1», «some», «; NULL if none is asked for»).
»)
m4_define(«h_about_any», «h_whom(«$1», «any domain, the caller itself too»)»)
m4_define(«h_about_id», «h_whom(«$1», «the domain of that number»)»)
m4_define(«h_about_remote», «h_whom(«$1», «another domain»)»)
m4_define(«h_about_live», «h_whom(«$1», «another domain, and not a dying one»)»)
m4_define(«h_about_owner», «h_whom(«$1», «the owner of the memory»)»)

m4_define(«h_ends», «m4_indir(«h_ends_»h_get(«$1», «ends»))»)
m4_define(«h_ends_errno», « * Returns 0 or a negative errno.
»)
m4_define(«h_ends_value», « * Returns the value or a negative errno.
»)
m4_define(«h_ends_status», « * Returns 0, with the status in op; a negative errno ends the batch.
»)
m4_define(«h_ends_steps», « * Does the step at call->place. Returns how many are done, 0 if nothing is
 * left to do, or a negative errno; -ERESTART comes back here.
»)
m4_define(«h_ends_counts_steps», « * Does the step at call->place. Returns how many are done, or 0 if it cannot
 * go on; -ERESTART comes back here.
»)
m4_define(«h_ends_steps_with_status», « * Does the step at call->place. Returns how many are done, or 0 with the
 * reason as the status in op; -ERESTART comes back here.
»)

m4_define(«h_handler», «
/*
h_each(«$1», «doc», «h_doc_line») *
h_ends(«$1»)h_each(«$1», «domains», «h_print»)h_if(«$1», «hook», «h_if(«$1», «hook_cause», «h_why(h_get(«$1», «hook_cause»), «h_asks(«$1»)»)», «h_asks(«$1»)»)»)h_if(«$1», «answers», « *
 * What only it can find out:
h_each(«$1», «answers», «h_answer»)») */
h_get(«$1», «type») h_get(«$1», «name»)(struct hd_call *call«»h_each(«$1», «parameters», «h_more»));
»)
m4_define(«h_asks», « * Asks h_get(«$1», «hook»): h_get(«$1», «denied») if that is denied.
»)
m4_define(«h_more», «, h_print(«$1»)»)

m4_define(«h_ahead», «
/*
 * The elements that come next, before the first of them is done: hints, of which
 * nothing was checked yet. It may send for what they will need, and no more.
 */
void h_get(«$1», «name»)(const struct hd_call *call, const struct h_get(«$1», «tag») *ops, unsigned int nr);
»)

m4_define(«h_end», «
/*
 * Whatever the handlers kept for later in this call: flush it, drop it.
 * Called when a batch is left, for whatever reason, and after each group of
 * its elements.
 */
void h_get(«$1», «name»)(struct hd_call *call);
»)

# ---- arrays behind handles ------------------------------------------------------

m4_define(«h_checked», «h_if(«$1», «checked», «__»)»)
m4_define(«h_value», «h_type(«$1»)h_pointer«»h_get(«$1», «name»)»)
m4_define(«h_op», «h_if(«$1», «const», «const »)struct h_get(«$1», «tag») *op«»»)
m4_define(«h_domain_parameter», «h_if(«$1», «domain», «, const struct domain *h_get(«$1», «domain»)»)»)
m4_define(«h_head», «static inline int h_get(«$1», «name»)(const struct hd_call *call, h_op(«$1»), »)
m4_define(«h_unused», «    (void)call;
    (void)op;
»)

# A put that no domain here is told anything by.
m4_define(«h_never», «{
    (void)call;
    (void)op;
h_if(«$1», «domain», «    (void)h_get(«$1», «domain»);
»)»)

m4_define(«h_unless», «    if ( h_each(«$1», «unless», «h_print») )
        return 0;
»)

m4_define(«h_access», «
m4_define(«h_pointer», h_if(«$1», «by_address», «*»))m4_dnl
h_head(«$1»)unsigned long i, h_if(«$1», «put», «h_if(«$1», «by_address», «const »)»)h_each(«$1», «value», «h_value»)«»h_domain_parameter(«$1»))
h_if(«$1», «never», «h_why(«arch», «h_never(«$1»)    (void)i;
    (void)value;
    return 0;
}
»)», «h_body(«$1»)»)»)

m4_define(«h_body», «{
h_if(«$1», «unless», «h_why(«arch», «h_unless(«$1»)»)»)«»h_if(«$1», «compat_tag», «h_compat_structure(«$1»)», «h_if(«$1», «compat_type», «h_compat_scalar(«$1»)», «h_if(«$1», «unless», «», «h_why(«width», «    (void)call;
»)»)»)»)    if ( h_if(«$1», «put», «h_checked(«$1»)copy_to_guest_offset(op->h_get(«$1», «path»), i, h_if(«$1», «by_address», «», «&»)value, 1)», «h_checked(«$1»)copy_from_guest_offset(value, op->h_get(«$1», «path»), i, 1)») )
        return -EFAULT;
    return 0;
}
»)

m4_define(«h_narrow», «h_if(«$1», «narrow_status», «{
            op->h_get(«$1», «narrow_member») = h_get(«$1», «narrow_status»);
            return -h_get(«$1», «narrow_errno»);
        }», «
            return -h_get(«$1», «narrow_errno»);»)»)

m4_define(«h_compat_scalar», «h_why(«width», «    if ( call->compat )
    {
        h_get(«$1», «compat_type») narrow«»h_if(«$1», «put», « = value»);

h_if(«$1», «put», «        if ( narrow != value )h_narrow(«$1»)
        if ( h_checked(«$1»)copy_to_guest_offset(guest_handle_cast(guest_handle_cast(op->h_get(«$1», «path»), void), h_get(«$1», «compat_handle»)), i, &narrow, 1) )
            return -EFAULT;
        return 0;
», «        if ( h_checked(«$1»)copy_from_guest_offset(&narrow, guest_handle_cast(guest_handle_cast(op->h_get(«$1», «path»), void), h_get(«$1», «compat_handle»)), i, 1) )
            return -EFAULT;
        *value = narrow;
        return 0;
»)    }
»)»)

m4_define(«h_compat_structure», «h_why(«width», «    if ( call->compat )
    {
        struct h_get(«$1», «compat_tag») narrow;

        if ( h_get(«$1», «compat_put»)(&narrow, value) )
            return -h_get(«$1», «narrow_errno»);
        if ( h_checked(«$1»)copy_to_guest_offset(guest_handle_cast(guest_handle_cast(op->h_get(«$1», «path»), void), h_get(«$1», «compat_tag»)_t), i, &narrow, 1) )
            return -EFAULT;
        return 0;
    }
»)»)

# Nobody knows what these bytes are.
m4_define(«h_bytes_access», «
h_head(«$1»)unsigned long offset, h_if(«$1», «put», «const void *from», «void *to»), size_t bytes«»h_domain_parameter(«$1»))
{
    (void)call;
    if ( h_if(«$1», «put», «h_checked(«$1»)copy_to_guest_offset(guest_handle_cast(op->h_get(«$1», «path»), char), offset, (const char *)from, bytes)», «h_checked(«$1»)copy_from_guest_offset((char *)to, guest_handle_cast(op->h_get(«$1», «path»), char), offset, bytes)») )
        return -EFAULT;
    return 0;
}
»)

# ---- properties -----------------------------------------------------------------

m4_define(«h_not», «h_if(«$1», «not», «!»)»)
m4_define(«h_caller», «call->caller»)
m4_define(«h_name», «h_get(«$1», «text»)»)
m4_define(«h_is_pv», «h_not(«$1»)is_pv_domain(h_each(«$1», «domain», «h_print»))»)
m4_define(«h_is_hvm», «h_not(«$1»)is_hvm_domain(h_each(«$1», «domain», «h_print»))»)
m4_define(«h_is_translated», «h_not(«$1»)paging_mode_translate(h_each(«$1», «domain», «h_print»))»)
m4_define(«h_is_hardware», «h_not(«$1»)is_hardware_domain(h_each(«$1», «domain», «h_print»))»)
m4_define(«h_right», «h_not(«$1»)domain_«»h_get(«$1», «name»)(h_each(«$1», «domain», «h_print»))»)
m4_define(«h_any_of», «h_join(«$1», «terms», «h_print», « || »)»)
m4_define(«h_all_of», «h_join(«$1», «terms», «h_print», « && »)»)

# ---- prototypes -----------------------------------------------------------------

m4_define(«h_prototype», «h_get(«$1», «type») h_get(«$1», «name»)(h_join(«$1», «parameters», «h_parameter», «, »));
»)
m4_define(«h_shared», «int h_get(«$1», «name»)(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop, unsigned int *count);
»)
m4_divert(0)m4_dnl
