m4_divert(-1)
SPDX-License-Identifier: MIT

The dispatcher of one interface: for each op what is done with one element, and
the loop around it; then the entry, which picks the op.

m4_define(«h_file», «h_dispatch(«$1»)»)

m4_define(«h_dispatch», «/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/h_get(«$1», «header»)>h_if(«$1», «compat», « by callers of another width»).
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
 */
#include "hd-«»h_get(«$1», «name»).h"
h_if(«$1», «compat», «#include "hd-«»h_get(«$1», «name»)-compat.h"
»)h_each(«$1», «items», «h_item»)»)

m4_define(«h_item», «h_if(«$1», «cause», «h_why(h_get(«$1», «cause»), «h_print(«$1»)»)», «h_print(«$1»)»)»)

# ---- types ----------------------------------------------------------------------

m4_define(«h_type», «h_if(«$1», «handle», «XEN_GUEST_HANDLE_PARAM(h_get(«$1», «handle»)) », «h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») »)»)
m4_define(«h_parameter», «h_type(«$1»)h_get(«$1», «name»)»)
m4_define(«h_more», «, h_print(«$1»)»)
m4_define(«h_argument», «h_get(«$1», «name»)»)

# ---- conditions and values ------------------------------------------------------

m4_define(«h_one», «h_each(«$1», «$2», «h_print»)»)
m4_define(«h_not_», «h_if(«$1», «not», «!»)»)
m4_define(«h_access», «h_if(«$1», «outside», «h_call_is()», «call->»)»)
m4_define(«h_caller», «h_access(«$1»)«»caller»)
m4_define(«h_name», «h_get(«$1», «text»)»)
m4_define(«h_number», «h_get(«$1», «text»)h_is(«$1», «text», «0», «», «u»)»)
m4_define(«h_place», «h_access(«$1»)«»place»)
m4_define(«h_extern», «hd_«»h_get(«$1», «text»)(h_caller(«$1»))»)
m4_define(«h_bits», «h_if(«$1», «shifted», «h_if(«$1», «cut», «((h_one(«$1», «left») >> h_get(«$1», «low»)) & h_get(«$1», «mask»))», «(h_one(«$1», «left») >> h_get(«$1», «low»))»)», «(h_one(«$1», «left») & h_get(«$1», «mask»))»)»)
m4_define(«h_binary», «h_if(«$1», «shift», «hd_shift(h_one(«$1», «left»), h_one(«$1», «right»))», «h_sum(«$1»)»)»)
m4_define(«h_sum», «h_if(«$1», «wide», «(uint64_t)», «h_if(«$1», «unsigned», «(uint32_t)»)»)h_one(«$1», «left») h_get(«$1», «sign») h_one(«$1», «right»)»)

m4_define(«h_is_pv», «h_not_(«$1»)is_pv_domain(h_one(«$1», «domain»))»)
m4_define(«h_is_hvm», «h_not_(«$1»)is_hvm_domain(h_one(«$1», «domain»))»)
m4_define(«h_is_translated», «h_not_(«$1»)paging_mode_translate(h_one(«$1», «domain»))»)
m4_define(«h_is_hardware», «h_not_(«$1»)is_hardware_domain(h_one(«$1», «domain»))»)
m4_define(«h_right», «h_not_(«$1»)domain_«»h_get(«$1», «name»)(h_one(«$1», «domain»))»)
m4_define(«h_is_null», «h_not_(«$1»)guest_handle_is_null(h_one(«$1», «left»))»)
m4_define(«h_has_bit», «h_if(«$1», «not», «!(»)h_one(«$1», «left») & h_one(«$1», «right»)h_if(«$1», «not», «)»)»)
m4_define(«h_compare», «h_one(«$1», «left») h_get(«$1», «sign») h_one(«$1», «right»)»)

