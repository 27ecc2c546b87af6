/* SPDX-License-Identifier: MIT */
/*
 * Explores every scenario as the code is, and then again and again with one order
 * less: each place that asks for one has to be needed by some scenario.
 *
 *   main           all of it; a line for each scenario and for each number
 *   main scenarios only the scenarios as the code is
 *   main places    the same for each place in the code that has a number
 *   main WHAT      the counterexample that comes without WHAT, a number or file:line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus.h"
#include "scenarios.h"

#define MOST_RUNS 3000000ul

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The number that a comment gives the barrier: at the place, or in the lines before it. */
static const char *label_of(const struct explore_site *site, char label[8])
{
    char line[512], *at;
    unsigned int number = 0;
    FILE *f = fopen(site->file, "r");

    if ( !f )
    {
        fprintf(stderr, "%s: cannot be read; this runs at the top of the tree\n", site->file);
        exit(2);
    }
    strcpy(label, "?");
    while ( fgets(line, sizeof(line), f) && ++number <= site->line )
    {
        if ( number + 4 <= site->line )
            continue;
        for ( at = line; *at; at++ )
            if ( (at == line || at[-1] == ' ' || at[-1] == '*') && *at >= 'A' && *at <= 'H' &&
                 at[1] >= '1' && at[1] <= '9' && strstr(line, "/*") )
            {
                snprintf(label, 8, "%c%d", *at, atoi(at + 1));
                break;
            }
    }
    fclose(f);
    return label;
}

static bool is_under_test(const struct explore_site *site)
{
    char label[8];

    return site->order != EXPLORE_RELAXED && strchr(explored_numbers, *label_of(site, label));
}

static const struct explore_scenario *scenario_number(unsigned int i)
{
    return i < nr_table_scenarios ? &table_scenarios[i] : &other_scenarios[i - nr_table_scenarios];
}

static unsigned int explore_all(void)
{
    unsigned int i, wrong = 0;

    for ( i = 0; i < nr_table_scenarios + nr_other_scenarios; i++ )
    {
        struct explore_result result = explore_run(scenario_number(i), MOST_RUNS, true);
        bool fine = !result.found && result.is_complete && result.runs > result.given_up;

        printf("%s scenario %s: %lu runs%s%s\n", fine ? "ok" : "FAIL", scenario_number(i)->name,
               result.runs, result.found ? ", and a counterexample" : "",
               result.is_complete || result.found ? "" : ", and more are left");
        wrong += !fine;
    }
    return wrong;
}

/*
 * What is weakened: one place (in a header it is compiled more than once, and all of
 * them are one), or all places with one number.
 */
struct weakened {
    const struct explore_site *place;   /* NULL: all with the number */
    const char *label;
};

static bool same_place(const struct explore_site *a, const struct explore_site *b)
{
    return a->line == b->line && !strcmp(a->file, b->file);
}

static void weaken(const struct weakened *which, bool is_weakened)
{
    struct explore_site *site;
    char label[8];

    for ( site = explore_sites; site; site = site->next )
        if ( which->place ? same_place(site, which->place)
                          : is_under_test(site) && !strcmp(label_of(site, label), which->label) )
            site->is_weakened = is_weakened;
}

static bool is_first(const struct explore_site *place, bool of_label)
{
    const struct explore_site *site;
    char label[8], wanted[8];

    label_of(place, wanted);
    for ( site = explore_sites; ; site = site->next )
        if ( of_label ? is_under_test(site) && !strcmp(label_of(site, label), wanted)
                      : same_place(site, place) )
            return site == place;
}

/* The scenario that needs it; NULL: none does. */
static const struct explore_scenario *needed_by(const struct weakened *which, bool print,
                                                unsigned long *runs)
{
    unsigned int i, nr = nr_table_scenarios + nr_other_scenarios;

    weaken(which, true);
    *runs = 0;
    for ( i = 0; i < nr; i++ )
    {
        struct explore_result result = explore_run(scenario_number(i), MOST_RUNS, print);

        *runs += result.runs;
        if ( result.found )
            break;
    }
    weaken(which, false);
    return i < nr ? scenario_number(i) : NULL;
}

