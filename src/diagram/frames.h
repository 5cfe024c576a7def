/* A picture built up: the frames in which it is shown, one step a slide.
 *
 * All frames are one layout, so nothing moves from one to the next; the last is the whole picture,
 * the same to the byte as without frames. */
#pragma once

#include "diagram/scene.h"

/**
 * ml_frames_count: how many frames a scene has: one for each step in which something comes.
 */
guint ml_frames_count(const MlScene *scene);

/**
 * ml_frames_show: show the scene up to one of its frames; painting, checking and what is said of it
 * follow.
 * @frame: from 1; the last one, as in a new scene, is all
 */
void ml_frames_show(MlScene *scene, guint frame);

/**
 * ml_frames_news: what comes with a frame, in a few words: "the first node".
 *
 * Returns: (transfer none).
 */
const char *ml_frames_news(const MlScene *scene, guint frame);

/**
 * ml_frames_title: the title of what is shown; the finding comes with the last frame.
 *
 * Returns: (transfer none).
 */
const char *ml_frames_title(const MlScene *scene);

/**
 * ml_frames_description: what is shown, in words; of an unfinished picture, what has come so far.
 *
 * Returns: (transfer full).
 */
char *ml_frames_description(const MlScene *scene);
