/* SPDX-License-Identifier: MIT */
/*
 * The tables in idl/arch and idl/flavour: every value of every file is where
 * it belongs.  Run it from the top of the tree.  What is expected is written
 * down here once more, from the conventions, not made from the files.
 */
#include "test-yaml.h"

/* ---- everything that is in a table, as text --------------------------------- */

static void add_text(struct text *text, const char *key, const char *value)
{
    if ( value )
        text_format(text, "%s %s\n", key, value);
}

static void add_list(struct text *text, const char *key,
                     const struct text_list *list)
{
    text_add(text, key);
    LIST_EACH(item, list)
        text_format(text, " %s", *item);
    text_add(text, "\n");
}

static void add_pairs(struct text *text, const char *key,
                      const struct pair_list *list)
{
    LIST_EACH(pair, list)
        text_format(text, "%s %s: %s\n", key, pair->key, pair->value);
}

static void add_call(struct text *text, const struct call *call)
{
    text_format(text, "call %s: %s, up to %u\n", call->name, call->style,
                call->max);
    add_text(text, "when", call->when);
    add_text(text, "enter", call->enter);
    add_text(text, "number", call->number);
    add_text(text, "function", call->function);
    add_text(text, "takes", call->takes);
    add_list(text, "arguments", &call->arguments);
    add_text(text, "result", call->result);
    add_list(text, "clobbers", &call->clobbers);
    add_text(text, "rewrites", call->rewrites);
    assert_non_null(call->doc);
}

static const char *arch_text(struct arena *arena, const struct arch *arch)
{
    struct text text = { .arena = arena };

    text_format(&text, "%s of %s if %s, %s-endian, %u-bit registers\n",
                arch->name, arch->family, arch->condition, arch->endian,
                arch->registers);
    text_add(&text, "pages");
    LIST_EACH(page, &arch->pages)
        text_format(&text, " %u", *page);
    text_add(&text, "\n");
    add_text(&text, "wide", arch->wide_arguments);
    add_text(&text, "pointers", arch->pointers);
    add_list(&text, "provides", &arch->provides);
    add_text(&text, "compat of", arch->compat_of);
    add_pairs(&text, "alias", &arch->aliases);
    LIST_EACH(call, &arch->calls)
        add_call(&text, call);
    return text_string(&text);
}

static const char *types_text(struct arena *arena, const struct arch *arch)
{
    static const char *const names[] = {
#define BASE(name, c_name, kind, bits, legacy) #name,
#include "../../codegen/model/base-types.def"
#undef BASE
    };
    struct text text = { .arena = arena };

    for ( int base = 0; base < NR_BASE_TYPES; base++ )
    {
        struct extent extent = arch_base(arch, (enum base_type)base);

        text_format(&text, "%s %u/%u ", names[base], extent.size,
                    extent.align);
    }
    text_format(&text, "handle %u/%u handle64 %u/%u", arch->handle.size,
                arch->handle.align, arch->handle64.size, arch->handle64.align);
    return text_string(&text);
}

static struct source *source_of(struct arena *arena, const char *path)
{
    const char *why = NULL;
    struct source *source = source_read(arena, path, &why);

    if ( !source )
        fail_msg("%s: %s", path, why);
    return source;
}

static void check_arch(struct arena *arena, const char *path, const char *types,
                       const char *expected)
{
    struct diag diag = { .arena = arena };
    const struct arch *arch = yaml_arch(arena, &diag, source_of(arena, path));

    assert_string_equal(messages_text(&diag), "");
    assert_non_null(arch);
    assert_string_equal(types_text(arena, arch), types);
    assert_string_equal(arch_text(arena, arch), expected);
}

/* ---- what it has to be --------------------------------------------------------- */

#define FIXED_TYPES(wide) \
    "u8 1/1 u16 2/2 u32 4/4 u64 8/" wide " s8 1/1 s16 2/2 s32 4/4 s64 8/" wide \
    " char 1/1 uchar 1/1 int 4/4 uint 4/4 "
#define LP64 FIXED_TYPES("8") "long 8/8 ulong 8/8 u64_aligned 8/8 void 0/1 " \
    "handle 8/8 handle64 8/8"
#define ILP32 FIXED_TYPES("4") "long 4/4 ulong 4/4 u64_aligned 8/8 void 0/1 " \
    "handle 4/4 handle64 8/8"