# A part of a word stays where it is if all that matters is whether it is 0.
m4_define(«h_masked_left», «m4_ifelse(h_get(«$1», «kind»), «bits», «h_one(«$1», «left») & h_get(«$1», «in_place»)», «h_print(«$1»)»)»)
m4_define(«h_is_part», «m4_ifelse(h_get(«$1», «kind»), «bits», «1»)»)
m4_define(«h_is_set», «h_if(«$1», «not», «m4_ifelse(h_each(«$1», «left», «h_is_part»), «1», «!(h_each(«$1», «left», «h_masked_left»))», «!h_each(«$1», «left», «h_masked_left»)»)», «h_each(«$1», «left», «h_masked_left»)»)»)

m4_define(«h_fits», «hd_$2_fits(h_one(«$1», «left»), h_one(«$1», «right»), HD_MAX_«»h_get(«$1», «bits»))»)
m4_define(«h_add_fits», «h_fits(«$1», «add»)»)
m4_define(«h_multiply_fits», «h_fits(«$1», «multiply»)»)
m4_define(«h_shift_fits», «h_fits(«$1», «shift»)»)
m4_define(«h_subtract_fits», «h_fits(«$1», «subtract»)»)
m4_define(«h_not», «h_not_term(h_one_of(«$1», «left»))»)
m4_define(«h_one_of», «m4_indir(«$1.$2»)»)
m4_define(«h_not_term», «m4_ifelse(h_get(«$1», «kind»), «all_of», «h_join(«$1», «terms», «h_not_term», « || »)», «!h_print(«$1»)»)»)

# A term among others: what has an operator of lower rank stands in parentheses.
m4_define(«h_rank», «h_get(«$1», «kind»)«»h_if(«$1», «not», «_not»)»)
m4_define(«h_in_parts», «m4_ifelse(h_each(«$1», «left», «h_is_part»), «1», «(h_print(«$1»))», «h_print(«$1»)»)»)
m4_define(«h_among», «m4_ifelse(h_rank(«$1»), «$2», «(h_print(«$1»))», h_rank(«$1»), «has_bit», «(h_print(«$1»))», h_rank(«$1»), «other_bits», «(h_print(«$1»))», h_rank(«$1»), «none_of», «(h_print(«$1»))», h_rank(«$1»), «is_set», «h_in_parts(«$1»)», «h_print(«$1»)»)»)
m4_define(«h_in_or», «h_among(«$1», «all_of»)»)
m4_define(«h_in_and», «h_among(«$1», «any_of»)»)
m4_define(«h_any_of», «h_join(«$1», «terms», «h_in_or», « || »)»)
m4_define(«h_all_of», «h_join(«$1», «terms», «h_in_and», « && »)»)

m4_define(«h_not_zero», «h_get(«$1», «text»)»)
m4_define(«h_above», «h_get(«$1», «text») > h_get(«$1», «last»)»)
m4_define(«h_no_value», «h_checked_field != h_get(«$1», «text»)»)
m4_define(«h_none_of», «m4_define(«h_checked_field», h_get(«$1», «text»))h_join(«$1», «names», «h_no_value», « && »)»)
m4_define(«h_other_bits», «h_get(«$1», «text») & ~h_if(«$1», «names», «h_if(«$1», «several», «(»)h_join(«$1», «names», «h_name», « | »)h_if(«$1», «several», «)»)», «h_get(«$1», «mask»)»)»)

# ---- how it fails ---------------------------------------------------------------

m4_define(«h_answers», «h_if(«$1», «status», «h_get(«$1», «member») = h_get(«$1», «status»);
»)h_if(«$1», «out», «h_if(«$1», «errno», «h_is(«$1», «errno», «0», «», «rc = -h_get(«$1», «errno»);
»)»)goto out;
», «return h_if(«$1», «status», «0», «h_if(«$1», «place», «call->place», «h_is(«$1», «errno», «0», «0», «-h_get(«$1», «errno»)»)»)»);
»)»)
m4_define(«h_is_several», «h_if(«$1», «status», «1», «h_if(«$1», «out», «h_if(«$1», «errno», «h_is(«$1», «errno», «0», «», «1»)»)»)»)»)
m4_define(«h_fails», «m4_ifelse(h_is_several(«$1»), «1», «    {
h_answers(«$1»)    }
», «h_answers(«$1»)»)»)
m4_define(«h_fail», «h_answers(«$1»)»)
m4_define(«h_caused», «h_if(«$1», «cause», «h_why(h_get(«$1», «cause»), «$2»)», «$2»)»)
m4_define(«h_fail_if», «h_caused(«$1», «    if ( h_rarely(«$1», h_one(«$1», «condition»)) )
h_fails(«$1»)»)»)
m4_define(«h_rarely», «h_if(«$1», «hot», «unlikely(m4_shift($@))», «m4_shift($@)»)»)

