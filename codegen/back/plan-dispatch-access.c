/* SPDX-License-Identifier: MIT */
/*
 * Functions that reach one element of an array behind a handle, in the caller's
 * own layout.
 */
#include <string.h>

#include "plan-dispatch.h"

struct access {
    struct dispatch *dispatch;
    struct work *work;
    const struct list_field *list;
    const char *way;            /* "get", "put" */
};

/* A clause has seen to it that the range can be reached. */
static bool is_checked_before(const struct work *work, const char *path)
{
    LIST_EACH(clause, &work->op->clauses)
        if ( clause->kind == CLAUSE_handles )
            LIST_EACH(name, &clause->names)
                if ( !strcmp(name->text, path) )
                    return true;
    return false;
}

/* ---- callers of another width ------------------------------------------------------ */

static unsigned int width_for(struct dispatch *dispatch, const struct type *type,
                              bool is_compat)
{
    bool was = dispatch->is_compat;
    unsigned int width;

    dispatch->is_compat = is_compat;
    width = dispatch_width(dispatch, type);
    dispatch->is_compat = was;
    return width;
}

bool plan_is_bytes(struct dispatch *dispatch, const struct type *handle)
{
    const struct type *element = dispatch_element(dispatch, handle);

    return element->kind == TYPE_BASE && element->base == BASE_void;
}

/* A tag, or a type and the name of its handle; nothing where all is as our own. */
void plan_element(struct dispatch *dispatch, node_t node, const struct type *handle)
{
    const struct type *element = dispatch_element(dispatch, handle);
    const struct aggregate *aggregate = model_type_aggregate(element);
    struct compat *compat = dispatch->compat;

    if ( !compat || plan_is_bytes(dispatch, handle) )
        return;
    if ( aggregate && !compat_is_equal(compat, aggregate) )
    {
        defs_text(dispatch->defs, node, "compat_tag",
                  arena_format(dispatch->arena, "%s%s", compat->prefix, aggregate->tag));
        defs_text(dispatch->defs, node, "compat_put",
                  arena_format(dispatch->arena, "%sput_%s", compat->prefix, aggregate->tag));
    }
    else if ( !aggregate && width_for(dispatch, element, true) !=
                            width_for(dispatch, element, false) )
    {
        defs_text(dispatch->defs, node, "compat_type", base_type_c_name(BASE_uint));
        defs_text(dispatch->defs, node, "compat_handle", base_type_name(BASE_uint));
    }
}

/* What a put answers where the value does not fit. */
static bool plan_narrow(const struct access *access, node_t node)
{
    struct dispatch *dispatch = access->dispatch;
    const struct clause *clause = access->work->narrow;
    const char *name = clause && clause->otherwise.text ? clause->otherwise.text : "ERANGE";
    const struct constant *status = set_find(access->work->statuses, name);

    defs_text(dispatch->defs, node, "narrow_errno", status ? "ERANGE" : name);
    if ( !status )
        return false;
    defs_text(dispatch->defs, node, "narrow_member", access->work->status->name);
    defs_text(dispatch->defs, node, "narrow_status",
              model_constant_name(dispatch->arena, access->work->statuses, status));
    return true;
}

/* ---- who is told ----------------------------------------------------------------------- */

/* The domain that a condition is about; NULL: the caller. */
static const char *domain_of(const struct access *access)
{
    const struct reference_list *when = access->list->when;

    LIST_EACH(domain, &access->work->domains)
        if ( when && text_starts(when->at[0].text, domain->path) )
            return domain->name;
    return NULL;
}

static void plan_when(const struct access *access, node_t node)
{
    struct dispatch *dispatch = access->dispatch;
    struct condition_scope scope = { access->work, dispatch, access->work->hypercall,
                                     &access->work->scope };
    struct truth truth;

    if ( !access->list->when )
        return;
    truth = plan_any(&scope, access->list->when, true);
    plan_truth(dispatch, node, "unless", truth);
    defs_text(dispatch->defs, node, "never", truth.is == TRUTH_YES ? "1" : "");
    if ( truth.is != TRUTH_NO )
        defs_text(dispatch->defs, node, "domain", domain_of(access));
}

/* ---- the function ------------------------------------------------------------------------- */

static void plan_access(const struct access *access, struct node_list *items)
{
    struct dispatch *dispatch = access->dispatch;
    struct work *work = access->work;
    const struct type *element = dispatch_element(dispatch, access->list->type);
    bool is_put = *access->way == 'p', writes_status = false;
    bool is_bytes = plan_is_bytes(dispatch, access->list->type);
    node_t node = defs_node(dispatch->defs, is_bytes ? "bytes_access" : "access");
    struct node_list value = { 0 };

    defs_text(dispatch->defs, node, "way", access->way);
    defs_text(dispatch->defs, node, "put", is_put ? "1" : "");
    defs_text(dispatch->defs, node, "name",
              arena_format(dispatch->arena, "hd_%s_%s_%s_%s",
                           dispatch_stem(dispatch, work->hypercall), work->decl->name,
                           access->way, dispatch_flat(dispatch, access->list->path)));
    defs_text(dispatch->defs, node, "path", access->list->path);
    defs_text(dispatch->defs, node, "tag", work->structure->tag);
    defs_text(dispatch->defs, node, "checked",
              is_checked_before(work, access->list->path) ? "1" : "");
    defs_text(dispatch->defs, node, "by_address",
              !is_put || model_type_aggregate(element) ? "1" : "");
    if ( !is_bytes )
        plan_argument(dispatch, &value, "value", element, "value");
    defs_list(dispatch->defs, node, "value", &value);
    plan_element(dispatch, node, access->list->type);
    if ( is_put )
    {
        plan_when(access, node);
        writes_status = plan_narrow(access, node);
    }
    defs_text(dispatch->defs, node, "const", writes_status ? "" : "1");
    plan_cause(dispatch, node, work->decl);
    *LIST_ADD(dispatch->arena, items) = node;
}

void plan_accessors(struct dispatch *dispatch, struct node_list *items, struct work *work)
{
    struct list_fields lists = work_lists(work);

    LIST_EACH(list, &lists)
    {
        struct access access = { dispatch, work, list, "get" };

        if ( list->direction & DIRECTION_IN )
            plan_access(&access, items);
        access.way = "put";
        if ( list->direction & DIRECTION_OUT )
            plan_access(&access, items);
    }
}
