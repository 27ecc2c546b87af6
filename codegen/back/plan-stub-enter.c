/* SPDX-License-Identifier: MIT */
/*
 * hc.h: the way into the hypervisor, as the tables of a family's architectures
 * have it; and the assembly that some of them need.
 */
#include <string.h>

#include "plan-stub.h"

#define DOC_WIDTH 77

struct enter {
    struct back *back;
    struct arena *arena;
    struct defs *defs;
    struct arch_list arches;
};

static node_t list_node(struct enter *enter, struct node_list *list, const char *kind,
                        const char *text)
{
    node_t node = defs_node(enter->defs, kind);

    defs_text(enter->defs, node, "text", text);
    *LIST_ADD(enter->arena, list) = node;
    return node;
}

/* ---- one way in ------------------------------------------------------------------- */

static void plan_clobbers(struct enter *enter, node_t node, const struct call *call)
{
    struct node_list clobbers = { 0 };

    LIST_EACH(clobber, &call->clobbers)
        list_node(enter, &clobbers, "clobber", *clobber);
    defs_list(enter->defs, node, "clobbers", &clobbers);
}

static void plan_arguments(struct enter *enter, node_t node, const struct call *call)
{
    struct node_list arguments = { 0 };

    for ( size_t i = 0; i < call->arguments.count; i++ )
        defs_number(enter->defs,
                    list_node(enter, &arguments, "argument", call->arguments.at[i]),
                    "index", i + 1);
    defs_list(enter->defs, node, "arguments", &arguments);
    defs_number(enter->defs, node, "nr_arguments", call->arguments.count);
}

static void plan_doc(struct enter *enter, node_t node, const char *doc)
{
    struct text_list lines = spell_wrap(enter->arena, doc, DOC_WIDTH);
    struct node_list list = { 0 };

    LIST_EACH(line, &lines)
        list_node(enter, &list, "line", *line);
    defs_list(enter->defs, node, "doc", &list);
    defs_text(enter->defs, node, "doc_lines", lines.count > 1 ? "several" : "");
}

static node_t plan_call(struct enter *enter, const struct call *call)
{
    node_t node = defs_node(enter->defs, "call");

    plan_doc(enter, node, call->doc);
    defs_text(enter->defs, node, "enter", call->enter);
    defs_text(enter->defs, node, "number", call->number);
    defs_text(enter->defs, node, "result", call->result);
    defs_text(enter->defs, node, "function", call->function);
    defs_text(enter->defs, node, "when", call->when);
    plan_arguments(enter, node, call);
    plan_clobbers(enter, node, call);
    return node;
}

/* The default is last: what has a condition comes before. */
static void plan_calls(struct enter *enter, node_t node, const struct arch *arch)
{
    struct node_list calls = { 0 };

    for ( int is_default = false; is_default <= true; is_default++ )
        LIST_EACH(call, &arch->calls)
            if ( (call->when == NULL) == is_default )
            {
                node_t one = plan_call(enter, call);

                defs_text(enter->defs, one, "word",
                          calls.count == 0 ? "if" : is_default ? "else" : "elif");
                *LIST_ADD(enter->arena, &calls) = one;
            }
    defs_list(enter->defs, node, "calls", &calls);
    defs_text(enter->defs, node, "choice", calls.count > 1 ? "1" : "");
}

/* ---- a family ------------------------------------------------------------------------- */

static const struct call *default_call(const struct arch *arch)
{
    LIST_EACH(call, &arch->calls)
        if ( !call->when )
            return call;
    return &arch->calls.at[0];
}

/* inline, values, array: how HC_CALL0() and so on are made. */
static const char *shape(const struct call *call)
{
    return call->takes ? call->takes : call->style;
}