static void x86_64(void **state)
{
    check_arch(*state, "idl/arch/x86_64.yaml", LP64,
        "x86_64 of x86 if defined(__x86_64__), little-endian, 64-bit registers\n"
        "pages 12\n"
        "pointers virtual\n"
        "provides x86 x86_64 pv_upcall_mask pv_guest_entry\n"
        "alias xen_pfn_t: ulong\n"
        "alias xen_ulong_t: ulong\n"
        "call page: inline, up to 63\n"
        "enter call hypercall_page + 32 * $nr\n"
        "arguments rdi rsi rdx r10 r8\n"
        "result rax\n"
        "clobbers rcx r11 cc memory\n"
        "rewrites arguments\n"
        "call vmmcall: inline, up to 63\n"
        "when defined(HC_VMMCALL)\n"
        "enter vmmcall\n"
        "number rax\n"
        "arguments rdi rsi rdx r10 r8\n"
        "result rax\n"
        "clobbers cc memory\n"
        "rewrites arguments\n"
        "call vmcall: inline, up to 63\n"
        "when defined(HC_VMCALL)\n"
        "enter vmcall\n"
        "number rax\n"
        "arguments rdi rsi rdx r10 r8\n"
        "result rax\n"
        "clobbers cc memory\n"
        "rewrites arguments\n");
}

static void x86_32(void **state)
{
    check_arch(*state, "idl/arch/x86_32.yaml", ILP32,
        "x86_32 of x86 if defined(__i386__), little-endian, 32-bit registers\n"
        "pages 12\n"
        "wide low-first\n"
        "pointers virtual\n"
        "provides x86 x86_32 pv_upcall_mask pv_guest_entry\n"
        "compat of x86_64\n"
        "alias xen_pfn_t: ulong\n"
        "alias xen_ulong_t: ulong\n"
        "call page: inline, up to 63\n"
        "enter call hypercall_page + 32 * $nr\n"
        "arguments ebx ecx edx esi edi\n"
        "result eax\n"
        "clobbers cc memory\n"
        "rewrites arguments\n"
        "call vmmcall: inline, up to 63\n"
        "when defined(HC_VMMCALL)\n"
        "enter vmmcall\n"
        "number eax\n"
        "arguments ebx ecx edx esi edi\n"
        "result eax\n"
        "clobbers cc memory\n"
        "rewrites arguments\n"
        "call vmcall: inline, up to 63\n"
        "when defined(HC_VMCALL)\n"
        "enter vmcall\n"
        "number eax\n"
        "arguments ebx ecx edx esi edi\n"
        "result eax\n"
        "clobbers cc memory\n"
        "rewrites arguments\n");
}

static void ia64(void **state)
{
    check_arch(*state, "idl/arch/ia64.yaml", LP64,
        "ia64 of ia64 if defined(__ia64__), little-endian, 64-bit registers\n"
        "pages 12 14 16\n"
        "pointers xencomm\n"
        "provides ia64 pv_upcall_mask pv_guest_entry\n"
        "alias xen_pfn_t: ulong\n"
        "alias xen_ulong_t: ulong\n"
        "call break: function, up to 63\n"
        "enter break.m 0x1000\n"
        "number r2\n"
        "function hc_ia64_enter\n"
        "takes values\n"
        "arguments r32 r33 r34 r35 r36\n"
        "result r8\n"
        "clobbers call\n"
        "rewrites arguments\n");
}

static void host(void **state)
{
    check_arch(*state, "idl/arch/host.yaml", LP64,
        "host of host if 1, little-endian, 64-bit registers\n"
        "pages 12\n"
        "pointers virtual\n"
        "provides x86 x86_64 pv_upcall_mask pv_guest_entry\n"
        "alias xen_pfn_t: ulong\n"
        "alias xen_ulong_t: ulong\n"
        "call function: function, up to 63\n"
        "function hc_host_call\n"
        "takes array\n"
        "arguments reg0 reg1 reg2 reg3 reg4\n"
        "clobbers memory\n"
        "rewrites arguments\n");
}

static void host_ia64(void **state)
{
    check_arch(*state, "idl/arch/host_ia64.yaml", LP64,
        "host_ia64 of host-ia64 if 1, little-endian, 64-bit registers\n"
        "pages 12 14 16\n"
        "pointers xencomm\n"
        "provides ia64 pv_upcall_mask pv_guest_entry\n"
        "alias xen_pfn_t: ulong\n"
        "alias xen_ulong_t: ulong\n"
        "call function: function, up to 63\n"
        "function hc_host_call\n"
        "takes array\n"
        "arguments reg0 reg1 reg2 reg3 reg4\n"
        "clobbers memory\n"
        "rewrites arguments\n");
}

