/* The frames of a picture that is built up, as numbered files. */
#pragma once

#include "diagram/diagram.h"

/**
 * ml_diagram_frames_check: whether the files can be named so.
 * @output: (transfer none) (nullable): what -o says: their common name and ending, no folder
 *
 * Errors: ML_ERROR_USAGE.
 */
gboolean ml_diagram_frames_check(const char *output, GError **error);

/**
 * ml_diagram_frames_write: FOLDER/NAME-01.svg and so on, all or none; says what each adds.
 * @scene: it shows the whole picture afterwards, as before
 * @output: (transfer none) (nullable): NULL: the kind's name, SVG
 *
 * Errors: as ml_diagram_render() and ml_file_write_set().
 */
gboolean ml_diagram_frames_write(MlScene *scene,
    MlFormat format,
    const MlTheme *theme,
    double scale,
    const char *folder,
    const char *output,
    GError **error);
