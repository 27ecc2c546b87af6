/* SPDX-License-Identifier: MIT */
/* Architectures and flavours as JSON.  Gives the last part of dump-json.h. */
#include "dump-json.h"

static void put_texts(struct json *json, const char *key, const struct text_list *texts)
{
    if ( !texts->count )
        return;
    json_open(json, key, '[');
    LIST_EACH(text, texts)
        json_text(json, NULL, *text);
    json_close(json, ']');
}

static void put_pairs(struct json *json, const char *key, const struct pair_list *pairs)
{
    if ( !pairs->count )
        return;
    json_open(json, key, '{');
    LIST_EACH(pair, pairs)
        json_text(json, pair->key, pair->value);
    json_close(json, '}');
}

static void put_extent(struct json *json, const char *key, struct extent extent)
{
    json_open(json, key, '{');
    json_number(json, "size", extent.size);
    json_number(json, "align", extent.align);
    json_close(json, '}');
}

static void put_call(struct json *json, const struct call *call)
{
    json_open(json, NULL, '{');
    json_text(json, "name", call->name);
    json_text(json, "doc", call->doc);
    json_text(json, "style", call->style);
    json_text(json, "enter", call->enter);
    json_text(json, "function", call->function);
    json_text(json, "takes", call->takes);
    json_text(json, "number", call->number);
    put_texts(json, "arguments", &call->arguments);
    json_text(json, "result", call->result);
    put_texts(json, "clobbers", &call->clobbers);
    json_text(json, "rewrites", call->rewrites);
    json_number(json, "max", call->max);
    json_text(json, "when", call->when);
    json_place(json, &call->where);
    json_close(json, '}');
}

static void put_types(struct json *json, const struct arch *arch)
{
    json_open(json, "types", '{');
    for ( int base = 0; base < NR_BASE_TYPES; base++ )
        put_extent(json, base_type_name((enum base_type)base),
                   arch_base(arch, (enum base_type)base));
    put_extent(json, "handle", arch->handle);
    put_extent(json, "handle64", arch->handle64);
    json_close(json, '}');
}

static void put_arch(struct json *json, const struct arch *arch)
{
    json_open(json, NULL, '{');
    json_text(json, "name", arch->name);
    json_text(json, "family", arch->family);
    json_text(json, "condition", arch->condition);
    json_text(json, "endian", arch->endian);
    json_number(json, "registers", arch->registers);
    json_text(json, "wide_arguments", arch->wide_arguments);
    json_text(json, "pointers", arch->pointers);
    json_open(json, "pages", '[');
    LIST_EACH(page, &arch->pages)
        json_number(json, NULL, *page);
    json_close(json, ']');
    put_texts(json, "provides", &arch->provides);
    json_text(json, "compat_of", arch->compat_of);
    put_types(json, arch);
    put_pairs(json, "aliases", &arch->aliases);
    json_place(json, &arch->where);
    json_open(json, "calls", '[');
    LIST_EACH(call, &arch->calls)
        put_call(json, call);
    json_close(json, ']');
    json_close(json, '}');
}

static void put_variants(struct json *json, const struct variant_list *variants)
{
    if ( !variants->count )
        return;
    json_open(json, "changes", '[');
    LIST_EACH(variant, variants)
    {
        json_open(json, NULL, '{');
        json_text(json, "interface", variant->interface);
        put_texts(json, "includes", &variant->includes);
        put_texts(json, "omit", &variant->omit);
        put_texts(json, "restore", &variant->restore);
        put_pairs(json, "rename", &variant->rename);
        put_pairs(json, "retype", &variant->retype);
        json_place(json, &variant->where);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_flavour(struct json *json, const struct flavour *flavour)
{
    json_open(json, NULL, '{');
    json_text(json, "name", flavour->name);
    json_text(json, "since", version_text(json->arena, flavour->since));
    json_text(json, "until", version_text(json->arena, flavour->until));
    json_true(json, "resolve_versions", flavour->resolve_versions);
    json_true(json, "reference", flavour->is_reference);
    json_text(json, "path", flavour->path);
    json_text(json, "licence", flavour->licence);
    json_text(json, "closing", flavour->closing);
    json_true(json, "tabs", flavour->has_tabs);
    json_text(json, "include_path", flavour->include_path);
    put_pairs(json, "spelling", &flavour->spelling);
    put_pairs(json, "views", &flavour->views);
    put_texts(json, "markers", &flavour->markers);
    put_texts(json, "families", &flavour->families);
    put_texts(json, "interfaces", &flavour->interfaces);
    put_variants(json, &flavour->variants);
    json_place(json, &flavour->where);
    json_close(json, '}');
}

void json_tables(struct json *json, const struct model *model)
{
    json_open(json, "architectures", '[');
    LIST_EACH(arch, &model->arches)
        put_arch(json, *arch);
    json_close(json, ']');
    json_open(json, "flavours", '[');
    LIST_EACH(flavour, &model->flavours)
        put_flavour(json, *flavour);
    json_close(json, ']');
}
