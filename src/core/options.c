#include "core/options.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
ml_options_defaults(const MlOptionSpec *specs, size_t n_specs, MlOptions *ret_options)
{
    assert(n_specs <= ML_MAX_OPTIONS);
    memset(ret_options, 0, sizeof *ret_options);
    for (size_t i = 0; i < n_specs; i++) {
        if (specs[i].text_default != NULL)
            strncpy(ret_options->text[i], specs[i].text_default, ML_OPTION_TEXT_SIZE - 1);
    }
}

MlOptionResult
ml_options_set(const MlOptionSpec *specs,
    size_t n_specs,
    const char *name,
    const char *value,
    MlOptions *options)
{
    for (size_t i = 0; i < n_specs; i++) {
        if (strcmp(specs[i].name, name) != 0)
            continue;
        if (specs[i].text_default != NULL) {
            if (strlen(value) >= ML_OPTION_TEXT_SIZE || !specs[i].text_accepts(value))
                return ML_OPTION_UNKNOWN_VALUE;
            if (specs[i].implies_name != NULL)
                ml_options_set(
                    specs, n_specs, specs[i].implies_name, specs[i].implies_value, options);
            strncpy(options->text[i], value, ML_OPTION_TEXT_SIZE);
            return ML_OPTION_OK;
        }
        for (uint8_t c = 0; c < ML_MAX_CHOICES && specs[i].choices[c] != NULL; c++) {
            if (strcmp(specs[i].choices[c], value) == 0) {
                options->choice[i] = c;
                return ML_OPTION_OK;
            }
        }
        return ML_OPTION_UNKNOWN_VALUE;
    }
    return ML_OPTION_UNKNOWN_NAME;
}

const char *
ml_options_value(const MlOptionSpec *specs, size_t i, const MlOptions *options)
{
    return specs[i].text_default != NULL ? options->text[i] : specs[i].choices[options->choice[i]];
}

const char *
ml_options_find(
    const MlOptionSpec *specs, size_t n_specs, const MlOptions *options, const char *name)
{
    for (size_t i = 0; i < n_specs; i++)
        if (strcmp(specs[i].name, name) == 0)
            return ml_options_value(specs, i, options);
    return NULL;
}

bool
ml_option_is_count(const char *text, uint64_t most)
{
    size_t digits = 1;
    for (uint64_t rest = most / 10; rest > 0; rest /= 10)
        digits++;
    size_t length = strlen(text);
    return length > 0 && length <= digits && strspn(text, "0123456789") == length &&
           strtoull(text, NULL, 10) <= most;
}