/* The macros are written once for the family, so all its calls have one shape. */
static bool has_one_shape(struct enter *enter)
{
    const struct call *first = default_call(enter->arches.at[0]);

    for ( size_t i = 0; i < enter->arches.count; i++ )
        LIST_EACH(call, &enter->arches.at[i]->calls)
            if ( strcmp(shape(call), shape(first)) ||
                 call->arguments.count != first->arguments.count )
            {
                diag_error(enter->back->diag, CHECK_yaml_value, call->where,
                           "'%s' takes its arguments in another way than '%s' in the "
                           "same family", call->name, first->name);
                return false;
            }
    return true;
}

/* HC_CALL0() to HC_CALL5(): each with the arguments it has, and those it has not. */
static void plan_macros(struct enter *enter, node_t root, const struct call *call)
{
    struct node_list macros = { 0 };

    for ( size_t count = 0; count <= call->arguments.count; count++ )
    {
        node_t node = defs_node(enter->defs, arena_format(enter->arena, "macro_%s",
                                                           shape(call)));
        struct node_list given = { 0 }, missing = { 0 };

        for ( size_t i = 0; i < call->arguments.count; i++ )
            defs_number(enter->defs,
                        list_node(enter, i < count ? &given : &missing, "argument", ""),
                        "index", i + 1);
        defs_number(enter->defs, node, "count", count);
        defs_number(enter->defs, node, "most", call->arguments.count);
        defs_text(enter->defs, node, "function", call->function);
        defs_list(enter->defs, node, "given", &given);
        defs_list(enter->defs, node, "missing", &missing);
        *LIST_ADD(enter->arena, &macros) = node;
    }
    defs_list(enter->defs, root, "macros", &macros);
    defs_number(enter->defs, root, "most", call->arguments.count);
}

static void plan_sections(struct enter *enter, node_t root)
{
    struct node_list sections = { 0 };

    for ( size_t i = 0; i < enter->arches.count; i++ )
    {
        const struct arch *arch = enter->arches.at[i];
        node_t node = defs_node(enter->defs, arena_format(enter->arena, "section_%s",
                                                           arch->calls.at[0].style));

        defs_text(enter->defs, node, "condition", arch->condition);
        defs_text(enter->defs, node, "pointers", arch->pointers);
        defs_text(enter->defs, node, "word", i ? "elif" : "if");
        plan_arguments(enter, node, default_call(arch));
        defs_text(enter->defs, node, "result", default_call(arch)->result);
        plan_calls(enter, node, arch);
        *LIST_ADD(enter->arena, &sections) = node;
    }
    defs_list(enter->defs, root, "sections", &sections);
    defs_text(enter->defs, root, "choice", sections.count > 1 ? "1" : "");
}

/* A function around an instruction is assembly: in the template of its architecture. */
static void plan_assembly(struct back *back, const struct arch *arch, const struct call *call)
{
    struct enter enter = { .back = back, .arena = back->arena };
    const char *path = arena_format(back->arena, "%s/guest/hc-%s.S", arch->family,
                                    call->name);
    const char *template = arena_format(back->arena, "hc-%s", arch->name);
    struct node_list calls = { 0 };
    node_t root;

    enter.defs = back_output(back, path, template, "assembly", &root);
    back->outputs.at[back->outputs.count - 1].cause = CAUSE_trap;
    defs_text(enter.defs, root, "source", arena_format(back->arena, "%s.yaml", arch->name));
    *LIST_ADD(back->arena, &calls) = plan_call(&enter, call);
    defs_list(enter.defs, root, "calls", &calls);
}

void stub_enter(struct back *back, const char *family)
{
    struct enter enter = { .back = back, .arena = back->arena,
                           .arches = stub_arches(back, family) };
    const char *path = arena_format(back->arena, "%s/guest/hc.h", family);
    const struct arch *first = enter.arches.at[0];
    node_t root;

    if ( !has_one_shape(&enter) )
        return;
    enter.defs = back_output(back, path, "hc", "enter", &root);
    plan_sections(&enter, root);
    plan_macros(&enter, root, default_call(first));
    for ( size_t i = 0; i < enter.arches.count; i++ )
        LIST_EACH(call, &enter.arches.at[i]->calls)
            if ( call->function && call->enter )
                plan_assembly(back, enter.arches.at[i], call);
}
