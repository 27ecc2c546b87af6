/* SPDX-License-Identifier: MIT */
/* What the tests of codegen/front/yaml*.c share. */
#ifndef TESTS_UNIT_TEST_YAML_H
#define TESTS_UNIT_TEST_YAML_H

#include "unit.h"

#include "../../codegen/front/yaml.h"

/* One line for each message: its two ends, its id or kind, its text. */
static inline const char *messages_text(const struct diag *diag)
{
    struct text text = { .arena = diag->arena };

    LIST_EACH(message, &diag->messages)
    {
        const struct span *where = &message->where;

        text_format(&text, "%d:%d-%d:%d ", where->first.line,
                    where->first.column, where->last.line, where->last.column);
        if ( message->severity == SEVERITY_ERROR )
            text_format(&text, "[%s] ", check_id(message->check));
        else
            text_add(&text, message->severity == SEVERITY_NOTE ? "note: "
                                                               : "help: ");
        text_format(&text, "%s\n", message->text);
    }
    return text_string(&text);
}

struct mistake {
    const char *from, *to;      /* from NULL: to is the whole file */
    const char *messages;
};

/* The file with its one 'from' replaced by 'to'. */
static inline struct source *edited(struct arena *arena, const char *good,
                                    const struct mistake *mistake)
{
    struct text text = { .arena = arena };
    const char *at = mistake->from ? strstr(good, mistake->from) : good;

    assert_non_null(at);
    if ( mistake->from )
    {
        assert_null(strstr(at + 1, mistake->from));
        text_add_bytes(&text, good, (size_t)(at - good));
    }
    text_add(&text, mistake->to);
    if ( mistake->from )
        text_add(&text, at + strlen(mistake->from));
    return source_from_memory(arena, "t.yaml", text_string(&text),
                              text.length);
}

static inline void check_mistakes(struct arena *arena, const char *good,
                                  const struct mistake *mistakes, size_t count,
                                  bool is_flavour)
{
    for ( size_t i = 0; i < count; i++ )
    {
        struct diag diag = { .arena = arena };
        struct source *source = edited(arena, good, &mistakes[i]);

        if ( is_flavour )
            yaml_flavour(arena, &diag, source);
        else
            yaml_arch(arena, &diag, source);
        if ( strcmp(messages_text(&diag), mistakes[i].messages) )
            print_error("in: %s\n", mistakes[i].to);
        assert_string_equal(messages_text(&diag), mistakes[i].messages);
        assert_true(diag.errors > 0);
    }
}

#define CHECK_MISTAKES(good, mistakes, is_flavour)                          \
    check_mistakes(*state, good, mistakes,                                  \
                   sizeof(mistakes) / sizeof((mistakes)[0]), is_flavour)

static const char good_arch[] =
    "name:      x86_32\n"
    "family:    x86\n"
    "condition: defined(__i386__)\n"
    "endian:    little\n"
    "pages:     [12, 21]\n"
    "registers: 32\n"
    "wide-arguments: low-first\n"
    "pointers:  virtual\n"
    "provides:  [x86, x86_32]\n"
    "compat-of: x86_64\n"
    "types:\n"
    "  u8:          {size: 1, align: 1}\n"
    "  u16:         {size: 2, align: 2}\n"
    "  u32:         {size: 4, align: 4}\n"
    "  u64:         {size: 8, align: 4}\n"
    "  s8:          {size: 1, align: 1}\n"
    "  s16:         {size: 2, align: 2}\n"
    "  s32:         {size: 4, align: 4}\n"
    "  s64:         {size: 8, align: 4}\n"
    "  char:        {size: 1, align: 1}\n"
    "  uchar:       {size: 1, align: 1}\n"
    "  int:         {size: 4, align: 4}\n"
    "  uint:        {size: 4, align: 4}\n"
    "  long:        {size: 4, align: 4}\n"
    "  ulong:       {size: 4, align: 4}\n"
    "  u64_aligned: {size: 8, align: 8}\n"
    "  handle:      {size: 4, align: 4}\n"
    "  handle64:    {size: 8, align: 8}\n"
    "  xen_pfn_t:   ulong\n"
    "calls:\n"
    "  page:\n"
    "    style:     inline\n"
    "    enter:     call hypercall_page + 32 * $nr\n"
    "    arguments: [ebx, ecx, edx, esi, edi]\n"
    "    result:    eax\n"
    "    clobbers:  [memory]\n"
    "    rewrites:  arguments\n"
    "    max:       63\n"
    "  vmcall:\n"
    "    style:     inline\n"
    "    when:      defined(HC_VMCALL)\n"
    "    enter:     vmcall\n"
    "    number:    eax\n"
    "    arguments: [ebx, ecx, edx, esi, edi]\n"
    "    result:    eax\n"
    "    clobbers:  [cc]\n"
    "    max:       55\n"
    "  c:\n"
    "    style:     function\n"
    "    when:      defined(HC_C)\n"
    "    function:  hc_call\n"
    "    takes:     array\n"
    "    arguments: [r0, r1, r2, r3, r4]\n"
    "    clobbers:  [call]\n"
    "    max:       54\n";

#endif
