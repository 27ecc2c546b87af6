/* SPDX-License-Identifier: MIT */
/*
 * Reads what "hcgen layout" prints: where each field lies and which way it
 * goes. Needs harness.h.
 */
#include <stdlib.h>

#include "harness.h"

/* Those of the hypervisor, and those of the guest. */
static struct layout layout_sets[2][128];
static struct layout *layouts = layout_sets[0];
static unsigned int set_sizes[2], nr_layouts;

static void fatal(const char *what, const char *which)
{
    fprintf(stderr, "dispatch: %s: %s\n", what, which);
    exit(2);
}

static const struct layout *find(unsigned int set, const char *hypercall, const char *op)
{
    struct layout *l;

    for ( l = layout_sets[set]; l < layout_sets[set] + set_sizes[set]; l++ )
        if ( !strcmp(l->hypercall, hypercall) && !strcmp(l->op, op) )
            return l;
    return NULL;
}

const struct layout *model_find(const char *hypercall, const char *op)
{
    return find(1, hypercall, op);
}

const struct layout *model_find_native(const char *hypercall, const char *op)
{
    return find(0, hypercall, op);
}

const struct field *layout_field(const struct layout *l, const char *path)
{
    unsigned int i;

    for ( i = 0; l && i < l->fields; i++ )
        if ( !strcmp(l->field[i].path, path) )
            return &l->field[i];
    fatal("no such field", path);
    return NULL;
}

static void trim(char *text)
{
    size_t length = strlen(text);

    while ( length && strchr(" \n", text[length - 1]) )
        text[--length] = 0;
}

static const struct layout *find_structure(const char *tag)
{
    unsigned int i;

    for ( i = 0; i < nr_layouts; i++ )
        if ( !strcmp(layouts[i].tag, tag) )
            return &layouts[i];
    return NULL;
}

/* A member whose structure is declared elsewhere: its fields, below it. */
static void add_members(struct layout *l, unsigned int at)
{
    const struct field outer = l->field[at];
    const struct layout *inner = find_structure(outer.type + strlen("struct "));
    unsigned int i;

    if ( !inner )
        return;
    l->field[at].leaf = false;
    for ( i = 0; i < inner->fields; i++ )
    {
        struct field *f = &l->field[l->fields++];

        *f = inner->field[i];
        snprintf(f->path, sizeof(f->path), "%.30s.%.40s", outer.path, inner->field[i].path);
        f->offset += outer.offset;
        f->in = f->in && outer.in;
        f->out = f->out && outer.out;
    }
}

/* The columns of the heading say where a line's parts are. */
struct columns { size_t name, type, direction; };

static void read_field(struct layout *l, const char *line, const struct columns *columns,
                       char names[8][40])
{
    struct field *f = &l->field[l->fields];
    char name[40], direction[20] = "";
    size_t depth, i;

    if ( strlen(line) < columns->name || strstr(line, "(padding)") || strstr(line, "(all,") )
    {
        if ( strstr(line, "(all,") )
            sscanf(line, " %u", &l->size);
        return;
    }
    memset(f, 0, sizeof(*f));
    for ( i = columns->name; line[i] == ' '; i++ )
        ;
    depth = (i - columns->name) / 2;
    if ( sscanf(line, " %u %u %39s", &f->offset, &f->size, name) != 3 || depth >= 8 )
        return;
    snprintf(f->type, sizeof(f->type), "%.*s", (int)(columns->direction - columns->type),
             line + columns->type);
    trim(f->type);
    if ( strlen(line) > columns->direction )
        sscanf(line + columns->direction, "%19s", direction);
    strcpy(names[depth], name);
    for ( i = 0; i <= depth; i++ )
        snprintf(f->path + strlen(f->path), sizeof(f->path) - strlen(f->path), "%s%s",
                 i ? "." : "", names[i]);
    f->in = !strcmp(direction, "in") || !strcmp(direction, "inout");
    f->out = !strcmp(direction, "out") || !strcmp(direction, "inout");
    f->leaf = true;
    f->handle = strstr(f->type, "handle<") || strstr(f->type, "handle64<");
    for ( i = 0; i < l->fields; i++ )       /* what has members is no leaf */
        if ( !strncmp(l->field[i].path, f->path, strlen(l->field[i].path)) &&
             f->path[strlen(l->field[i].path)] == '.' )
            l->field[i].leaf = false;
    l->fields++;
}

static void finish(struct layout *l)
{
    unsigned int i, n = l->fields;

    for ( i = 0; i < n; i++ )
        if ( l->field[i].leaf && !strncmp(l->field[i].type, "struct ", 7) )
            add_members(l, i);
}

/* Structures stand before the ops that have members of their type. */
void model_read(const char *file, bool native)
{
    FILE *from = fopen(file, "r");
    struct columns columns = { 0, 0, 0 };
    char line[400], names[8][40], kind[8], name[48];
    struct layout *l = NULL;

    layouts = layout_sets[!native];
    nr_layouts = 0;
    if ( !from )
        fatal("cannot read", file);
    while ( fgets(line, sizeof(line), from) )
    {
        char hypercall[48];
        unsigned int number;

        if ( sscanf(line, "%7s %47[^: ]:", kind, name) == 2 && line[0] != ' ' )
        {
            if ( l )
                finish(l);
            if ( nr_layouts == 128 )
                fatal("too many layouts in", file);
            l = &layouts[nr_layouts++];
            memset(l, 0, sizeof(*l));
            memset(&columns, 0, sizeof(columns));
            snprintf(l->op, sizeof(l->op), "%.39s", name);
            snprintf(l->tag, sizeof(l->tag), "%.47s", name);
            l->strict = strstr(line, ", strict") != NULL;
        }
        else if ( l && sscanf(line, " %*[A-Za-z0-9_] = %u of %47[a-z0-9_]", &number,
                              hypercall) == 2 )
        {
            l->number = number;
            hypercall[strlen(hypercall) - strlen("_op")] = 0;
            snprintf(l->hypercall, sizeof(l->hypercall), "%.23s", hypercall);
            if ( strstr(line, ", struct ") )
                sscanf(strstr(line, ", struct "), ", struct %47s", l->tag);
        }
        else if ( l && strstr(line, "direction") && strstr(line, "offset") )
        {
            columns.name = (size_t)(strstr(line, "name") - line);
            columns.type = (size_t)(strstr(line, "type") - line);
            columns.direction = (size_t)(strstr(line, "direction") - line);
        }
        else if ( l && columns.name )
            read_field(l, line, &columns, names);
    }
    if ( l )
        finish(l);
    set_sizes[!native] = nr_layouts;
    fclose(from);
}
