/* Which bytes of a cell are code, and which lie in a string or a comment. */
#pragma once

#include <glib.h>

typedef enum {
    ML_SCAN_CODE,
    ML_SCAN_STRING,  /* its quotes or brackets, too */
    ML_SCAN_COMMENT, /* to the line's end, without the newline; or a long one */
} MlScanKind;

/**
 * ml_scan_cell: the kind of each byte.
 *
 * Comments are Lua's, and those that other hands write: `# note` (with a blank: `#a` is a length)
 * and, where a line begins with it, `// note`.
 * Returns: (transfer full): an MlScanKind for each byte of @source.
 */
guint8 *ml_scan_cell(const char *source);

/**
 * ml_scan_is_name: whether a byte may stand within a name.
 */
gboolean ml_scan_is_name(char c);
