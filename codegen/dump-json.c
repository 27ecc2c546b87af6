/* SPDX-License-Identifier: MIT */
/* hcgen dump --json: all of the model.  Needs the dump-json-*.c files. */
#include "commands.h"
#include "dump-json.h"

/* ---- declarations ------------------------------------------------------------------- */

static const char *form_text(enum form form)
{
    static const char *const texts[] = {
        [FORM_FULL] = "full", [FORM_NO_HANDLE] = "no_handle", [FORM_TAG_ONLY] = "tag_only",
        [FORM_NO_TAG] = "no_tag", [FORM_TYPEDEF] = "typedef",
    };

    return texts[form];
}

static void put_hypercall(struct json *json, const struct hypercall *hypercall)
{
    json_number(json, "number", hypercall->number);
    json_text(json, "written", hypercall->number_text);
    json_parameters(json, &hypercall->parameters);
    json_type(json, "result", hypercall->result);
    json_text(json, "op_prefix", hypercall->op_prefix);
    json_text(json, "struct_prefix", hypercall->struct_prefix);
    json_clauses(json, &hypercall->clauses);
    if ( !hypercall->ops.count )
        return;
    json_open(json, "ops", '[');
    LIST_EACH(op, &hypercall->ops)
        json_text(json, NULL, (*op)->name);
    json_close(json, ']');
}

static void put_op(struct json *json, const struct op *op, bool has_number)
{
    if ( op->hypercall )
        json_text(json, "hypercall", op->hypercall->decl->name);
    if ( has_number )
    {
        json_number(json, "number", op->number);
        json_text(json, "written", op->number_text);
    }
    json_text(json, "structure", op->structure.text);
    json_parameters(json, &op->parameters);
    json_type(json, "result", op->result);
    json_text(json, "result_else", op->result_else.text);
    json_true(json, "owns_structure", op->owns_structure);
    if ( op->aggregate )
        json_aggregate(json, "body", op->aggregate);
    json_members(json, "refinements", &op->refinements);
    json_clauses(json, &op->clauses);
}

/* What only some kinds have. */
static void put_values(struct json *json, const struct decl *decl)
{
    json_type(json, "type", decl->type);
    json_names(json, "parameters", &decl->parameters);
    json_text(json, "text", decl->text);
    json_text(json, "target", decl->target.text);
    if ( decl->value_text )
    {
        json_signed(json, "value", decl->value, decl->is_negative);
        json_text(json, "written", decl->value_text);
    }
    json_text(json, "spelling", decl->spelling);
    json_true(json, "fallback", decl->is_fallback);
    if ( decl->set )
        json_set(json, decl->set);
    if ( decl->kind == DECL_struct || decl->kind == DECL_union )
        json_text(json, "form", form_text(decl->form));
    if ( decl->aggregate )
        json_aggregate(json, "body", decl->aggregate);
    if ( decl->hypercall )
        put_hypercall(json, decl->hypercall);
    if ( decl->op )
        put_op(json, decl->op, decl->kind == DECL_op);
}

void json_decl(struct json *json, const char *key, const struct decl *decl)
{
    json_open(json, key, '{');
    json_text(json, "kind", decl_kind_text(decl->kind));
    json_text(json, "name", decl->name);
    json_true(json, "removed", decl->is_removed);
    json_true(json, "deprecated", decl->is_deprecated);
    json_true(json, "extern", decl->is_extern);
    json_true(json, "legacy", decl->is_legacy);
    json_text(json, "reason", decl->reason);
    json_conditions(json, &decl->conditions);
    json_text(json, "doc", decl->doc);
    json_place(json, &decl->where);
    put_values(json, decl);
    json_close(json, '}');
}

/* ---- interfaces ------------------------------------------------------------------------ */

static void put_interface(struct json *json, const struct interface *interface)
{
    json_open(json, NULL, '{');
    json_text(json, "name", interface->name);
    json_text(json, "header", interface->header);
    json_text(json, "guard", interface->guard);
    json_text(json, "copyright", interface->copyright);
    json_conditions(json, &interface->conditions);
    json_text(json, "doc", interface->doc);
    json_place(json, &interface->where);
    json_names(json, "uses", &interface->uses);
    json_number(json, "uses_before_guard", interface->uses_before_guard);
    if ( interface->has_legacy )
    {
        json_open(json, "legacy", '{');
        json_number(json, "low", interface->legacy.low);
        json_number(json, "high", interface->legacy.high);
        json_text(json, "reason", interface->legacy_reason);
        json_close(json, '}');
    }
    json_open(json, "declarations", '[');
    LIST_EACH(decl, &interface->decls)
        json_decl(json, NULL, *decl);
    json_close(json, ']');
    json_close(json, '}');
}

void dump_json(const struct model *model, FILE *stream)
{
    struct json json = { .arena = model->arena, .stream = stream };

    json_open(&json, NULL, '{');
    json_open(&json, "interfaces", '[');
    LIST_EACH(interface, &model->interfaces)
        put_interface(&json, *interface);
    json_close(&json, ']');
    json_tables(&json, model);
    json_close(&json, '}');
    fputc('\n', stream);
}
