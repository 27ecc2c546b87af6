/* SPDX-License-Identifier: MIT */
/*
 * Copying between pages that are named by number or by grant.
 *
 * Decode: both domains, xsm, both pages, both ranges. Perform: the bytes. What an
 * element has found is kept for the next one, until one fails, names something
 * else, or the batch is left; each page has a reference as long as it is kept, and
 * each grant a pin.
 */
#include "grant-table.h"

/* ---- grants ------------------------------------------------------------------------ */

static uint32_t hold_add(bool writable)
{
    return grant_add(GNTMAP_host_map, writable);
}

/* What an entry has for a copy, or by whom it has it. */
struct hold_found {
    uint16_t kind;
    uint16_t offset, length;
    domid_t through_domid;
    grant_ref_t through_ref;
};

static int hold_take(struct grant_hold *hold, struct domain *granter,
                     grant_ref_t ref, struct domain *user, bool writable,
                     struct hold_found *found)
{
    struct grant_table *t = grant_table_of(granter);
    struct grant_shared s;
    struct grant_entry *e = grant_entry_lock(t, ref, &s);
    int rc;

    if ( !e )
        return GNTST_bad_gntref;
    rc = grant_pin(t, e, &s, user, writable, hold_add(writable), false);
    if ( !rc )
    {
        e->flight++;
        hold->granter = granter;
        hold->ref = ref;
        hold->writable = writable;
        hold->page = e->kind != GRANT_THROUGH;
        hold->mfn = e->mfn;
        found->kind = e->kind;
        found->offset = e->offset;
        found->length = e->length;
        found->through_domid = e->through_domid;
        found->through_ref = e->through_ref;
    }
    grant_entry_unlock(e);
    return rc;
}

/* Pin, shared bits, type and reference in one critical section. */
static void hold_drop(struct grant_hold *hold)
{
    struct grant_table *t;
    struct grant_shared s;
    struct grant_entry *e;

    if ( !hold->granter )
        return;
    t = grant_table_of(hold->granter);
    e = grant_entry_lock(t, hold->ref, &s);
    port_assert(e);
    e->flight--;
    grant_unpin(t, e, &s, hold_add(hold->writable));
    if ( hold->page )
    {
        if ( hold->writable )
            port_page_put_type(hold->mfn, true);
        port_page_put(hold->mfn);
    }
    grant_entry_unlock(e);
    hold->granter = NULL;
}

/* One step on: a grant that the granter itself has from somebody else. */
static int hold_through(struct grant_end *end, const struct hold_found *by,
                        struct hold_found *found)
{
    struct domain *d;
    int rc;

    if ( by->through_domid == end->d->domain_id )
        return GNTST_general_error;
    d = rcu_lock_domain_by_id(by->through_domid);
    if ( !d )
        return GNTST_general_error;
    PORT_POINT("grant through");
    rc = hold_take(&end->through, d, by->through_ref, end->d, end->writable, found);
    /* One step is all. */
    if ( !rc && found->kind == GRANT_THROUGH )
        rc = GNTST_general_error;
    if ( rc && !end->through.granter )
        rcu_unlock_domain(d);
    return rc;
}

static void hold_drop_through(struct grant_hold *hold)
{
    struct domain *d = hold->granter;

    hold_drop(hold);
    if ( d )
        rcu_unlock_domain(d);
}

static int end_by_ref(struct grant_end *end, struct domain *user)
{
    struct hold_found found;
    struct grant_hold *last = &end->hold;
    int rc = hold_take(&end->hold, end->d, end->name, user, end->writable, &found);

    if ( !rc && found.kind == GRANT_THROUGH )
    {
        const struct hold_found by = found;

        rc = hold_through(end, &by, &found);
        last = &end->through;
    }
    if ( rc )
    {
        if ( HV_RULE(RELEASE) )
            hold_drop_through(&end->through);
        hold_drop(&end->hold);
        return rc;
    }
    end->mfn = last->mfn;
    end->bytes = grant_page_bytes(last->granter);
    end->first = 0;
    end->last = end->bytes;
    if ( found.kind == GRANT_PART )
    {
        end->first = found.offset;
        end->last = found.offset + found.length;
    }
    return GNTST_okay;
}

/* ---- frame numbers ------------------------------------------------------------------ */

static int end_by_frame(struct grant_end *end)
{
    int rc = p2m_get_frame(end->d, end->name, end->writable, &end->mfn, NULL);

    if ( rc == -EAGAIN )
        return GNTST_eagain;
    if ( rc )
        return rc == -EACCES && end->writable ? GNTST_general_error : GNTST_bad_page;
    end->bytes = end->last = grant_page_bytes(end->d);
    end->first = 0;
    return GNTST_okay;
}

/* ---- source or destination ------------------------------------------------------------- */

static void end_drop_page(struct grant_end *end)
{
    if ( !end->have )
        return;
    end->have = false;
    if ( end->by_ref )
    {
        hold_drop_through(&end->through);
        hold_drop(&end->hold);
    }
    else
        p2m_put_page(end->mfn, end->writable);
}

