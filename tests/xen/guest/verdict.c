/* SPDX-License-Identifier: MIT */
/*
 * The verdict over all expectations, this image's and those of the two PVH
 * payloads: one line for each, then each inverted in turn over what was
 * recorded, then RESULT. Needs console.c.
 */
#include "pvh-build.h"

#define NONE (~0UL)

struct table
{
    struct expectation *first;
    unsigned long count;
    unsigned long texts;                /* Where the entries' address 0 lies. */
};

static struct table tables[3];
static unsigned long inverted = NONE;

static const char *const signs[] = {
#define X(name, sign, test) sign,
    RELATIONS(X)
#undef X
};
static const char *const outcomes[] = {
#define X(name, text) text,
    OUTCOMES(X)
#undef X
};

static struct table payload_table(char *image)
{
    const struct pvh_header *header = (void *)(image + PVH_HEADER);
    unsigned long base = (unsigned long)image - PVH_IMAGE;
    unsigned long size = header->expectations_end - header->expectations_first;

    must_be("header of a payload", header->magic, PVH_MAGIC);
    return (struct table){
        .first = (void *)(base + header->expectations_first),
        .count = size / sizeof(struct expectation), .texts = base,
    };
}

void verdict_init(const char *command_line)
{
    const char *number = string_find(command_line, "invert=");

    if ( number )
        inverted = string_number(number);
    tables[0].first = expectations_first;
    tables[0].count = expectations_end - expectations_first;
    tables[1] = payload_table(pvh32);
    tables[2] = payload_table(pvh64);
}

static unsigned long count(void)
{
    return tables[0].count + tables[1].count + tables[2].count;
}

/* Numbers go on from table to table. */
static const struct table *table_of(unsigned long *id)
{
    const struct table *table = tables;

    for ( ; *id >= table->count; table++ )
        *id -= table->count;
    return table;
}

/* Inverting turns held into failed and back; unreached stays failed. */
static bool good(unsigned long id, unsigned long invert)
{
    bool is_inverted = id == invert;
    const struct table *table = table_of(&id);
    const struct expectation *entry = &table->first[id];

    return entry->reached && expectation_holds(entry) != is_inverted;
}

static unsigned long count_bad(unsigned long invert)
{
    unsigned long bad = 0;

    for ( unsigned long id = 0; id < count(); id++ )
        bad += !good(id, invert);
    return bad;
}

static const char *text(const struct table *table, union text text)
{
    return (const char *)(table->texts + text.wide);
}

static void show(unsigned long id)
{
    unsigned long index = id;
    const struct table *table = table_of(&index);
    const struct expectation *entry = &table->first[index];

    print("%s %lu %s %s [%s] %s: ", good(id, inverted) ? "ok" : "FAIL", id,
          outcomes[entry->outcome], text(table, entry->call),
          text(table, entry->cites), text(table, entry->says));
    if ( entry->reached )
        print("%ld %s %ld%s\n", entry->got, signs[entry->relation], entry->expected,
              id == inverted ? " (inverted)" : "");
    else
        print("never reached\n");
}

/* How many of the expectations, inverted alone, turn a good run bad. */
static unsigned long replay(void)
{
    unsigned long red = 0;

    for ( unsigned long id = 0; id < count(); id++ )
    {
        if ( count_bad(id) == 1 )
            red++;
        else
            print("GREEN %lu\n", id);
    }
    return red;
}

/* 0: all is as expected. */
int verdict_report(void)
{
    unsigned long bad = count_bad(inverted), red;

    for ( unsigned long id = 0; id < count(); id++ )
        show(id);
    if ( !bad && inverted == NONE )
    {
        red = replay();
        print("REPLAY %lu of %lu red\n", red, count());
        bad = count() - red;
    }
    if ( bad )
        print("RESULT FAIL %lu of %lu\n", bad, count());
    else
        print("RESULT PASS %lu\n", count());
    return bad != 0;
}