# ---- clauses --------------------------------------------------------------------

m4_define(«h_step», «
h_print(«$1»)»)
m4_define(«h_read», «    if ( copy_from_guest(&h_buffer, arg, 1) )
h_fails(«$1»)«»h_if_translated(«    h_widen()(&op, &op32);
»)»)
m4_define(«h_clear», «    memset(&op, 0, sizeof(op));
h_if_translated(«    memset(&op32, 0, sizeof(op32));
»)»)

m4_define(«h_domain_any», «h_lookup(«$1», «rcu_lock_domain_by_any_id»)»)
m4_define(«h_domain_id», «h_lookup(«$1», «rcu_lock_domain_by_id»)»)
m4_define(«h_live_any», «h_lookup(«$1», «hd_lock_live_by_any_id»)»)
m4_define(«h_live_id», «h_lookup(«$1», «hd_lock_live_by_id»)»)
m4_define(«h_lookup», «    h_get(«$1», «name») = $2(h_get(«$1», «field»));
    if ( h_rarely(«$1», !h_get(«$1», «name»)) )
h_fails(«$1»)»)

# These tell why by themselves.
m4_define(«h_domain_remote», «h_lookup_why(«$1», «rcu_lock_remote_domain_by_id»)»)
m4_define(«h_domain_live», «h_lookup_why(«$1», «rcu_lock_live_remote_domain_by_id»)»)
m4_define(«h_lookup_why», «    rc = $2(h_get(«$1», «field»), &h_get(«$1», «name»));
    if ( rc )
        h_if(«$1», «out», «goto out;», «return rc;»)
»)
m4_define(«h_live_remote», «h_lookup_silent(«$1», «rcu_lock_live_remote_domain_by_id»)»)
m4_define(«h_live_live», «h_lookup_silent(«$1», «rcu_lock_live_remote_domain_by_id»)»)
m4_define(«h_lookup_silent», «    if ( $2(h_get(«$1», «field»), &h_get(«$1», «name»)) )
h_fails(«$1»)»)

m4_define(«h_permission», «h_caused(«$1», «    if ( hd_xsm(h_get(«$1», «hook»), h_get(«$1», «rule»), call->caller, h_if(«$1», «domain», «h_get(«$1», «domain»)», «NULL»)) )
h_fails(«$1»)»)»)

m4_define(«h_count», «h_one(«$1», «count»)»)
m4_define(«h_element_type», «h_if(«$1», «compat_tag», «struct h_get(«$1», «compat_tag»)», «h_if(«$1», «compat_type», «h_get(«$1», «compat_type»)», «h_if(«$1», «bytes», «h_get(«$1», «bytes»)», «*h_get(«$1», «handle»).p»)»)»)»)
m4_define(«h_range_handle», «h_if(«$1», «bytes», «guest_handle_cast(h_get(«$1», «handle»), h_get(«$1», «bytes»))», «h_get(«$1», «handle»)»)»)
m4_define(«h_reachable», «h_if(«$1», «compat», «h_if(«$1», «rest», «hd_compat_rest_okay», «hd_compat_okay»)((unsigned long)h_get(«$1», «handle»).p, h_if(«$1», «rest», «h_rest_from, »)h_count(«$1»), sizeof(h_element_type(«$1»)))», «h_if(«$1», «rest», «hd_rest_okay(h_range_handle(«$1»), h_rest_from, h_count(«$1»))», «guest_handle_okay(h_range_handle(«$1»), h_count(«$1»))»)»)»)
m4_define(«h_range», «h_if(«$1», «may_be_null», «h_if(«$1», «among», «(»)!guest_handle_is_null(h_get(«$1», «handle»)) && !h_reachable(«$1»)«»h_if(«$1», «among», «)»)», «!h_reachable(«$1»)»)»)
m4_define(«h_rest_from», «call->place»)
m4_define(«h_ranges», «h_why(«pointer», «    if ( h_join(«$1», «terms», «h_range», « || ») )
h_fails(«$1»)»)»)

