/* SPDX-License-Identifier: MIT */
/* The command line: tables in options.h, one loop here. */
#include <stdio.h>
#include <string.h>

#include "options.h"

#define VERSION "0.1"

static const struct {
    const char *name, *arguments, *text;
} commands[] = {
#define COMMAND(name, arguments, text) { #name, arguments, text },
    COMMANDS
#undef COMMAND
};

static const struct {
    const char *name, *argument, *text;
    size_t offset;
} options_table[] = {
#define OPTION(name, argument, text) { #name, argument, text, offsetof(struct options, name) },
    OPTIONS
#undef OPTION
};
#define NR_OPTIONS (sizeof(options_table) / sizeof(options_table[0]))

static void print_help(void)
{
    printf("usage: hcgen COMMAND [OPTION...] ARGUMENT...\n\n"
           "Hypercall interfaces: from descriptions to headers, stubs and checks.\n"
           "A folder stands for all descriptions (*.idl, *.idl.yaml) in it.\n\n");
    for ( size_t i = 0; i < NR_COMMANDS; i++ )
        printf("  %-7s %-15s %s\n", commands[i].name, commands[i].arguments,
               commands[i].text);
    printf("\n");
    for ( size_t i = 0; i < NR_OPTIONS; i++ )
    {
        char name[40];

        snprintf(name, sizeof(name), "--%s%s%s", options_table[i].name,
                 options_table[i].argument ? "=" : "",
                 options_table[i].argument ? options_table[i].argument : "");
        printf("  %-23s %s\n", name, options_table[i].text);
    }
    printf("\nExit status: 0 done, 1 something is wrong with the input, 2 with the\n"
           "command line, 3 with the program itself or the machine.\n");
}

static enum options_result wrong(const char *what, const char *word, const char *near)
{
    fprintf(stderr, "hcgen: %s '%s'", what, word);
    if ( near )
        fprintf(stderr, "; did you mean '%s'?", near);
    fprintf(stderr, "\nTry 'hcgen --help'.\n");
    return OPTIONS_WRONG;
}

static enum options_result unknown(struct arena *arena, const char *what, const char *word,
                                   bool is_option)
{
    const char *names[NR_OPTIONS + NR_COMMANDS];
    size_t count = 0;

    for ( size_t i = 0; i < NR_OPTIONS && is_option; i++ )
        names[count++] = arena_format(arena, "--%s", options_table[i].name);
    for ( size_t i = 0; i < NR_COMMANDS && !is_option; i++ )
        names[count++] = commands[i].name;
    return wrong(what, word, text_nearest(word, names, count));
}

/* --name, --name=value, --name value; *used tells how many words. */
static enum options_result read_option(struct arena *arena, char **argv, int *used,
                                       struct options *options)
{
    const char *word = argv[0] + 2;
    size_t length = strcspn(word, "=");
    const char *value = word[length] ? word + length + 1 : NULL;

    *used = 1;
    for ( size_t i = 0; i < NR_OPTIONS; i++ )
    {
        const char **member = (const char **)((char *)options + options_table[i].offset);

        if ( strlen(options_table[i].name) != length ||
             memcmp(options_table[i].name, word, length) )
            continue;
        if ( !options_table[i].argument )
        {
            if ( value )
                return wrong("no value goes with", argv[0], NULL);
            *member = "1";
            return OPTIONS_GO;
        }
        if ( !value )
        {
            value = argv[1];
            *used = 2;
        }
        if ( !value )
            return wrong("a value is missing behind", argv[0], NULL);
        *member = value;
        return OPTIONS_GO;
    }
    return unknown(arena, "no option", arena_copy(arena, argv[0], length + 2), true);
}

static bool is_one_of(const char *value, const char *a, const char *b, const char *c)
{
    return !value || !strcmp(value, a) || !strcmp(value, b) || (c && !strcmp(value, c));
}