/* Each number is needed. */
static unsigned int weaken_numbers(void)
{
    struct explore_site *site;
    unsigned int wrong = 0;
    unsigned long runs;
    char label[8];

    for ( site = explore_sites; site; site = site->next )
    {
        struct weakened which = { NULL, label };
        const struct explore_scenario *scenario;

        if ( !is_under_test(site) || !is_first(site, true) )
            continue;
        label_of(site, label);
        scenario = needed_by(&which, false, &runs);
        printf("%s without %s: %s%s, %lu runs\n", scenario ? "ok" : "FAIL", label,
               scenario ? "wrong in " : "nothing goes wrong", scenario ? scenario->name : "", runs);
        wrong += !scenario;
    }
    return wrong;
}

/* So is each store that has one, alone: no other place makes good for it. */
static unsigned int weaken_stores(void)
{
    struct explore_site *site;
    unsigned int wrong = 0;
    unsigned long runs;
    char label[8];

    for ( site = explore_sites; site; site = site->next )
    {
        struct weakened which = { site, NULL };
        const struct explore_scenario *scenario;

        if ( site->order != EXPLORE_RELEASE || !is_under_test(site) || !is_first(site, false) )
            continue;
        scenario = needed_by(&which, false, &runs);
        printf("%s store without %s in %s alone: %s%s\n", scenario ? "ok" : "FAIL",
               label_of(site, label), site->function,
               scenario ? "wrong in " : "nothing goes wrong", scenario ? scenario->name : "");
        wrong += !scenario;
    }
    return wrong;
}

/* Of the places with a number some only back others: these are printed. */
static void weaken_places(void)
{
    struct explore_site *site;
    unsigned long runs;
    char label[8];

    for ( site = explore_sites; site; site = site->next )
    {
        struct weakened which = { site, NULL };
        const struct explore_scenario *scenario;

        if ( !is_under_test(site) || !is_first(site, false) )
            continue;
        scenario = needed_by(&which, false, &runs);
        printf("place %s, %s:%u in %s: %s%s\n", label_of(site, label), base_name(site->file),
               site->line, site->function, scenario ? "wrong in " : "others of its number are enough",
               scenario ? scenario->name : "");
    }
}

static int explain(const char *wanted)
{
    struct weakened which = { NULL, wanted };
    struct explore_site *site;
    unsigned long runs;
    char name[128];

    for ( site = explore_sites; site; site = site->next )
    {
        snprintf(name, sizeof(name), "%s:%u", base_name(site->file), site->line);
        if ( !strcmp(name, wanted) )
            which.place = site;
    }
    return needed_by(&which, true, &runs) ? 0 : 1;
}

static bool pass_is(const struct explore_pass *pass, const struct explored_pass *known)
{
    return !strcmp(pass->load->function, known->load) &&
           !strcmp(pass->store->function, known->store);
}

/* Stores that may pass a load, as in the model none does: each is known, and why it may. */
static unsigned int passes_judge(void)
{
    const struct explored_pass *known;
    unsigned int i, wrong = 0;

    for ( i = 0; i < explore_nr_passes; i++ )
    {
        const struct explore_pass *pass = &explore_passes[i];

        for ( known = explored_passes; known->load && !pass_is(pass, known); known++ )
            ;
        printf("%s store at %s:%u in %s may pass the load at %s:%u in %s: %s\n",
               known->load ? "ok" : "FAIL", base_name(pass->store->file), pass->store->line,
               pass->store->function, base_name(pass->load->file), pass->load->line,
               pass->load->function, known->load ? known->why : "nobody said why that is fine");
        wrong += !known->load;
    }
    for ( known = explored_passes; known->load; known++ )
    {
        for ( i = 0; i < explore_nr_passes && !pass_is(&explore_passes[i], known); i++ )
            ;
        if ( i == explore_nr_passes )
            printf("FAIL no store in %s passes a load in %s\n", known->store, known->load);
        wrong += i == explore_nr_passes;
    }
    return wrong;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    unsigned int i, wrong;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if ( *what && strcmp(what, "scenarios") && strcmp(what, "places") )
    {
        /* So that all places are known. */
        for ( i = 0; i < nr_table_scenarios + nr_other_scenarios; i++ )
            (void)explore_run(scenario_number(i), MOST_RUNS, false);
        return explain(what);
    }
    wrong = litmus_run();
    explore_nr_passes = 0;
    wrong += explore_all();
    wrong += passes_judge();
    if ( strcmp(what, "scenarios") )
        wrong += weaken_numbers() + weaken_stores();
    if ( !strcmp(what, "places") )
        weaken_places();
    return wrong != 0;
}