m4_define(«h_other_value», «h_tag_name != h_get(«$1», «text»)»)
m4_define(«h_step_inside», «h_print(«$1»)»)
m4_define(«h_common», «m4_define(«h_tag_name», h_get(«$1», «tag»))h_if(«$1», «spared», «    if ( h_join(«$1», «spared», «h_other_value», « && ») )
    {
h_join(«$1», «steps», «h_print», «
»)    }
», «h_join(«$1», «steps», «h_print», «
»)»)»)
m4_define(«h_arms», «    switch ( h_get(«$1», «tag») )
    {
h_join(«$1», «arms», «h_arm», «
»)    }
»)
m4_define(«h_value_case», «h_caused(«$1», «    case h_get(«$1», «text»):
»)»)
m4_define(«h_arm», «h_each(«$1», «values», «h_value_case»)h_join(«$1», «steps», «h_print», «
»)        break;
»)

# ---- a place inside the op ------------------------------------------------------

m4_define(«h_steps_in_all», «h_if(«$1», «first», «hd_steps(h_one(«$1», «first»), h_one(«$1», «last»))», «h_one(«$1», «last»)»)»)
m4_define(«h_at_end», «h_if(«$1», «field», «    call->place = h_if(«$1», «first», «hd_steps_before(h_one(«$1», «first»), h_one(«$1», «field»))», «h_one(«$1», «field»)»);
»)    if ( call->place >= h_steps_in_all(«$1») )
h_fails(«$1»)    call->place = array_index_nospec(call->place, h_steps_in_all(«$1»));
»)

m4_define(«h_run», «h_get(«$1», «handler»)(call«»h_if(«$1», «tag», «, h_op_pointer»)«»h_each(«$1», «arguments», «h_more»))»)
m4_define(«h_run_steps», «    do {
        rc = h_run(«$1»);
        if ( rc > 0 )
h_if(«$1», «place_in_field», «        {
            rc = h_advance(«$1»);
            h_one(«$1», «field») = h_if(«$1», «first», «h_one(«$1», «first») + »)call->place;
        }
», «            rc = h_advance(«$1»);
»)    } while ( rc > 0 );
»)
m4_define(«h_advance», «hd_advance(call, rc, h_steps_in_all(«$1»), h_get(«$1», «every»))»)

# ---- domains --------------------------------------------------------------------

m4_define(«h_domain», «    struct domain *h_get(«$1», «name»)«»h_if(«$1», «sure», «», « = NULL»);
»)
m4_define(«h_unlock», «h_if(«$1», «sure», «    rcu_unlock_domain(h_get(«$1», «name»));
», «    if ( h_get(«$1», «name») )
        rcu_unlock_domain(h_get(«$1», «name»));
»)»)
m4_define(«h_leave», «h_if(«$1», «uses_out», «
out:
», «h_if(«$1», «domains», «
»)»)»)
m4_define(«h_let_go», «h_backwards(h_list(«$1», «domains»))»)
m4_define(«h_list», «m4_ifdef(«$1.$2», «m4_indir(«$1.$2»)»)»)
m4_define(«h_backwards», «m4_ifelse(«$1», «», «», «h_backwards(m4_shift($@))«»h_unlock(«$1»)»)»)

# ---- one element ----------------------------------------------------------------

m4_define(«h_context», «m4_define(«h_op_pointer», «$2»)m4_define(«h_op_field», m4_ifelse(«$2», «op», «op->», «op.»))m4_define(«h_buffer», h_get(«$1», «buffer»))m4_define(«h_buffer_pointer», h_if(«$1», «ahead», ««op»», ««&»h_buffer»))m4_define(«h_widen», h_get(«$1», «compat_get»))m4_define(«h_narrow_call», h_get(«$1», «compat_put»))m4_define(«h_if_translated», h_if(«$1», «compat_tag», ««$»«1»», «»))»)