static void xen_4_17(void **state)
{
    struct diag diag = { .arena = *state };
    struct text text = { .arena = *state };
    const struct flavour *flavour =
        yaml_flavour(*state, &diag,
                     source_of(*state, "idl/flavour/xen-4.17.yaml"));

    assert_string_equal(messages_text(&diag), "");
    text_format(&text, "%s %x %x %d %d\n", flavour->name, flavour->since,
                flavour->until, flavour->resolve_versions, flavour->is_reference);
    add_text(&text, "path", flavour->path);
    add_text(&text, "licence", flavour->licence);
    add_text(&text, "closing", flavour->closing);
    add_pairs(&text, "spell", &flavour->spelling);
    add_pairs(&text, "view", &flavour->views);
    add_list(&text, "markers", &flavour->markers);
    add_list(&text, "families", &flavour->families);
    add_list(&text, "interfaces", &flavour->interfaces);
    assert_string_equal(text_string(&text),
        "xen-4.17 0 ffffffff 0 1\n"
        "path xen-4.17/include/public\n"
        "licence SPDX-License-Identifier: MIT\n"
        "closing emacs\n"
        "spell version: __XEN_INTERFACE_VERSION__\n"
        "spell typedef-name: $T_t\n"
        "spell handle: XEN_GUEST_HANDLE($T)\n"
        "spell handle64: XEN_GUEST_HANDLE_64($T)\n"
        "spell const-handle: const_$T\n"
        "spell define-handle: DEFINE_XEN_GUEST_HANDLE($T);\n"
        "spell define-handle2: __DEFINE_XEN_GUEST_HANDLE($N, $T);\n"
        "spell flexible: XEN_FLEX_ARRAY_DIM\n"
        "spell hypercall: __HYPERVISOR_\n"
        "spell function: HYPERVISOR_$T()\n"
        "spell bit: (1u << $n)\n"
        "spell bit64: (xen_mk_ullong(1) << $n)\n"
        "spell status: ($n)\n"
        "spell wide: xen_mk_ullong($v)\n"
        "spell field: ($vu << $n)\n"
        "spell field64: (xen_mk_ullong($v) << $n)\n"
        "view tools: defined(__XEN__) || defined(__XEN_TOOLS__)\n"
        "view hypervisor: defined(__XEN__)\n"
        "view assembly: defined(__ASSEMBLY__)\n"
        "view c: !defined(__ASSEMBLY__)\n"
        "view pv_upcall_mask: defined(XEN_HAVE_PV_UPCALL_MASK)\n"
        "view pv_guest_entry: defined(XEN_HAVE_PV_GUEST_ENTRY)\n"
        "view x86_32: defined(__i386__)\n"
        "view ia64: defined(__ia64__)\n"
        "markers hypercall_num virq mmuext_cmd uvm_flags grant_table_op "
        "grant_status phys_map_space\n"
        "families x86 ia64\n"
        "interfaces xen physdev grant_table memory pmt dom0vp\n");
}

/* ---- places, versions, questions --------------------------------------------- */

/* Whoever checks names against other files can say where they stand. */
static void places(void **state)
{
    struct diag diag = { .arena = *state };
    const struct arch *arch =
        yaml_arch(*state, &diag,
                  source_from_memory(*state, "t.yaml", good_arch,
                                     strlen(good_arch)));

    assert_int_equal(arch->where.first.line, 1);
    assert_int_equal(arch->where.first.column, 12);
    assert_int_equal(arch->compat_of_where.first.line, 10);
    assert_int_equal(arch->compat_of_where.first.column, 12);
    assert_int_equal(arch->compat_of_where.last.column, 18);
    assert_int_equal(arch->provides.where[1].first.line, 9);
    assert_int_equal(arch->provides.where[1].first.column, 18);
    assert_int_equal(arch->aliases.at[0].where.first.column, 3);
    assert_int_equal(arch->aliases.at[0].value_where.first.column, 16);
    assert_int_equal(arch->calls.at[1].where.first.line, 39);
    assert_string_equal(arch->where.source->path, "t.yaml");
}