static void end_drop(struct grant_end *end)
{
    end_drop_page(end);
    if ( end->d )
        rcu_unlock_domain(end->d);
    end->d = NULL;
}

/* The same domain, named the same way. */
static bool end_has_domain(const struct grant_end *end,
                           const struct gnttab_copy_ptr *ptr, bool by_ref)
{
    return end->d && end->domid == ptr->domid && end->by_ref == by_ref;
}

static int end_find_domain(struct grant_end *end,
                           const struct gnttab_copy_ptr *ptr, bool by_ref)
{
    end->d = rcu_lock_domain_by_id(ptr->domid == DOMID_SELF ? current->domain->domain_id
                                                            : ptr->domid);
    if ( !end->d )
        return GNTST_bad_domain;
    end->domid = ptr->domid;
    end->by_ref = by_ref;
    return by_ref || ptr->domid == DOMID_SELF ? GNTST_okay : GNTST_permission_denied;
}

static int end_find_page(struct grant_end *end, const struct gnttab_copy_ptr *ptr,
                         struct domain *user, bool writable)
{
    uint64_t name = end->by_ref ? ptr->u.ref : ptr->u.gmfn;
    int rc;

    if ( end->have && end->name == name )
        return GNTST_okay;
    end_drop_page(end);
    end->name = name;
    end->writable = writable;
    rc = end->by_ref ? end_by_ref(end, user) : end_by_frame(end);
    end->have = !rc;
    return rc;
}

/* ---- elements ---------------------------------------------------------------------------- */

static int copy_domains(const struct gnttab_copy *op, struct grant_copy *c)
{
    const bool source_ref = op->flags & GNTCOPY_source_gref;
    const bool dest_ref = op->flags & GNTCOPY_dest_gref;
    int rc;

    if ( end_has_domain(&c->source, &op->source, source_ref) &&
         end_has_domain(&c->dest, &op->dest, dest_ref) )
        return GNTST_okay;

    end_drop(&c->source);
    end_drop(&c->dest);
    rc = end_find_domain(&c->source, &op->source, source_ref);
    if ( !rc )
        rc = end_find_domain(&c->dest, &op->dest, dest_ref);
    if ( !rc && hd_xsm(grant_copy, HOOK, c->source.d, c->dest.d, op) )
        rc = GNTST_permission_denied;
    return rc;
}

static int copy_ranges(const struct gnttab_copy *op, const struct grant_copy *c)
{
    const unsigned int from = op->source.offset, to = op->dest.offset;

    if ( from + op->len > c->source.bytes || to + op->len > c->dest.bytes )
        return GNTST_bad_copy_arg;
    if ( from < c->source.first || from + op->len > c->source.last ||
         to < c->dest.first || to + op->len > c->dest.last )
        return GNTST_general_error;
    return GNTST_okay;
}

/* Within one page the two may overlap. */
static void copy_bytes(char *to, const char *from, unsigned int bytes)
{
    if ( to + bytes <= from || from + bytes <= to )
        memcpy(to, from, bytes);
    else if ( to < from )
        for ( unsigned int i = 0; i < bytes; i++ )
            to[i] = from[i];
    else
        while ( bytes-- )
            to[bytes] = from[bytes];
}

static int copy_one(struct hd_call *call, const struct gnttab_copy *op,
                    struct grant_copy *c)
{
    int rc = copy_domains(op, c);

    if ( !rc )
        rc = end_find_page(&c->source, &op->source, call->caller, false);
    if ( !rc )
        rc = end_find_page(&c->dest, &op->dest, call->caller, true);
    if ( !rc )
        rc = copy_ranges(op, c);
    if ( rc )
        return rc;

    copy_bytes((char *)port_page_address(c->dest.mfn) + op->dest.offset,
               (char *)port_page_address(c->source.mfn) + op->source.offset, op->len);
    return GNTST_okay;
}

static void copy_drop(struct grant_copy *c)
{
    end_drop(&c->source);
    end_drop(&c->dest);
}

int hv_grant_table_copy(struct hd_call *call, struct gnttab_copy *op)
{
    struct grant_table *t = grant_table_of(call->caller);
    struct grant_copy alone, *c = call->data;

    if ( !c && t )
        call->data = c = grant_spare_get(&grant_lane(t)->copy, sizeof(*c));
    if ( !c )
    {
        memset(&alone, 0, sizeof(alone));
        c = &alone;
    }
    op->status = copy_one(call, op, c);
    if ( HV_BUG(PIN) && op->status && c->source.have )
    {
        c->source.have = false;
        c->source.hold.granter = NULL;
    }
    if ( op->status || c == &alone )
        copy_drop(c);
    return 0;
}

void grant_copy_end(struct hd_call *call)
{
    struct grant_copy *c = call->data;

    if ( !c )
        return;
    copy_drop(c);
    grant_spare_put(&grant_lane(grant_table_of(call->caller))->copy, c, sizeof(*c));
    call->data = NULL;
}