m4_define(«h_element», «h_context(«$1», «op»)
static int h_get(«$1», «name»)_one(struct hd_call *call, struct h_get(«$1», «tag») *op)
{
h_if(«$1», «needs_rc», «h_each(«$1», «domains», «h_domain»)    int rc«»h_if(«$1», «uses_out», « = 0»);
h_each(«$1», «steps_before», «h_step»)», «h_join(«$1», «steps_before», «h_print», «
»)»)
h_if(«$1», «needs_rc», «h_if(«$1», «steps», «h_run_steps(«$1»)», «    rc = h_run(«$1»);
»)h_leave(«$1»)h_let_go(«$1»)
    return rc;
», «    return h_run(«$1»);
»)}
»)

# ---- a batch --------------------------------------------------------------------

m4_define(«h_function_head», «h_if(«$1», «static», «h_why(«width», «static »)»)int h_get(«$1», «function»)(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop, unsigned int *count)
»)
m4_define(«h_locals», «    XEN_GUEST_HANDLE_PARAM(h_get(«$1», «handle»)) ops = guest_handle_cast(*uop, h_get(«$1», «handle»));
h_if(«$1», «compat_tag», «    struct h_get(«$1», «compat_tag») op32;
»)h_if(«$1», «ahead», «    struct h_get(«$1», «tag») block[h_get(«$1», «block»)], *op = block;
», «    struct h_get(«$1», «tag») op;
»)»)
m4_define(«h_zero», «        h_op_field«»h_get(«$1», «name») = 0;
»)
m4_define(«h_zero_masked», «        if ( h_one(«$1», «unless») )
            h_op_field«»h_get(«$1», «name») = 0;
»)
m4_define(«h_preset», «h_if(«$1», «status», «        h_op_field«»h_get(«$1», «status») = h_get(«$1», «okay»);
»)h_each(«$1», «zeroed», «h_zero»)»)
m4_define(«h_do_one», «h_if(«$1», «element», «h_get(«$1», «name»)_one(call, h_op_pointer)», «h_run(«$1»)»)»)
m4_define(«h_if_failed», «h_if(«$1», «zeroed», «        if ( h_op_field«»h_get(«$1», «status») != h_get(«$1», «okay») )
        {
h_each(«$1», «zeroed», «h_zero»)        }
»)h_each(«$1», «masked», «h_zero_masked»)»)

# What is written: all of it, what lies between two fields, or fields alone.
m4_define(«h_write_field», «hd_copy_field_to_guest_offset(ops, i, h_buffer_pointer, h_get(«$1», «name»))»)
m4_define(«h_part», «h_if(«$1», «last», «hd_copy_span_to_guest_offset(ops, i, h_buffer_pointer, h_get(«$1», «first»), h_get(«$1», «last»))», «hd_copy_field_to_guest_offset(ops, i, h_buffer_pointer, h_get(«$1», «first»))»)»)
m4_define(«h_write», «h_if(«$1», «parts», «h_join(«$1», «parts», «h_part», « || »)», «h_write_whole(«$1»)»)»)
m4_define(«h_write_whole», «h_if(«$1», «whole», «__copy_to_guest_offset(ops, i, h_buffer_pointer, 1)», «h_if(«$1», «is_one», «hd_copy_field_to_guest_offset(ops, i, h_buffer_pointer, h_get(«$1», «first»))», «h_if(«$1», «is_span», «hd_copy_span_to_guest_offset(ops, i, h_buffer_pointer, h_get(«$1», «first»), h_get(«$1», «last»))», «h_join(«$1», «fields», «h_write_field», « || »)»)»)»)»)
m4_define(«h_write_back», «h_if(«$1», «writes», «h_if(«$1», «compat_tag», «        op32.h_get(«$1», «status») = op.h_get(«$1», «status»);
»)        if ( unlikely(h_write(«$1»)) )
        {
            rc = -EFAULT;
            break;
        }
»)»)