/* "dump: ..." or "gen, dump: ..." in the table: how much of it is names of commands. */
static size_t commands_length(const char *text)
{
    size_t length = strcspn(text, " :,");

    while ( text[length] == ',' )
        length += 2 + strcspn(text + length + 2, " :,");
    return text[length] == ':' ? length : 0;
}

static bool is_named(const char *command, const char *list, size_t length)
{
    for ( size_t at = 0; at < length; at += strcspn(list + at, ",:") + 2 )
        if ( strcspn(list + at, ",:") == strlen(command) && text_starts(list + at, command) )
            return true;
    return false;
}

/* The option is for those commands alone. */
static enum options_result check_commands(struct arena *arena, const struct options *options)
{
    const char *command = commands[options->command].name;

    for ( size_t i = 0; i < NR_OPTIONS; i++ )
    {
        const char *const *member =
            (const char *const *)((const char *)options + options_table[i].offset);
        size_t length = commands_length(options_table[i].text);

        if ( !*member || !length || is_named(command, options_table[i].text, length) )
            continue;
        return wrong(arena_format(arena, "--%s is for %.*s, not for", options_table[i].name,
                                  (int)length, options_table[i].text), command, NULL);
    }
    if ( options->defs && (options->json || options->interface) )
        return wrong("--defs does not go with",
                     options->json ? "--json" : "--interface", NULL);
    return OPTIONS_GO;
}

static enum options_result check_values(const struct options *options)
{
    size_t least = options->command == COMMAND_diff ? 2 : 1;

    if ( !is_one_of(options->diagnostics, "text", "json", NULL) )
        return wrong("--diagnostics is text or json, not", options->diagnostics, NULL);
    if ( !is_one_of(options->colour, "auto", "always", "never") )
        return wrong("--colour is auto, always or never, not", options->colour, NULL);
    if ( options->command == COMMAND_lock && !options->check == !options->update )
        return wrong("say --check or --update behind", "lock", NULL);
    if ( options->arguments.count < least )
        return wrong("an argument is missing behind", commands[options->command].name, NULL);
    if ( options->command == COMMAND_explain && options->arguments.count > 1 )
        return wrong("one ID at a time, not also", options->arguments.at[1], NULL);
    if ( options->command == COMMAND_diff && options->arguments.count > 2 )
        return wrong("two are compared, not also", options->arguments.at[2], NULL);
    return OPTIONS_GO;
}

static enum options_result find_command(struct arena *arena, const char *word,
                                        struct options *options)
{
    for ( size_t i = 0; i < NR_COMMANDS; i++ )
    {
        if ( strcmp(commands[i].name, word) )
            continue;
        options->command = (enum command)i;
        return OPTIONS_GO;
    }
    return unknown(arena, "no command", word, false);
}

enum options_result options_read(struct arena *arena, int argc, char **argv,
                                 struct options *options)
{
    bool has_command = false, only_arguments = false;

    memset(options, 0, sizeof(*options));
    for ( int i = 1, used = 1; i < argc; i += used )
    {
        enum options_result result = OPTIONS_GO;

        used = 1;
        if ( !only_arguments && !strcmp(argv[i], "--") )
            only_arguments = true;
        else if ( !only_arguments && text_starts(argv[i], "--") )
            result = read_option(arena, argv + i, &used, options);
        else if ( !only_arguments && argv[i][0] == '-' && argv[i][1] )
            result = unknown(arena, "no option", argv[i], true);
        else if ( !has_command )
        {
            result = find_command(arena, argv[i], options);
            has_command = true;
        }
        else
            *LIST_ADD(arena, &options->arguments) = argv[i];
        if ( result != OPTIONS_GO )
            return result;
    }
    if ( options->help )
        print_help();
    else if ( options->version )
        printf("hcgen " VERSION "\n");
    if ( options->help || options->version )
        return OPTIONS_DONE;
    if ( !has_command )
        return wrong("a command is missing behind", "hcgen", NULL);
    if ( check_values(options) != OPTIONS_GO )
        return OPTIONS_WRONG;
    return check_commands(arena, options);
}
