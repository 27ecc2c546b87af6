/* SPDX-License-Identifier: MIT */
/*
 * codegen/front/yaml.c, yaml-value.c, yaml-arch.c and yaml-flavour.c: every
 * kind of mistake in keys and values, its message and its place.
 */
#include "test-yaml.h"

static const char good_flavour[] =
    "name:      xen-4.17\n"
    "version:   since 3.2.10\n"
    "path:      xen-4.17/include/public\n"
    "licence:   \"SPDX-License-Identifier: MIT\"\n"
    "closing:   emacs\n"
    "views:\n"
    "  tools: defined(__XEN_TOOLS__)\n"
    "markers: [virq]\n"
    "families: [x86]\n"
    "interfaces: [xen, physdev]\n"
    "spelling:\n"
    "  version:        __XEN_INTERFACE_VERSION__\n"
    "  typedef-name:   \"$T_t\"\n"
    "  handle:         \"XEN_GUEST_HANDLE($T)\"\n"
    "  handle64:       \"XEN_GUEST_HANDLE_64($T)\"\n"
    "  const-handle:   \"const_$T\"\n"
    "  define-handle:  \"DEFINE_XEN_GUEST_HANDLE($T);\"\n"
    "  define-handle2: \"__DEFINE_XEN_GUEST_HANDLE($N, $T);\"\n"
    "  flexible:       XEN_FLEX_ARRAY_DIM\n"
    "  hypercall:      __HYPERVISOR_\n"
    "  function:       \"HYPERVISOR_$T()\"\n"
    "  bit:            \"(1u << $n)\"\n"
    "  bit64:          \"(1ull << $n)\"\n"
    "  status:         \"($n)\"\n"
    "  wide:           \"WIDE($v)\"\n"
    "  field:          \"($vu << $n)\"\n"
    "  field64:        \"($vull << $n)\"\n";

/* The files themselves are right: else every row would be wrong for two reasons. */
static void good_files_are_good(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source;

    source = source_from_memory(*state, "t.yaml", good_arch, strlen(good_arch));
    assert_non_null(yaml_arch(*state, &diag, source));
    assert_string_equal(messages_text(&diag), "");
    source = source_from_memory(*state, "t.yaml", good_flavour,
                                strlen(good_flavour));
    assert_non_null(yaml_flavour(*state, &diag, source));
    assert_string_equal(messages_text(&diag), "");
    assert_int_equal(diag.errors, 0);
}