m4_define(«h_look», «h_if(«$1», «preempted», «h_if(«$1», «grouped», «        if ( i && !(i % h_get(«$1», «every»)) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            h_get(«$1», «end»)(call);
        }
», «        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
»)»)»)

# Called for callers of both widths: the loop is in both places, as it is hot.
m4_define(«h_wrapper», «h_if(«$1», «static», «», «h_why(«width», «
int h_get(«$1», «function»)(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop, unsigned int *count)
{
    return h_get(«$1», «name»)_all(call, uop, count);
}
»)»)»)

# Several at once into a block, and whoever does them is told; or each alone.
m4_define(«h_next», «h_if(«$1», «ahead», «        if ( i == read )
        {
            const unsigned int came = hd_copy_block(block, ops, i, nr - i);

            if ( unlikely(!came) )
            {
                rc = -EFAULT;
                break;
            }
            op = block;
            read += came;
            if ( came > 1 )
                h_get(«$1», «ahead»)(call, block, came);
        }
», «        if ( unlikely(__copy_from_guest_offset(&h_buffer, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
»)»)

m4_define(«h_batch», «h_context(«$1», h_if(«$1», «ahead», «op», «&op»))
static h_if(«$1», «static», «», «h_why(«width», «always_inline »)»)int h_get(«$1», «name»)_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop, unsigned int *count)
{
h_locals(«$1»)    const unsigned int nr = *count;
    unsigned int i«»h_if(«$1», «ahead», «, read = 0»);
    int rc = 0;

h_if(«$1», «okay_checked», «h_why(«pointer», «    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;
»)»)h_if(«$1», «unshifted», «    call->place <<= h_get(«$1», «unshifted»);
»)
    for ( i = 0; i < nr; i++h_if(«$1», «ahead», «, op++») )
    {
h_look(«$1»)h_next(«$1»)h_if_translated(«        h_widen()(&op, &op32);
»)h_preset(«$1»)
        rc = h_do_one(«$1»);
        if ( rc«»h_if(«$1», «inner», « && rc != -ERESTART») )
            break;
h_if_failed(«$1»)h_if(«$1», «inner», «        if ( rc )
            op.h_get(«$1», «status») = h_get(«$1», «not_done»);
»)h_write_back(«$1»)h_if(«$1», «inner», «        if ( rc )
            break;
»)h_if(«$1», «unshifted», «        call->place = 0;
»)    }

    if ( nr )
        h_get(«$1», «end»)(call);
    if ( rc == -ERESTART )
    {
h_if(«$1», «unshifted», «        call->place >>= h_get(«$1», «unshifted»);
»)        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}
h_wrapper(«$1»)»)

# One element, whatever the count.
m4_define(«h_alone», «h_context(«$1», «&op»)
h_function_head(«$1»){
h_locals(«$1»)    int rc;

h_if(«$1», «count_must_be_one», «    if ( *count != 1 )
        return -h_get(«$1», «count_must_be_one»);
», «    (void)count;
»)    if ( copy_from_guest(&h_buffer, ops, 1) )
        return -EFAULT;
h_if_translated(«    h_widen()(&op, &op32);
»)h_preset(«$1»)
    rc = h_do_one(«$1»);
h_if(«$1», «writes», «h_if(«$1», «on_error», «», «    if ( rc )
        return rc;
»)«»h_if(«$1», «compat_tag», «    op32.h_get(«$1», «status») = op.h_get(«$1», «status»);
»)    if ( m4_patsubst(h_write(«$1»), «ops, i, », «ops, 0, ») )
        return -EFAULT;
»)    return rc;
}
»)

# ---- one structure, or registers ------------------------------------------------

m4_define(«h_call_parameters», «h_if(«$1», «tag», «, XEN_GUEST_HANDLE_PARAM(void) arg», «h_each(«$1», «parameters», «h_more»)»)»)
m4_define(«h_when», «h_if(«$1», «on_error», «», «h_if(«$1», «on_restart», «(!rc || rc == -ERESTART) && », «!rc && »)»)»)
m4_define(«h_field_back», «    if ( h_field_condition«»h_if(«$1», «when», «h_each(«$1», «when», «h_in_and») && »)hd_copy_field_to_guest_offset(arg, 0, &h_buffer, h_get(«$1», «name»)) )
        rc = -EFAULT;
»)
m4_define(«h_narrow», «h_if_translated(«    if ( h_when(«$1»)h_narrow_call()(&op32, &op) )
        rc = -ERANGE;
»)»)
m4_define(«h_copy_back», «h_if(«$1», «writes», «h_narrow(«$1»)m4_define(«h_field_condition», h_when(«$1»))h_if(«$1», «domains», «
», «h_if(«$1», «uses_out», «», «
»)»)h_if(«$1», «whole», «    if ( h_when(«$1»)«»h_if(«$1», «unread», «», «__»)copy_to_guest(arg, &h_buffer, 1) )
        rc = -EFAULT;
», «h_each(«$1», «fields», «h_field_back»)»)»)»)

m4_define(«h_call_body», «{
h_if(«$1», «compat_tag», «    struct h_get(«$1», «compat_tag») op32;
»)«»h_if(«$1», «tag», «    struct h_get(«$1», «tag») op;
»)«»h_if(«$1», «needs_rc», «h_each(«$1», «domains», «h_domain»)    long rc«»h_if(«$1», «uses_out», « = 0»);
»)«»h_if(«$1», «unshifted», «
    call->place <<= h_get(«$1», «unshifted»);
»)h_if(«$1», «needs_rc», «h_each(«$1», «steps_before», «h_step»)», «h_if(«$1», «tag», «h_each(«$1», «steps_before», «h_step»)», «h_join(«$1», «steps_before», «h_print», «
»)»)»)
h_if(«$1», «needs_rc», «h_if(«$1», «steps», «h_run_steps(«$1»)», «    rc = h_run(«$1»);
»)h_leave(«$1»)h_let_go(«$1»)h_copy_back(«$1»)h_if(«$1», «unshifted», «    if ( rc == -ERESTART )
        call->place >>= h_get(«$1», «unshifted»);
»)h_if(«$1», «place_in_field», «    call->place = 0;
»)
    return h_if(«$1», «counts», «rc == -ERESTART ? rc : (long)call->place», «rc»);
», «    return h_run(«$1»);
»)}
»)
m4_define(«h_call», «h_context(«$1», «&op»)
static long h_get(«$1», «function»)(struct hd_call *call«»h_call_parameters(«$1»))
h_call_body(«$1»)»)

# ---- the entry ------------------------------------------------------------------

m4_define(«h_group», «h_each(«$1», «values», «h_value_case»)        return h_one(«$1», «condition»);
»)
m4_define(«h_existence», «m4_define(«h_call_is», «call->»)
/* For other callers these numbers do not exist. */
static bool h_get(«$1», «stem»)_op_exists(const struct hd_call *call)
{
    switch ( call->op )
    {
h_each(«$1», «groups», «h_group»)    default:
        return true;
    }
}
»)

m4_define(«h_ask_existence», «    if ( !h_get(«$1», «stem»)_op_exists(&call) )
        return -ENOSYS;
»)
m4_define(«h_upper», «h_get(«$1», «text») != (h_get(«$1», «type»))h_get(«$1», «text»)»)
m4_define(«h_selector», «h_if(«$1», «mask», «call.op», «h_get(«$1», «cmd»)»)»)

m4_define(«h_case_label», «    case h_get(«$1», «value»):
»)
m4_define(«h_case_stub», «h_case_label(«$1»)        return -h_get(«$1», «errno»);

»)
m4_define(«h_case_batch», «h_case_label(«$1»)        rc = h_get(«$1», «function»)(&call, &h_handle_name, &h_count_name);
        break;

»)
m4_define(«h_case_structure», «h_case_label(«$1»)        rc = h_get(«$1», «function»)(&call, h_handle_name);
        break;

»)
m4_define(«h_register», «, h_if(«$1», «handle», «guest_handle_from_ptr(h_get(«$1», «name»), h_get(«$1», «handle»))», «h_get(«$1», «name»)»)»)
m4_define(«h_case_registers», «h_case_label(«$1»)        rc = h_get(«$1», «function»)(&call«»h_each(«$1», «registers», «h_register»));
h_if(«$1», «otherwise», «        if ( rc < 0 )
            rc = h_get(«$1», «otherwise»);
»)        break;

»)

m4_define(«h_resumable», «h_get(«$1», «text»)»)
m4_define(«h_unless_resumable», «call.op != h_get(«$1», «text»)»)
m4_define(«h_refuse_place», «h_if(«$1», «place», «    if ( call.place && h_if(«$1», «one_resumable», «h_each(«$1», «resumable», «h_unless_resumable»)», «!h_get(«$1», «stem»)_op_resumes(call.op)») )
        return -EINVAL;
»)»)
m4_define(«h_resumes», «h_if(«$1», «place», «h_if(«$1», «one_resumable», «», «
/* What goes on in the middle says so in the number; all others start anew. */
static bool h_get(«$1», «stem»)_op_resumes(unsigned int op)
{
    switch ( op )
    {
h_each(«$1», «resumable», «h_value_case»)        return true;
    default:
        return false;
    }
}
»)»)»)

m4_define(«h_continue», «h_if(«$1», «format», «
    if ( rc == -ERESTART )
        return hypercall_create_continuation(h_get(«$1», «number»), "h_get(«$1», «format»)", h_if(«$1», «place», «call.op | ((h_get(«$1», «cmd_type»))call.place << h_get(«$1», «place»))», «h_get(«$1», «cmd»)»), h_get(«$1», «handle»)«»h_if(«$1», «count», «, h_if(«$1», «copies_count», «(h_get(«$1», «cmd_type»))»)h_count_name»));
»)»)

m4_define(«h_entry», «m4_define(«h_call_is», «call.»)m4_define(«h_handle_name», h_get(«$1», «handle»))m4_define(«h_count_name», h_if(«$1», «copies_count», «nr», h_get(«$1», «count»)))h_resumes(«$1»)
h_get(«$1», «type») h_get(«$1», «name»)(h_join(«$1», «parameters», «h_parameter», «, »))
{
    struct hd_call call;
h_if(«$1», «copies_count», «    unsigned int nr;
»)    h_if(«$1», «batches», «int», «long») rc;

h_if(«$1», «uppers», «    if ( h_join(«$1», «uppers», «h_upper», « || ») )
        return -EINVAL;

»)    call.caller = current->domain;
    call.op = h_get(«$1», «cmd»)«»h_if(«$1», «mask», « & h_get(«$1», «mask»)»);
    call.compat = h_if(«$1», «compat», «true», «false»);
    call.place = h_if(«$1», «place», «h_get(«$1», «cmd») >> h_get(«$1», «place»)», «0»);
    call.data = NULL;

h_if(«$1», «existence», «h_if(«$1», «existence_cause», «h_why(h_get(«$1», «existence_cause»), «h_ask_existence(«$1»)»)», «h_ask_existence(«$1»)»)»)«»h_each(«$1», «requirements», «h_print»)h_if(«$1», «place_first», «h_refuse_place(«$1»)»)    if ( h_selector(«$1») >= h_get(«$1», «limit») )
        return -h_get(«$1», «unknown»);
h_if(«$1», «place_first», «», «h_refuse_place(«$1»)»)h_if(«$1», «copies_count», «    nr = h_get(«$1», «count»);
»)
    switch ( array_index_nospec(call.op, h_get(«$1», «limit»)) )
    {
h_each(«$1», «cases», «h_item»)    default:
        return -h_get(«$1», «unknown»);
    }
h_continue(«$1»)
    return h_if(«$1», «compat», «h_if(«$1», «batches», «rc», «rc > 0x7fffffff ? 0x7fffffff : rc»)», «rc»);
}
»)
m4_divert(0)m4_dnl
