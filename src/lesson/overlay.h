/* What a key shows for a moment, on a page of its own. */
#pragma once

#include "lesson/page.h"
#include "lesson/progress.h"

/**
 * ml_overlay_verify: how to read the kernel's figure by hand, and what to expect.
 * @now_bytes: RssAnon of the process, as read just now
 *
 * Returns: (transfer full).
 */
MlPage *ml_overlay_verify(const MlPageReading *reading, guint64 now_bytes);

/**
 * ml_overlay_code: the whole file that a structure is built from.
 *
 * Returns: (transfer full).
 */
MlPage *ml_overlay_code(const MlStructure *structure, GError **error);

/**
 * ml_overlay_lessons: all lessons, with numbers to choose by.
 *
 * Returns: (transfer full).
 */
MlPage *ml_overlay_lessons(const MlProgress *progress, GError **error);
