/* SPDX-License-Identifier: MIT */
/*
 * The table of checks.  ROW(id, what it looks at, function), in the order in
 * which they run: what others lean on comes first.
 */
#ifndef CODEGEN_MODEL_CHECKS_H
#define CODEGEN_MODEL_CHECKS_H

#include "check.h"

#define CHECK_ROWS \
    ROW(unknown_name,  decl,      check_hypercall_name) \
    ROW(unknown_name,  body,      check_direction_lines) \
    ROW(unknown_name,  decl,      check_bit_names) \
    ROW(unknown_name,  call,      check_call_names) \
    ROW(unknown_name,  clause,    check_clause_names) \
    ROW(unknown_name,  model,     check_flavour_names) \
    ROW(duplicate,     model,     check_flavour_renames) \
    ROW(duplicate,     body,      check_fields_once) \
    ROW(duplicate,     body,      check_tags_once) \
    ROW(duplicate,     decl,      check_arguments_once) \
    ROW(duplicate,     call,      check_clauses_once) \
    ROW(verbatim,      decl,      check_verbatim) \
    ROW(no_doc,        interface, check_interface_doc) \
    ROW(no_doc,        decl,      check_decl_doc) \
    ROW(number,        decl,      check_set_numbers) \
    ROW(number,        decl,      check_call_number) \
    ROW(number_reused, model,     check_reuse) \
    ROW(number_reused, decl,      check_part_numbers) \
    ROW(bits_overlap,  decl,      check_bits) \
    ROW(spelling,      decl,      check_spelling) \
    ROW(version,       model,     check_versions) \
    ROW(condition,     model,     check_conditions) \
    ROW(type,          use,       check_type_place) \
    ROW(type,          call,      check_size) \
    ROW(type,          clause,    check_operands) \
    ROW(union_tag,     body,      check_union) \
    ROW(misplaced,     body,      check_arm) \
    ROW(count,         use,       check_lengths) \
    ROW(direction,     call,      check_directions) \
    ROW(direction,     clause,    check_read_fields) \
    ROW(overflow,      call,      check_overflow) \
    ROW(status,        call,      check_status) \
    ROW(strict,        use,       check_strict_type) \
    ROW(strict,        decl,      check_strict_decl) \
    ROW(strict,        clause,    check_strict_clause) \
    ROW(arguments,     decl,      check_arguments) \
    ROW(no_permission, call,      check_has_permission) \
    ROW(no_permission, clause,    check_xsm_form) \
    ROW(permission,    clause,    check_permission) \
    ROW(permission,    clause,    check_extension) \
    ROW(domain,        clause,    check_domain) \
    ROW(domain,        call,      check_domains_looked_up) \
    ROW(preempt,       call,      check_batch_preempt) \
    ROW(preempt,       clause,    check_preempt) \
    ROW(ahead,         clause,    check_ahead) \
    ROW(error,         clause,    check_answers) \
    ROW(error,         call,      check_reasons) \
    ROW(unreachable,   call,      check_behind_stub) \
    ROW(unreachable,   call,      check_callers) \
    ROW(mfn_leak,      call,      check_leaks) \
    ROW(quirk,         clause,    check_quirk) \
    ROW(unused,        model,     check_unused) \
    ROW(resource,      model,     check_resources)

/* Runs before all others: they walk through types. */
void check_type_cycles(struct checker *checker);

typedef void check_of_model(struct checker *);
typedef void check_of_interface(struct checker *, const struct interface *);
typedef void check_of_decl(struct checker *, const struct decl *);
typedef void check_of_body(struct checker *, const struct body *);
typedef void check_of_use(struct checker *, const struct use *);
typedef void check_of_call(struct checker *, const struct callable *);
typedef void check_of_clause(struct checker *, const struct scope *,
                             const struct clause *);

#define ROW(id, what, function) check_of_##what function;
CHECK_ROWS
#undef ROW

#endif