static void keys(void **state)
{
    static const struct mistake mistakes[] = {
        { NULL, "hello\n",
          "1:1-1:6 [yaml-type] the architecture must be a map of keys, not a "
          "text\n" },
        { NULL, "- x\n",
          "1:1-1:4 [yaml-type] the architecture must be a map of keys, not a "
          "list\n" },
        { NULL, "--- 5\n",
          "1:5-1:6 [yaml-type] the architecture must be a map of keys, not a "
          "number\n" },
        { NULL, "---\n",
          "2:1-2:1 [yaml-type] the architecture must be a map of keys, not "
          "nothing\n" },
        { "endian:    little\n", "endian:    little\nendian:    big\n",
          "5:1-5:7 [yaml-duplicate] 'endian' is there twice\n"
          "4:1-4:7 note: the first is here\n" },
        /* What was meant is not missing as well. */
        { "endian:", "endain:",
          "4:1-4:7 [yaml-key] the architecture has no key 'endain'\n"
          "4:1-4:7 help: did you mean 'endian'?\n" },
        { "endian:", "ENDIAN:",
          "4:1-4:7 [yaml-key] the architecture has no key 'ENDIAN'\n"
          "4:1-4:7 help: did you mean 'endian'?\n" },
        { "endian:    little\n", "",
          "1:1-1:5 [yaml-missing] the architecture needs 'endian'\n" },
        { "endian:    little\npages:     [12, 21]\n", "",
          "1:1-1:5 [yaml-missing] the architecture needs 'endian' and "
          "'pages'\n" },
        { "endian:    little\n", "endian:    little\n<<: {a: b}\n",
          "5:1-5:3 [yaml-key] the architecture has no key '<<'\n"
          "5:1-5:3 help: its keys are name, family, condition, endian, pages, "
          "registers, wide-arguments, pointers, provides, compat-of, types and "
          "calls\n" },
        { "u64:         {size: 8, align: 4}", "u64: {size: 8, aling: 4}",
          "15:18-15:23 [yaml-key] the extent has no key 'aling'\n"
          "15:18-15:23 help: did you mean 'align'?\n" },
        { "u64:         {size: 8, align: 4}", "u64: {size: 8}",
          "15:3-15:6 [yaml-missing] the extent needs 'align'\n" },
        { "  u64:         {", "  u46:         {",
          "15:3-15:6 [yaml-key] 'types' has no key 'u46'\n"
          "15:3-15:6 help: did you mean 'u64'?\n" },
        { "  s32:         {size: 4, align: 4}\n", "",
          "11:1-11:6 [yaml-missing] 'types' needs 's32'\n" },
        { "    rewrites:", "    rewrite:",
          "37:5-37:12 [yaml-key] the call has no key 'rewrite'\n"
          "37:5-37:12 help: did you mean 'rewrites'?\n" },
        { "    max:       63\n", "",
          "31:3-31:7 [yaml-missing] the call needs 'max'\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void types(void **state)
{
    static const struct mistake mistakes[] = {
        { "little", "",
          "4:8-4:8 [yaml-type] 'endian' must be a text, not nothing\n" },
        { "little", "~",
          "4:12-4:13 [yaml-type] 'endian' must be a text, not nothing\n" },
        { "little", "[little]",
          "4:12-4:20 [yaml-type] 'endian' must be a text, not a list\n" },
        { "little", "{little: 1}",
          "4:12-4:23 [yaml-type] 'endian' must be a text, not a map\n" },
        { "[12, 21]", "12",
          "5:12-5:14 [yaml-type] 'pages' must be a list of numbers, not a "
          "number\n"
          "5:12-5:14 help: a list of one is [12]\n" },
        { "[12, 21]", "{a: 12}",
          "5:12-5:19 [yaml-type] 'pages' must be a list of numbers, not a "
          "map\n" },
        { "[12, 21]", "[12, x]",
          "5:17-5:18 [yaml-type] an element of 'pages' must be a number, not a "
          "text\n" },
        { "[12, 21]", "[\"12\"]",
          "5:13-5:17 [yaml-type] an element of 'pages' must be a number, not a "
          "text\n" },
        { "[12, 21]", "[[12]]",
          "5:13-5:17 [yaml-type] an element of 'pages' must be a number, not a "
          "list\n" },
        { "registers: 32", "registers: wide",
          "6:12-6:16 [yaml-type] 'registers' must be a number, not a text\n" },
        { "[x86, x86_32]", "x86",
          "9:12-9:15 [yaml-type] 'provides' must be a list of texts, not a "
          "text\n"
          "9:12-9:15 help: a list of one is [x86]\n" },
        { "[x86, x86_32]", "[x86, [x86_32]]",
          "9:18-9:26 [yaml-type] an element of 'provides' must be a text, not "
          "a list\n" },
        { "  u8:          {size: 1, align: 1}", "  u8: 1",
          "12:7-12:8 [yaml-type] 'u8' must be {size: BYTES, align: BYTES}, not "
          "a number\n" },
        { "{size: 8, align: 4}\n  s8:", "{size: 8, align: [4]}\n  s8:",
          "15:33-15:36 [yaml-type] 'align' must be a number, not a list\n" },
        { NULL, "types: [u8]\n",
          "1:8-1:12 [yaml-type] 'types' must be a map, not a list\n"
          "1:1-1:6 [yaml-missing] the architecture needs 'name', 'family', "
          "'condition', 'endian', 'pages', 'registers', 'pointers', "
          "'provides' and 'calls'\n" },
        { NULL, "calls: {pv: x}\n",
          "1:13-1:14 [yaml-type] 'pv' must be a map, not a text\n"
          "1:1-1:6 [yaml-missing] the architecture needs 'name', 'family', "
          "'condition', 'endian', 'pages', 'registers', 'pointers', "
          "'provides' and 'types'\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void values(void **state)
{
    static const struct mistake mistakes[] = {
        { "little", "litle",
          "4:12-4:17 [yaml-value] 'endian' must be little or big, not 'litle'\n"
          "4:12-4:17 help: did you mean 'little'?\n" },
        { "name:      x86_32", "name: ../x",
          "1:7-1:11 [yaml-value] 'name' must be a name of letters, digits, "
          "'_', '-' and '.', not '../x'\n" },
        { "name:      x86_32", "name: \"\"",
          "1:7-1:9 [yaml-value] 'name' must be a name of letters, digits, '_', "
          "'-' and '.'\n" },
        { "defined(__i386__)", "\"a\\nb\"",
          "3:12-3:18 [yaml-value] 'condition' must be one line without control "
          "characters\n" },
        { "defined(__i386__)", "\"a\\0b\"",
          "3:12-3:18 [yaml-value] 'condition' must be one line without control "
          "characters\n" },
        { "defined(__i386__)", "\"\\x85\"",
          "3:12-3:18 [yaml-value] 'condition' must be one line without control "
          "characters\n" },
        { "defined(__i386__)", "|\n  a\n  b",
          "3:12-6:1 [yaml-value] 'condition' must be one line without control "
          "characters\n" },
        { "defined(__i386__)", "$x",
          "3:12-3:14 [yaml-value] nothing is put in the place of '$x' in "
          "'condition'\n" },
        { "[12, 21]", "[]",
          "5:12-5:14 [yaml-value] 'pages' must not be empty\n" },
        { "[12, 21]", "[9, 10, 30, 31]",
          "5:13-5:14 [yaml-value] 'pages' must be from 10 to 30, not 9\n"
          "5:24-5:26 [yaml-value] 'pages' must be from 10 to 30, not 31\n" },
        { "[12, 21]", "[12, 14, 0xc]",
          "5:21-5:24 [yaml-value] 'pages' holds 12 twice\n"
          "5:13-5:15 note: the first is here\n" },
        { "[12, 21]", "[012]",
          "5:13-5:16 [yaml-value] 'pages' must be written without a zero in "
          "front\n" },
        { "[12, 21]", "[4294967308, 18446744073709551628, -12]",
          "5:13-5:23 [yaml-value] 'pages' must be from 10 to 30, not "
          "4294967308\n"
          "5:25-5:45 [yaml-value] 'pages' must be from 10 to 30, not "
          "18446744073709551628\n"
          "5:47-5:50 [yaml-value] 'pages' must be from 10 to 30, not -12\n" },
        { "registers: 32", "registers: 31",
          "6:12-6:14 [yaml-value] 'registers' must be 32 or 64, not '31'\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void provided_and_sized(void **state)
{
    static const struct mistake mistakes[] = {
        { "[x86, x86_32]", "[x86, x86_32, x86]",
          "9:26-9:29 [yaml-value] 'provides' holds x86 twice\n"
          "9:13-9:16 note: the first is here\n" },
        { "[x86, x86_32]", "[x86, x86-32]",
          "9:18-9:24 [yaml-value] 'provides' must be a word of letters, digits "
          "and '_', not 'x86-32'\n" },
        { "{size: 2, align: 2}\n  u32", "{size: 4, align: 2}\n  u32",
          "13:23-13:24 [yaml-value] 'size' must be 2, not 4\n" },
        { "{size: 4, align: 4}\n  ulong", "{size: 5, align: 4}\n  ulong",
          "24:23-24:24 [yaml-value] 'size' of 'long' must be a power of two, "
          "not 5\n" },
        { "{size: 8, align: 4}\n  s8", "{size: 8, align: 3}\n  s8",
          "15:33-15:34 [yaml-value] 'align' of 'u64' must be a power of two, "
          "not 3\n" },
        { "{size: 8, align: 4}\n  s8", "{size: 8, align: 16}\n  s8",
          "15:33-15:35 [yaml-value] 'align' must be from 1 to 8, not 16\n" },
        { "xen_pfn_t:   ulong", "xen_pfn_t: ulnog",
          "29:14-29:19 [yaml-value] 'xen_pfn_t' must be u8, u16, u32, u64, s8, "
          "s16, s32, s64, char, uchar, int, uint, long, ulong or u64_aligned, "
          "not 'ulnog'\n"
          "29:14-29:19 help: did you mean 'ulong'?\n" },
        { "xen_pfn_t:   ulong", "xen-pfn: ulong",
          "29:3-29:10 [yaml-key] 'types' has no key 'xen-pfn'\n"
          "29:3-29:10 help: its keys are u8, u16, u32, u64, s8, s16, s32, s64, "
          "char, uchar, int, uint, long, ulong, u64_aligned, handle and "
          "handle64\n" },
        { "compat-of: x86_64", "compat-of: x86_32",
          "10:12-10:18 [yaml-value] 'compat-of' names the architecture "
          "itself\n" },
        { "wide-arguments: low-first\n", "",
          "1:12-1:18 [yaml-missing] the architecture needs 'wide-arguments': "
          "64 bits take two of its registers\n" },
        { "registers: 32", "registers: 64",
          "1:12-1:18 [yaml-value] 'wide-arguments' says nothing where a "
          "register holds 64 bits\n" },
        { "pointers:  virtual", "pointers: xencomm",
          "1:12-1:18 [yaml-value] pointers that are 'xencomm' have 64 bits, in "
          "registers and in structures\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void calls(void **state)
{
    static const struct mistake mistakes[] = {
        { "[r0, r1, r2, r3, r4]", "[r0, r1, r2, r3, r4, r5]",
          "53:37-53:39 [yaml-value] 'arguments' holds 6, and 5 is the most\n" },
        { "[r0, r1, r2, r3, r4]", "[r0, r1, r0]",
          "53:25-53:27 [yaml-value] 'arguments' holds r0 twice\n"
          "53:17-53:19 note: the first is here\n" },
        { "[memory]", "[memory, ecx]",
          "36:25-36:28 [yaml-value] ecx is an argument or the result, and no "
          "clobber\n" },
        { "[memory]", "[eax, memory]",
          "36:17-36:20 [yaml-value] eax is an argument or the result, and no "
          "clobber\n" },
        { "number:    eax", "number: ecx",
          "39:3-39:9 [yaml-value] 'vmcall' has the number in an argument's "
          "register\n"
          "39:3-39:9 [yaml-value] 'vmcall' has number and result in two "
          "registers\n" },
        { "max:       63", "max: 128",
          "38:10-38:13 [yaml-value] 'max' must be from 0 to 127, not 128\n" },
        { "32 * $nr", "32 * $number",
          "33:16-33:50 [yaml-value] nothing is put in the place of '$number' "
          "in 'enter'\n"
          "33:16-33:50 help: there is $nr\n" },
        { "32 * $nr", "32",
          "31:3-31:7 [yaml-value] 'page' does not say where the number goes: "
          "$nr in 'enter', or a register as 'number'\n" },
        { "    enter:     vmcall", "    enter:     vmcall $nr",
          "39:3-39:9 [yaml-value] 'vmcall' has the number twice: in 'enter' "
          "and in 'number'\n" },
        { "    enter:     vmcall\n", "",
          "39:3-39:9 [yaml-value] 'vmcall' is inline, but 'enter' is missing\n"
          "39:3-39:9 [yaml-value] 'vmcall' has a 'number', but no 'enter' to "
          "use it\n"
          "39:3-39:9 [yaml-value] 'vmcall' has a 'result', but no 'enter' to "
          "leave it\n" },
        { "    number:    eax\n    arguments: [ebx, ecx, edx, esi, edi]\n"
          "    result:    eax\n",
          "    number: eax\n    arguments: [ebx]\n",
          "39:3-39:9 [yaml-value] 'vmcall' has an 'enter', but 'result' is "
          "missing\n" },
        { "number:    eax", "number: ebp",
          "39:3-39:9 [yaml-value] 'vmcall' has number and result in two "
          "registers\n" },
        { "    function:  hc_call\n", "",
          "48:3-48:4 [yaml-value] 'c' is a function, but 'function' is "
          "missing\n" },
        { "    takes:     array\n", "",
          "48:3-48:4 [yaml-value] 'c' is a function, but 'takes' is missing\n" },
        { "    enter:     vmcall\n",
          "    enter: vmcall\n    function: f\n    takes: values\n",
          "39:3-39:9 [yaml-value] 'vmcall' is inline, but has a 'function'\n"
          "39:3-39:9 [yaml-value] 'vmcall' is inline, but has 'takes'\n" },
        { "    when:      defined(HC_C)\n", "",
          "48:3-48:4 [yaml-value] 'c' needs a 'when': one call only can do "
          "without\n"
          "31:3-31:7 note: this one does already\n" },
        { "  page:\n    style:     inline\n",
          "  page:\n    style: inline\n    when: 0\n",
          "30:1-30:6 [yaml-value] one of the 'calls' must do without 'when': "
          "it is the default\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void flavours(void **state)
{
    static const struct mistake mistakes[] = {
        { "since 3.2.10", "from 3",
          "2:12-2:18 [yaml-value] 'version' must be 'since VERSION', 'up to "
          "VERSION' or 'latest', not 'from 3'\n" },
        { "since 3.2.10", "since 3.256",
          "2:12-2:23 [yaml-value] 'version' must be 'since VERSION', 'up to "
          "VERSION' or 'latest', not 'since 3.256'\n" },
        { "since 3.2.10", "since 3.2.1.0",
          "2:12-2:25 [yaml-value] 'version' must be 'since VERSION', 'up to "
          "VERSION' or 'latest', not 'since 3.2.1.0'\n" },
        { "since 3.2.10", "since 3.",
          "2:12-2:20 [yaml-value] 'version' must be 'since VERSION', 'up to "
          "VERSION' or 'latest', not 'since 3.'\n" },
        { "emacs", "vim",
          "5:12-5:15 [yaml-value] 'closing' must be none or emacs, not 'vim'\n" },
        { "xen-4.17/include/public", "/etc",
          "3:12-3:16 [yaml-value] 'path' must be a path of names with '/' "
          "between them, below a folder, not '/etc'\n" },
        { "xen-4.17/include/public", "a/../../b",
          "3:12-3:21 [yaml-value] 'path' must be a path of names with '/' "
          "between them, below a folder, not 'a/../../b'\n" },
        { "  flexible:  ", "  flexibel:  ",
          "19:3-19:11 [yaml-key] 'spelling' has no key 'flexibel'\n"
          "19:3-19:11 help: did you mean 'flexible'?\n" },
        { "  hypercall:      __HYPERVISOR_\n", "",
          "11:1-11:9 [yaml-missing] 'spelling' needs 'hypercall'\n" },
        { "  version:        __XEN_INTERFACE_VERSION__\n", "",
          "1:12-1:20 [yaml-missing] the flavour needs 'version' in 'spelling': it "
          "keeps #ifs on it\n" },
        { "closing:", "reference: yes\nclosing:",
          "5:12-5:15 [yaml-value] 'reference' must be true or false, not 'yes'\n" },
        { "closing:", "indent: spaces\nclosing:",
          "5:9-5:15 [yaml-value] 'indent' must be blanks or tab, not "
          "'spaces'\n" },
        { "closing:", "include-path: /xen\nclosing:",
          "5:15-5:19 [yaml-value] 'include-path' must be a path of names with '/' "
          "between them, below a folder, not '/xen'\n" },
    };

    CHECK_MISTAKES(good_flavour, mistakes, true);
}

static void changes_and_spelling(void **state)
{
    static const struct mistake mistakes[] = {
        { "closing:", "changes: [xen]\nclosing:",
          "5:10-5:15 [yaml-type] 'changes' must be a map, not a list\n" },
        { "closing:", "changes: {xen: [a]}\nclosing:",
          "5:16-5:19 [yaml-type] 'xen' must be a map, not a list\n" },
        { "closing:", "changes: {xen: {ommit: [a]}}\nclosing:",
          "5:17-5:22 [yaml-key] an interface of 'changes' has no key 'ommit'\n"
          "5:17-5:22 help: did you mean 'omit'?\n" },
        { "closing:", "changes: {xen: {omit: a}}\nclosing:",
          "5:23-5:24 [yaml-type] 'omit' must be a list of texts, not a text\n"
          "5:23-5:24 help: a list of one is [a]\n" },
        { "closing:", "changes: {xen: {omit: [a, a]}}\nclosing:",
          "5:27-5:28 [yaml-value] 'omit' holds a twice\n"
          "5:24-5:25 note: the first is here\n" },
        { "closing:", "changes: {xen: {rename: {a.b: 0}}}\nclosing:",
          "5:31-5:32 [yaml-value] 'a.b' must be a word of letters, digits and "
          "'_', not '0'\n" },
        { "\"(1u << $n)\"", "\"(1u << $v)\"",
          "22:19-22:31 [yaml-value] nothing is put in the place of '$v)' in "
          "'bit'\n"
          "22:19-22:31 help: there is $n\n" },
        { "HANDLE_64($T)", "HANDLE_64($N)",
          "15:19-15:44 [yaml-value] nothing is put in the place of '$N)' in "
          "'handle64'\n"
          "15:19-15:44 help: there is $T\n" },
        { "defined(__XEN_TOOLS__)", "[a]",
          "7:10-7:13 [yaml-type] 'tools' must be a text, not a list\n" },
        { "\n  tools: defined(__XEN_TOOLS__)", " none",
          "6:8-6:12 [yaml-type] 'views' must be a map, not a text\n" },
        { "[xen, physdev]", "[]",
          "10:13-10:15 [yaml-value] 'interfaces' must not be empty\n" },
    };

    CHECK_MISTAKES(good_flavour, mistakes, true);
}

static void one_run_says_all(void **state)
{
    static const char text[] =
        "name: x/y\n"
        "endain: little\n"
        "pages: 12\n"
        "pages: [12]\n"
        "registers: *r\n"
        "types: {u8: {size: 2}}\n";
    struct diag diag = { .arena = *state };

    assert_non_null(yaml_arch(*state, &diag,
                              source_from_memory(*state, "t.yaml", text,
                                                 sizeof(text) - 1)));
    assert_string_equal(messages_text(&diag),
        "4:1-4:6 [yaml-duplicate] 'pages' is there twice\n"
        "3:1-3:6 note: the first is here\n"
        "5:12-5:14 [yaml-syntax] no aliases ('*') here: every value is written "
        "out\n"
        "1:7-1:10 [yaml-value] 'name' must be a name of letters, digits, '_', "
        "'-' and '.', not 'x/y'\n"
        "2:1-2:7 [yaml-key] the architecture has no key 'endain'\n"
        "2:1-2:7 help: did you mean 'endian'?\n"
        "3:8-3:10 [yaml-type] 'pages' must be a list of numbers, not a number\n"
        "3:8-3:10 help: a list of one is [12]\n"
        "6:20-6:21 [yaml-value] 'size' must be 1, not 2\n"
        "6:9-6:11 [yaml-missing] the extent needs 'align'\n"
        "6:1-6:6 [yaml-missing] 'types' needs 'u16', 'u32', 'u64', 's8', "
        "'s16', 's32', 's64', 'char', 'uchar', 'int', 'uint', 'long', 'ulong', "
        "'u64_aligned', 'handle' and 'handle64'\n"
        "1:1-1:5 [yaml-missing] the architecture needs 'family', 'condition', "
        "'pointers', 'provides' and 'calls'\n");
}

/* Only the collector limits how many are kept; all of them are counted. */
static void errors_are_counted(void **state)
{
    struct text text = { .arena = *state };
    struct diag diag = { .arena = *state };

    for ( int i = 0; i < 100; i++ )
        text_format(&text, "q%d: x\n", i);
    yaml_flavour(*state, &diag,
                 source_from_memory(*state, "t.yaml", text_string(&text),
                                    text.length));
    assert_int_equal(diag.errors, 101);
    assert_true(diag_is_full(&diag));
}

/* The same file is no flavour, and no architecture the other way round. */
static void the_other_kind(void **state)
{
    struct diag diag = { .arena = *state };

    yaml_flavour(*state, &diag,
                 source_from_memory(*state, "t.yaml", good_arch,
                                    strlen(good_arch)));
    assert_int_equal(diag.errors, 12);
    diag = (struct diag){ .arena = *state };
    yaml_arch(*state, &diag,
              source_from_memory(*state, "t.yaml", good_flavour,
                                 strlen(good_flavour)));
    assert_int_equal(diag.errors, 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(good_files_are_good),
        TEST(keys),
        TEST(types),
        TEST(values),
        TEST(provided_and_sized),
        TEST(calls),
        TEST(flavours),
        TEST(changes_and_spelling),
        TEST(one_run_says_all),
        TEST(errors_are_counted),
        TEST(the_other_kind),
    };

    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
