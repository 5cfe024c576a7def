/* Files are written whole or not at all. */
#pragma once

#include <glib.h>

/**
 * ml_file_write: replace @path by @data: a temporary file beside it, synced, then renamed.
 * @path: "-" writes to standard output
 * @data: (array length=length)
 *
 * A device or pipe at @path is written to as it is.  On failure the old file is untouched and no
 * temporary file is left.  Errors: ML_ERROR_SURROUNDINGS names the file and the reason.
 */
gboolean ml_file_write(const char *path, const char *data, gsize length, GError **error);

/**
 * ml_file_write_set: files of one folder, all or none.
 * @folder: it is made where there is none; the folder that it lies in must be there
 * @names, @contents: (array length=n)
 *
 * All are written to temporary files before the first takes its name; on failure nothing is left
 * of them, nor of a new folder.  Errors: as ml_file_write().
 */
gboolean ml_file_write_set(
    const char *folder, const char *const *names, GBytes *const *contents, guint n, GError **error);

/**
 * ml_file_read: the whole of a text file, valid UTF-8, without BOM, lines ended by \n alone.
 * @max_bytes: refuse a longer one
 *
 * A named pipe is refused: nobody may ever write to it.
 * Errors: ML_ERROR_INPUT names the file, and the byte offset of what is not UTF-8 or is NUL.
 * Returns: (transfer full).
 */
char *ml_file_read(const char *path, gsize max_bytes, GError **error);
