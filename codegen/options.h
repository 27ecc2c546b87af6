/* SPDX-License-Identifier: MIT */
/* The command line, understood. */
#ifndef CODEGEN_OPTIONS_H
#define CODEGEN_OPTIONS_H

#include "base/diag.h"

/* COMMAND(name, arguments, what it does): in the order of --help. */
#define COMMANDS \
    COMMAND(check,   "PATH...", "read the descriptions and say what is wrong")               \
    COMMAND(gen,     "PATH...", "the same, then write all generated files")                  \
    COMMAND(dump,    "PATH...", "print the model: as text, --json, or --defs for templates") \
    COMMAND(convert, "PATH...", "from one notation to the other: *.idl, *.idl.yaml")          \
    COMMAND(layout,  "NAME [PATH...]", "show the layout of a structure, an op or bits")       \
    COMMAND(explain, "ID", "explain a diagnostic")                                           \
    COMMAND(diff,    "OLD NEW", "show what differs: ops, rules, layouts, generated files")   \
    COMMAND(lock,    "PATH...", "compare with the published ABI (--check), or add to it (--update)")

enum command {
#define COMMAND(name, arguments, text) COMMAND_##name,
    COMMANDS
#undef COMMAND
    NR_COMMANDS
};

/* OPTION(name, letter of the member, argument, what it does) */
#define OPTIONS \
    OPTION(tables,      "DIR",    "architectures and flavours are DIR/arch and DIR/flavour")  \
    OPTION(templates,   "DIR",    "the m4 templates")                                         \
    OPTION(style,       "FILE",   "the style file of clang-format")                           \
    OPTION(output,      "DIR",    "gen, convert: where files go (generated; what is printed)") \
    OPTION(lock,        "FILE",   "lock: the published ABI (idl/abi.lock)")                   \
    OPTION(abi,         "NAME",   "layout: of this architecture only")                        \
    OPTION(diagnostics, "FORMAT", "text or json")                                             \
    OPTION(colour,      "WHEN",   "auto, always or never")                                    \
    OPTION(interface,   "NAME",   "dump: of this interface only")                             \
    OPTION(json,        NULL,     "dump: the model as JSON")                                  \
    OPTION(defs,        NULL,     "dump: the definitions that the templates see")             \
    OPTION(causes,      "DIR",    "gen: write the causes of each line there, not the files")  \
    OPTION(check,       NULL,     "lock: compare only")                                       \
    OPTION(update,      NULL,     "lock: add what is new")                                    \
    OPTION(help,        NULL,     "this text")                                                \
    OPTION(version,     NULL,     "the version")

struct options {
    enum command command;
    struct { const char **at; size_t count, room; } arguments;
#define OPTION(name, argument, text) const char *name;
    OPTIONS
#undef OPTION
};

enum options_result { OPTIONS_GO, OPTIONS_DONE, OPTIONS_WRONG };

/*
 * OPTIONS_GO: there is something to do.  OPTIONS_DONE: --help or --version
 * was asked for and printed.  OPTIONS_WRONG: a line on stderr says what.
 */
enum options_result options_read(struct arena *arena, int argc, char **argv,
                                 struct options *options);

#endif
