/* Where commands print: styled text to standard output, messages to standard error. */
#pragma once

#include <glib.h>
#include <jansson.h>

/**
 * ml_output: print styled text (base/text.h), in colour where that is wanted and possible.
 *
 * Errors: ML_ERROR_SURROUNDINGS where standard output takes no more (full disk, closed).
 */
gboolean ml_output(const char *text, GError **error);

/**
 * ml_output_json: print one JSON value, indented, ended by a newline.
 * @json: (transfer full)
 */
gboolean ml_output_json(json_t *json, GError **error);

/**
 * ml_output_csv: print lines of a machine format as they are.
 */
gboolean ml_output_csv(const char *csv, GError **error);

/**
 * ml_message: one line on standard error, behind "memlab: ".
 */
void ml_message(const char *format, ...) G_GNUC_PRINTF(1, 2);

/**
 * ml_output_columns: how wide the output may be (COLUMNS, the terminal, else 80).
 * ml_output_ascii: whether only ASCII may be shown (--ascii, or a locale without UTF-8).
 */
int ml_output_columns(void);
gboolean ml_output_ascii(void);

/* Options that every command with figures has; set by the option parser. */
extern gboolean ml_output_json_wanted;  /* --json */
extern gboolean ml_output_ascii_wanted; /* --ascii */

#define ML_OUTPUT_JSON_OPTION                                                                      \
    {                                                                                              \
        "json", 0, 0, G_OPTION_ARG_NONE, &ml_output_json_wanted, "print JSON", NULL                \
    }
#define ML_OUTPUT_ASCII_OPTION                                                                     \
    {                                                                                              \
        "ascii", 0, 0, G_OPTION_ARG_NONE, &ml_output_ascii_wanted, "bars and lines in ASCII", NULL \
    }
