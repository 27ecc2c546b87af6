/* SPDX-License-Identifier: MIT */
/* Models for the tests of codegen/model: see model.h. */
#include "model.h"

#include "../../codegen/base/file.h"
#include "../../codegen/front/yaml.h"

/* Where pointers have 64 bits, and where they have 32. */
static const char wide[] =
    "  u8: {size: 1, align: 1}\n  s8: {size: 1, align: 1}\n"
    "  char: {size: 1, align: 1}\n  uchar: {size: 1, align: 1}\n"
    "  u16: {size: 2, align: 2}\n  s16: {size: 2, align: 2}\n"
    "  u32: {size: 4, align: 4}\n  s32: {size: 4, align: 4}\n"
    "  int: {size: 4, align: 4}\n  uint: {size: 4, align: 4}\n"
    "  u64: {size: 8, align: 8}\n  s64: {size: 8, align: 8}\n"
    "  u64_aligned: {size: 8, align: 8}\n"
    "  long: {size: 8, align: 8}\n  ulong: {size: 8, align: 8}\n"
    "  handle: {size: 8, align: 8}\n  handle64: {size: 8, align: 8}\n";
static const char narrow[] =
    "  u8: {size: 1, align: 1}\n  s8: {size: 1, align: 1}\n"
    "  char: {size: 1, align: 1}\n  uchar: {size: 1, align: 1}\n"
    "  u16: {size: 2, align: 2}\n  s16: {size: 2, align: 2}\n"
    "  u32: {size: 4, align: 4}\n  s32: {size: 4, align: 4}\n"
    "  int: {size: 4, align: 4}\n  uint: {size: 4, align: 4}\n"
    "  u64: {size: 8, align: 4}\n  s64: {size: 8, align: 4}\n"
    "  u64_aligned: {size: 8, align: 8}\n"
    "  long: {size: 4, align: 4}\n  ulong: {size: 4, align: 4}\n"
    "  handle: {size: 4, align: 4}\n  handle64: {size: 8, align: 8}\n";

void assert_text_at(const char *actual, const char *expected, const char *file, int line)
{
    if ( !strcmp(actual, expected) )
        return;
    printf("---- expected\n%s---- is\n%s----\n", expected, actual);
    fflush(stdout);
    _fail(file, line);
}

static void add_arch(struct model *model, const char *name, const char *provides,
                     unsigned int bits, const char *types)
{
    const char *text = arena_format(model->arena,
        "name: %s\nfamily: test\ncondition: 1\nendian: little\npages: [12]\n"
        "registers: %u\npointers: virtual\nprovides: [%s]\n%s"
        "types:\n%s  frame_t: ulong\n"
        "calls:\n  page:\n    style: inline\n    enter: trap\n    number: r0\n"
        "    arguments: [r1, r2, r3, r4, r5]\n    result: r0\n"
        "    clobbers: [memory]\n    rewrites: arguments\n    max: 63\n",
        name, bits, provides, bits == 32 ? "wide-arguments: low-first\n" : "", types);
    const char *path = arena_format(model->arena, "%s.yaml", name);
    struct source *source = source_from_memory(model->arena, path, text, strlen(text));

    *LIST_ADD(model->arena, &model->arches) = yaml_arch(model->arena, model->diag, source);
}

static struct model *new_model(struct arena *arena)
{
    struct model *model = arena_alloc(arena, sizeof(*model));

    model->arena = arena;
    model->diag = arena_alloc(arena, sizeof(*model->diag));
    model->diag->arena = arena;
    model->types.arena = model->macros.arena = arena;
    model->handles.arena = model->rights.arena = arena;
    return model;
}

struct model *model_read(struct arena *arena, const char *path, const char *text)
{
    struct model *model = new_model(arena);
    struct source *source = source_from_memory(arena, path, text, strlen(text));

    add_arch(model, "wide", "wide", 64, wide);
    add_arch(model, "small", "small", 32, narrow);
    build_interface(model, parse_description(arena, model->diag, source));
    if ( !model->diag->errors )
        resolve_model(model);
    assert_messages(model, "");
    return model;
}

struct model *model_read_folder(struct arena *arena, const char *folder)
{
    struct model *model = new_model(arena);
    struct path_list files = { 0 }, arches = { 0 };
    const char *why;

    assert_null(file_list(arena, folder, ".idl", &files));
    assert_null(file_list(arena, arena_format(arena, "%s/arch", folder), ".yaml", &arches));
    LIST_EACH(path, &arches)
        *LIST_ADD(arena, &model->arches) =
            yaml_arch(arena, model->diag, source_read(arena, *path, &why));
    LIST_EACH(path, &files)
        build_interface(model, parse_description(arena, model->diag,
                                                 source_read(arena, *path, &why)));
    if ( !model->diag->errors )
        resolve_model(model);
    assert_messages(model, "");
    return model;
}

const struct arch *model_arch(const struct model *model, const char *name)
{
    LIST_EACH(arch, &model->arches)
        if ( !strcmp((*arch)->name, name) )
            return *arch;
    fail_msg("no architecture '%s'", name);
    return NULL;
}

const struct layout *model_layout(struct model *model, const char *arch,
                                  const char *type, uint32_t version)
{
    struct view view = view_latest(model_arch(model, arch));
    struct type named = { .kind = TYPE_NAMED, .name.decl = map_find(&model->types, type) };

    assert_non_null(named.name.decl);
    return layout_of(layouts_at(layouts_new(model, &view), version), &named);
}

const char *model_messages(const struct model *model)
{
    static const char *const severities[] = { "error", "warning", "note", "help" };
    struct text text = { .arena = model->arena };

    LIST_EACH(message, &model->diag->messages)
    {
        if ( message->where.source )
            text_format(&text, "%s:%d:%d: ", message->where.source->path,
                        message->where.first.line, message->where.first.column);
        text_format(&text, "%s: %s", severities[message->severity], message->text);
        if ( message->severity <= SEVERITY_WARNING )
            text_format(&text, " [%s]", check_id(message->check));
        text_add(&text, "\n");
    }
    return text_string(&text);
}

void model_forget_messages(struct model *model)
{
    model->diag->messages.count = 0;
    model->diag->errors = model->diag->warnings = 0;
}
