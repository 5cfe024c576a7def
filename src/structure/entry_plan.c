#include "structure/entry.h"

uint64_t
ml_entry_made(const MlOptions *options, uint64_t n)
{
    return n * ml_deleted_every(options->text[ML_OPTION_DELETED]);
}

MlFill
ml_entry_fill(const MlOptions *options)
{
    MlFill fill;
    ml_fill_parse(options->text[ML_OPTION_FILL], &fill); /* was accepted */
    return fill;
}

void
ml_entry_fields(MlPart *part, const MlOptions *options, size_t hash, size_t key, size_t value)
{
    ml_part_add(part, "hash", hash, sizeof(uint64_t), ML_ROLE_INDEX, ML_FIELD_HASH);
    ml_entry_key_value(part, options, key, value);
}

void
ml_entry_key_value(MlPart *part, const MlOptions *options, size_t key, size_t value)
{
    bool string_keys = options->choice[ML_OPTION_KEYS] == 1;
    bool inline_values = options->choice[ML_OPTION_VALUES] == ML_VALUES_INT;
    ml_part_add(part,
        "key",
        key,
        sizeof(MlKey),
        string_keys ? ML_ROLE_POINTER : ML_ROLE_DATA,
        string_keys ? ML_FIELD_POINTER : ML_FIELD_INT);
    ml_part_add(part,
        "value",
        value,
        sizeof(MlValue),
        inline_values ? ML_ROLE_DATA : ML_ROLE_POINTER,
        inline_values ? ML_FIELD_INT : ML_FIELD_POINTER);
}

uint32_t
ml_entry_parts(const MlOptions *options, MlPart *parts, uint32_t n_parts)
{
    if (options->choice[ML_OPTION_KEYS] == 1)
        ml_part_init_text(&parts[n_parts++], "key object");
    if (options->choice[ML_OPTION_VALUES] == ML_VALUES_BOXED)
        ml_part_init_box(&parts[n_parts++], "value object");
    else if (options->choice[ML_OPTION_VALUES] == ML_VALUES_STRING)
        ml_part_init_text(&parts[n_parts++], "value object");
    return n_parts;
}

void
ml_entry_plan(const MlOptions *options,
    uint64_t from,
    uint64_t end,
    uint32_t first_part,
    MlRequest node,
    MlPlan *plan)
{
    MlEntryKind kind;
    ml_entry_kind_init(&kind, options);
    while (from < end) {
        MlRequest round[ML_PLAN_MAX_ROUND];
        uint32_t n = 0;
        uint32_t part = first_part;
        uint64_t run_end = end;
        if (kind.string_keys) {
            uint64_t length;
            run_end = ml_key_format_run(&kind.format, from, end, &length);
            round[n++] = (MlRequest){ part++, ml_text_bytes(length) };
        }
        if (kind.values == ML_VALUES_BOXED)
            round[n++] = (MlRequest){ part, sizeof(struct box) };
        if (kind.values == ML_VALUES_STRING) {
            uint32_t length;
            run_end = ml_value_rule_run(&kind.rule, from, run_end, &length);
            round[n++] = (MlRequest){ part, ml_text_bytes(length) };
        }
        if (node.request_bytes > 0)
            round[n++] = node;
        if (n > 0)
            ml_plan_repeat(plan, run_end - from, n, round);
        from = run_end;
    }
}

void
ml_entry_walk(
    const MlEntryKind *kind, MlKey key, MlValue value, uint32_t first_part, MlWalkSink *sink)
{
    if (kind->string_keys)
        ml_walk_block(sink, first_part++, key.text, ml_text_bytes((uint64_t)key.text->length), 1);
    if (kind->values == ML_VALUES_BOXED)
        ml_walk_block(sink, first_part, value.box, sizeof *value.box, 1);
    else if (kind->values == ML_VALUES_STRING)
        ml_walk_block(sink, first_part, value.text, ml_text_bytes((uint64_t)value.text->length), 1);
}
