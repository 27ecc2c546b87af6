/* SPDX-License-Identifier: MIT */
/* [cycle]: no type contains itself.  (Files that use each other: resolve.c.) */
#include "checks.h"

/* How a declaration came to be looked at. */
struct step { const struct decl *decl; struct span where; const struct step *before; };

static void visit(struct checker *checker, const struct decl *decl, struct span where,
                  const struct step *before);

static void visit_type(struct checker *checker, const struct type *type,
                       const struct step *step);

static void visit_members(struct checker *checker, const struct aggregate *aggregate,
                          const struct step *step)
{
    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
        if ( member->type && !member->joins_previous )
            visit_type(checker, member->type, step);
}

/* What is behind a pointer is not inside. */
static void visit_type(struct checker *checker, const struct type *type,
                       const struct step *step)
{
    for ( ; type && type->kind != TYPE_HANDLE && type->kind != TYPE_POINTER;
          type = type->element )
    {
        if ( type->kind == TYPE_NAMED && type->name.decl )
            visit(checker, type->name.decl, type->where, step);
        else if ( type->kind == TYPE_AGGREGATE )
            visit_members(checker, type->aggregate, step);
    }
}

static void say_cycle(struct checker *checker, const struct decl *decl, struct span where,
                      const struct step *last)
{
    check_error(checker, where, "'%s' contains itself", decl->name ? decl->name : "this");
    for ( const struct step *step = last; step && step->decl != decl; step = step->before )
        check_note(checker, step->where, "by way of '%s', which stands here",
                   step->decl->name);
}

static void visit(struct checker *checker, const struct decl *decl, struct span where,
                  const struct step *before)
{
    struct mark *mark = check_mark(checker, decl);
    struct step step = { decl, where, before };

    if ( mark->cycle == CYCLE_OPEN )
        say_cycle(checker, decl, where, before);
    if ( mark->cycle != CYCLE_UNKNOWN )
        return;
    mark->cycle = CYCLE_OPEN;
    if ( decl->type )
        visit_type(checker, decl->type, &step);
    if ( decl->set )
    {
        visit_type(checker, decl->set->width, &step);
        LIST_EACH(constant, &decl->set->constants)
            visit_type(checker, constant->type, &step);
    }
    visit_members(checker, decl->kind == DECL_op ? decl->op->aggregate : decl->aggregate,
                  &step);
    mark->cycle = CYCLE_DONE;
}

void check_type_cycles(struct checker *checker)
{
    for ( size_t i = 0; i < checker->decls.count; i++ )
        visit(checker, checker->decls.at[i], checker->decls.at[i]->where, NULL);
}