static void versions(void **state)
{
    static const struct {
        const char *text;
        uint32_t since, until;
        bool resolve;
    } rows[] = {
        { "since 0", 0, UINT32_MAX, false },
        { "since 4.17", 0x00041100, UINT32_MAX, false },
        { "since 3.2.10", 0x0003020a, UINT32_MAX, false },
        { "up to 4.1", 0, 0x00040100, false },
        { "latest", 0, UINT32_MAX, true },
    };

    for ( size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
    {
        struct diag diag = { .arena = *state };
        const char *text = arena_format(*state, "version: %s\n", rows[i].text);
        const struct flavour *flavour =
            yaml_flavour(*state, &diag,
                         source_from_memory(*state, "t.yaml", text,
                                            strlen(text)));

        assert_int_equal(flavour->since, rows[i].since);
        assert_int_equal(flavour->until, rows[i].until);
        assert_int_equal(flavour->resolve_versions, rows[i].resolve);
    }
}

static void questions(void **state)
{
    struct diag diag = { .arena = *state };
    const struct arch *arch =
        yaml_arch(*state, &diag,
                  source_from_memory(*state, "t.yaml", good_arch,
                                     strlen(good_arch)));

    assert_string_equal(pair_value(&arch->aliases, "xen_pfn_t"), "ulong");
    assert_null(pair_value(&arch->aliases, "ulong"));
    assert_null(pair_value(&arch->aliases, ""));
    assert_true(arch_provides(arch, "x86"));
    assert_true(arch_provides(arch, "x86_32"));
    assert_false(arch_provides(arch, "x86_64"));
    assert_int_equal(arch_base(arch, BASE_u64).size, 8);
    assert_int_equal(arch_base(arch, BASE_u64).align, 4);
    assert_int_equal(arch_base(arch, BASE_long).size, 4);
}

/* What one table says of another: each mistake once, then none. */
static const char *names_text(struct arena *arena, const char *arch_name,
                              const char *compat_of, const char *flavour_name,
                              const char *families, const char *more)
{
    struct diag diag = { .arena = arena };
    struct model model = { .arena = arena, .diag = &diag };
    struct text other = { .arena = arena };
    struct text arch = { .arena = arena }, flavour = { .arena = arena };
    struct source *source;

    text_format(&arch, "name: %s\nfamily: x86\ncompat-of: %s\n", arch_name,
                compat_of);
    text_format(&flavour, "name: %s\nfamilies: %s\n%s", flavour_name, families, more ? more : "");
    source = source_of(arena, "idl/arch/x86_64.yaml");
    *LIST_ADD(arena, &model.arches) = yaml_arch(arena, &diag, source);
    source = source_from_memory(arena, "a.yaml", arch.at, arch.length);
    *LIST_ADD(arena, &model.arches) = yaml_arch(arena, &diag, source);
    text_format(&other, "name: g\nfamilies: [x86]\nreference: %s\n", more ? "true" : "false");
    source = source_from_memory(arena, "g.yaml", other.at, other.length);
    *LIST_ADD(arena, &model.flavours) = yaml_flavour(arena, &diag, source);
    source = source_from_memory(arena, "f.yaml", flavour.at, flavour.length);
    *LIST_ADD(arena, &model.flavours) = yaml_flavour(arena, &diag, source);
    /* What else an architecture needs is not there, and not what is tested. */
    diag = (struct diag){ .arena = arena };
    arch_check_names(&model);
    return messages_text(&diag);
}

static void names(void **state)
{
    assert_string_equal(names_text(*state, "a", "x86_64", "f", "[x86]", ""), "");
    assert_string_equal(names_text(*state, "a", "x86_46", "f", "[x86]", ""),
        "3:12-3:18 [unknown-name] no architecture is called 'x86_46'\n"
        "3:12-3:18 help: did you mean 'x86_64'?\n");
    assert_string_equal(names_text(*state, "x86_64", "x86_64", "f", "[x86]", ""),
        "1:7-1:13 [duplicate] two architectures are called 'x86_64'\n"
        "5:12-5:18 note: the first is here\n");
    assert_string_equal(names_text(*state, "a", "x86_64", "g", "[x86]", ""),
        "1:7-1:8 [duplicate] two flavours are called 'g'\n"
        "1:7-1:8 note: the first is here\n");
    assert_string_equal(names_text(*state, "a", "x86_64", "f", "[x86, x68]", ""),
        "2:17-2:20 [unknown-name] no architecture is of the family 'x68'\n"
        "2:17-2:20 help: did you mean 'x86'?\n");
    assert_string_equal(names_text(*state, "a", "x86_64", "f", "[x86]", "reference: true\n"),
        "1:7-1:8 [duplicate] two flavours say 'reference: true'\n"
        "1:7-1:8 note: this one does already\n");
    assert_string_equal(names_text(*state, "a", "x86_64", "f", "[x86]", NULL),
        "1:7-1:8 [yaml-missing] no flavour says 'reference: true'\n"
        "1:7-1:8 help: stubs and assertions are made for one flavour\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(x86_64),
        TEST(x86_32),
        TEST(ia64),
        TEST(host),
        TEST(host_ia64),
        TEST(xen_4_17),
        TEST(places),
        TEST(versions),
        TEST(questions),
        TEST(names),
    };

    return cmocka_run_group_tests_name("yaml-tables", tests, NULL, NULL);
}
