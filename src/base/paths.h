/* Where memlab's own files are: in the source tree when run from the build tree, else installed. */
#pragma once

#include <glib.h>

/**
 * ml_path_data: a file or folder that ships with memlab ("lessons", "diagrams/fonts").
 *
 * MEMLAB_DATA_DIR overrides.  Returns: (transfer full): not checked for existence.
 */
char *ml_path_data(const char *relative);

/**
 * ml_path_data_missing: a folder that ships with memlab cannot be listed: says which, and what to
 * do.
 * @folder: (transfer none): from ml_path_data()
 * @what: (transfer none): what is in it: "lessons"
 * @cause: (transfer none): from g_dir_open()
 *
 * Returns: FALSE.  Errors: ML_ERROR_SURROUNDINGS.
 */
gboolean ml_path_data_missing(
    const char *folder, const char *what, const GError *cause, GError **error);

/**
 * ml_path_probe: a probe that belongs to this memlab.
 * @program: "memlab-probe", or the name of one that is linked with another allocator
 *
 * Returns: (transfer full).
 */
char *ml_path_probe(const char *program);

/**
 * ml_path_state: a file under $XDG_STATE_HOME/memlab (progress, journal).
 *
 * Returns: (transfer full): its folder may not exist yet.
 */
char *ml_path_state(const char *relative);
