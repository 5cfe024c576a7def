/* Options of a structure: plain data, so that they travel over the wire as they are. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ML_MAX_OPTIONS 8
#define ML_MAX_CHOICES 6
#define ML_OPTION_TEXT_SIZE 64

typedef struct {
    const char *name;                    /* "keys" */
    const char *meaning;                 /* one line for `memlab list NAME` */
    const char *choices[ML_MAX_CHOICES]; /* first = default, NULL-terminated; none for free text */
    const char *text_default;            /* free text: the default */
    const char *text_expected;           /* free text: what is accepted, for error messages */
    bool (*text_accepts)(const char *text);
    const char *implies_name; /* (nullable): setting this option also sets that one: */
    const char *implies_value;
} MlOptionSpec;

typedef struct {
    uint8_t choice[ML_MAX_OPTIONS];                 /* index into the spec's choices */
    char text[ML_MAX_OPTIONS][ML_OPTION_TEXT_SIZE]; /* free text, NUL-terminated */
} MlOptions;

/**
 * ml_options_defaults: every option at its first choice or default text.
 * @specs: (transfer none): @n_specs of them, at most ML_MAX_OPTIONS
 */
void ml_options_defaults(const MlOptionSpec *specs, size_t n_specs, MlOptions *ret_options);

/**
 * ml_option_is_count: whether @text is a whole number from 0 to @most, with no more digits than
 * that has.
 */
bool ml_option_is_count(const char *text, uint64_t most);

typedef enum {
    ML_OPTION_OK,
    ML_OPTION_UNKNOWN_NAME,
    ML_OPTION_UNKNOWN_VALUE,
} MlOptionResult;

/**
 * ml_options_set: set one option by name.
 *
 * Returns: ML_OPTION_OK, or what was wrong; then @options is untouched.
 */
MlOptionResult ml_options_set(const MlOptionSpec *specs,
    size_t n_specs,
    const char *name,
    const char *value,
    MlOptions *options);

/**
 * ml_options_find: the value of the option of that name.
 *
 * Returns: (transfer none) (nullable): NULL where there is none.
 */
const char *ml_options_find(
    const MlOptionSpec *specs, size_t n_specs, const MlOptions *options, const char *name);

/**
 * ml_options_value: the value of option @i as it is typed.
 *
 * Returns: (transfer none): valid as long as @options.
 */
const char *ml_options_value(const MlOptionSpec *specs, size_t i, const MlOptions *options);
