/* SPDX-License-Identifier: MIT */
/*
 * One walk over the model: every declaration, body and type, each once, in the
 * order of the files.  Needs a resolved model; gives the checker's lists.
 */
#include <string.h>

#include "checks.h"

/* ---- what is known of a declaration -------------------------------------- */

static size_t slot_of(const struct checker *checker, const void *key)
{
    size_t slot = ((uintptr_t)key >> 4) * 0x9e3779b1u & (checker->marks_room - 1);

    while ( checker->marks[slot] && checker->marks[slot]->key != key )
        slot = (slot + 1) & (checker->marks_room - 1);
    return slot;
}

static void widen_marks(struct checker *checker)
{
    __typeof__(checker->marks) old = checker->marks;
    size_t room = checker->marks_room;

    checker->marks_room = room ? room * 2 : 256;
    checker->marks = arena_alloc(checker->arena,
                                 checker->marks_room * sizeof(*checker->marks));
    for ( size_t i = 0; i < room; i++ )
        if ( old[i] )
            checker->marks[slot_of(checker, old[i]->key)] = old[i];
}

struct mark *check_mark(struct checker *checker, const void *key)
{
    size_t slot;

    if ( checker->nr_marks + 1 > checker->marks_room / 4 * 3 )
        widen_marks(checker);
    slot = slot_of(checker, key);
    if ( !checker->marks[slot] )
    {
        checker->marks[slot] = arena_alloc(checker->arena, sizeof(**checker->marks));
        checker->marks[slot]->key = key;
        checker->nr_marks++;
    }
    return &checker->marks[slot]->mark;
}

/* ---- the walk ------------------------------------------------------------ */

static void collect_decl(struct checker *checker, const struct decl *decl);

static void add_use(struct checker *checker, const struct type *type, enum role role,
                    const char *name, const struct decl *decl)
{
    if ( type )
        *LIST_ADD(checker->arena, &checker->uses) =
            (struct use){ .type = type, .role = role, .name = name, .decl = decl };
}

static void collect_body(struct checker *checker, const struct aggregate *aggregate,
                         const struct decl *decl, const struct body *parent,
                         const struct member *as);

static void collect_member(struct checker *checker, const struct member *member,
                           const struct body *body)
{
    const struct type *type = member->type;
    struct use use = { .role = ROLE_MEMBER, .name = member->name, .decl = body->decl,
                       .member = member, .body = body };

    /* A name that joins the one before shares its type. */
    if ( !type || member->joins_previous )
        return;
    use.type = type;
    *LIST_ADD(checker->arena, &checker->uses) = use;
    use.type = member->stored_as;
    use.role = ROLE_STORED;
    if ( use.type )
        *LIST_ADD(checker->arena, &checker->uses) = use;
    while ( type->element )
        type = type->element;
    if ( type->kind == TYPE_AGGREGATE )
        collect_body(checker, type->aggregate, body->decl, body, member);
}

static void collect_body(struct checker *checker, const struct aggregate *aggregate,
                         const struct decl *decl, const struct body *parent,
                         const struct member *as)
{
    struct body *body;

    if ( !aggregate )
        return;
    body = arena_alloc(checker->arena, sizeof(*body));
    *body = (struct body){ aggregate, decl, parent, as };
    *LIST_ADD(checker->arena, &checker->bodies) = body;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
            collect_decl(checker, member->decl);
        else
            collect_member(checker, member, body);
    }
}

static void collect_parameters(struct checker *checker, const struct decl *decl,
                               const struct parameter_values *parameters)
{
    LIST_EACH(parameter, parameters)
        add_use(checker, parameter->type, ROLE_ARGUMENT, parameter->name, decl);
}

static void collect_set(struct checker *checker, const struct decl *decl)
{
    add_use(checker, decl->set->width, ROLE_WIDTH, decl->name, decl);
    LIST_EACH(constant, &decl->set->constants)
        add_use(checker, constant->type, ROLE_PART, constant->name, decl);
}

static void collect_decl(struct checker *checker, const struct decl *decl)
{
    static const enum role roles[NR_DECLS] = {
        [DECL_type] = ROLE_TYPE, [DECL_handle] = ROLE_HANDLE, [DECL_const] = ROLE_EXTERN,
    };

    *LIST_ADD(checker->arena, &checker->decls) = (struct decl *)decl;
    add_use(checker, decl->type, roles[decl->kind], decl->name, decl);
    if ( decl->set )
        collect_set(checker, decl);
    if ( decl->op )
    {
        collect_parameters(checker, decl, &decl->op->parameters);
        add_use(checker, decl->op->result, ROLE_CALL_RESULT, decl->name, decl);
        collect_body(checker, decl->op->aggregate, decl, NULL, NULL);
    }
    if ( decl->hypercall )
    {
        collect_parameters(checker, decl, &decl->hypercall->parameters);
        add_use(checker, decl->hypercall->result, ROLE_CALL_RESULT, decl->name, decl);
    }
    collect_body(checker, decl->aggregate, decl, NULL, NULL);
}

void collect_model(struct checker *checker)
{
    for ( size_t i = 0; i < checker->model->interfaces.count; i++ )
    {
        const struct interface *interface = checker->model->interfaces.at[i];

        for ( size_t j = 0; j < interface->decls.count; j++ )
            collect_decl(checker, interface->decls.at[j]);
    }
}

struct decl *check_type_named(const struct checker *checker, const char *name)
{
    struct decl *decl = map_find(&checker->model->types, name);

    if ( !decl && text_ends(name, "_t") )
        decl = map_find(&checker->model->types,
                        arena_copy(checker->arena, name, strlen(name) - 2));
    return decl;
}
