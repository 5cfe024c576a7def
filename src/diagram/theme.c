#include "diagram/theme.h"

#include <string.h>

#include "base/error.h"

/* Fills and the patterns on them are the same in light and dark: a role keeps its colour.  Two
 * fills differ by at least 14.8 (CIEDE2000) for normal and for each kind of colour-blind eyes;
 * `unused`, which is nearly paper, is told by its dashed outline.  Letters have a contrast of at
 * least 4.7 to what they stand on. */
#define COLOUR_FILLS(unused)                                                                       \
    [ML_INK_FILL + ML_ROLE_DATA] = "#2ba084", [ML_INK_FILL + ML_ROLE_POINTER] = "#7cc4ff",         \
                   [ML_INK_FILL + ML_ROLE_OBJECT_HEADER] = "#fba31c",                              \
                   [ML_INK_FILL + ML_ROLE_INDEX] = "#feeba0",                                      \
                   [ML_INK_FILL + ML_ROLE_ALLOCATOR] = "#9c70cc",                                  \
                   [ML_INK_FILL + ML_ROLE_PADDING] = "#cbd3dc",                                    \
                   [ML_INK_FILL + ML_ROLE_UNUSED] = unused,                                        \
                   [ML_INK_FILL + ML_ROLE_UNEXPLAINED] = "#ee3d52"

#define DEEP_COLOURS(family)                                                                       \
    [family + ML_ROLE_DATA] = "#13614e", [family + ML_ROLE_POINTER] = "#0a3f70",                   \
              [family + ML_ROLE_OBJECT_HEADER] = "#8a5200", [family + ML_ROLE_INDEX] = "#6e5a00",  \
              [family + ML_ROLE_ALLOCATOR] = "#5b2f8c", [family + ML_ROLE_PADDING] = "#5a6572",    \
              [family + ML_ROLE_UNUSED] = "#5a6572", [family + ML_ROLE_UNEXPLAINED] = "#a5122a"

#define ON_FILLS(colour, data, unused)                                                             \
    [ML_INK_ON + ML_ROLE_DATA] = data, [ML_INK_ON + ML_ROLE_POINTER] = colour,                     \
                 [ML_INK_ON + ML_ROLE_OBJECT_HEADER] = colour,                                     \
                 [ML_INK_ON + ML_ROLE_INDEX] = colour, [ML_INK_ON + ML_ROLE_ALLOCATOR] = colour,   \
                 [ML_INK_ON + ML_ROLE_PADDING] = colour, [ML_INK_ON + ML_ROLE_UNUSED] = unused,    \
                 [ML_INK_ON + ML_ROLE_UNEXPLAINED] = colour

#define ALL_ROLES(family, colour)                                                                  \
    [family + ML_ROLE_DATA] = colour, [family + ML_ROLE_POINTER] = colour,                         \
              [family + ML_ROLE_OBJECT_HEADER] = colour, [family + ML_ROLE_INDEX] = colour,        \
              [family + ML_ROLE_ALLOCATOR] = colour, [family + ML_ROLE_PADDING] = colour,          \
              [family + ML_ROLE_UNUSED] = colour, [family + ML_ROLE_UNEXPLAINED] = colour

/* clang-format off */
#define LIGHT_COLOURS                                                                              \
    [ML_INK_TEXT] = "#10141a",                                                                     \
    [ML_INK_MUTED] = "#4a5361",                                                                    \
    [ML_INK_FAINT] = "#7d8794",                                                                    \
    [ML_INK_GRID] = "#d5dbe2",                                                                     \
    [ML_INK_BACKGROUND] = "#ffffff",                                                               \
    COLOUR_FILLS("#f3f5f8"),                                                                       \
    DEEP_COLOURS(ML_INK_LINE),                                                                     \
    ON_FILLS("#10141a", "#10141a", "#4a5361"),                                                     \
    DEEP_COLOURS(ML_INK_PATTERN),

static const MlTheme dark = {
    .name = "dark",
    .colour = {
        [ML_INK_TEXT] = "#f2f5f8",
        [ML_INK_MUTED] = "#b4bdc9",
        [ML_INK_FAINT] = "#7d8794",
        [ML_INK_GRID] = "#343d49",
        [ML_INK_BACKGROUND] = "#12161c",
        COLOUR_FILLS("#28323f"),
        [ML_INK_LINE + ML_ROLE_DATA] = "#6fd9be",
        [ML_INK_LINE + ML_ROLE_POINTER] = "#cfe9ff",
        [ML_INK_LINE + ML_ROLE_OBJECT_HEADER] = "#ffc266",
        [ML_INK_LINE + ML_ROLE_INDEX] = "#feeba0",
        [ML_INK_LINE + ML_ROLE_ALLOCATOR] = "#cdb0f0",
        [ML_INK_LINE + ML_ROLE_PADDING] = "#c3ccd6",
        [ML_INK_LINE + ML_ROLE_UNUSED] = "#c3ccd6",
        [ML_INK_LINE + ML_ROLE_UNEXPLAINED] = "#ff8796",
        ON_FILLS("#10141a", "#10141a", "#b4bdc9"),
        DEEP_COLOURS(ML_INK_PATTERN),
    },
    .pattern_alpha = 0.34,
};

static const MlTheme light = {
    .name = "light",
    .colour = { LIGHT_COLOURS },
    .pattern_alpha = 0.34,
    .dark = &dark,
};

/* As light, but what it lies on is seen: its letters are meant for light paper, or for dark where a
 * viewer says so. */
static const MlTheme transparent = {
    .name = "transparent",
    .colour = { LIGHT_COLOURS },
    .pattern_alpha = 0.34,
    .transparent = TRUE,
    .dark = &dark,
};

/* For black-and-white printers: four greys, and the patterns carry the role. */
static const MlTheme print = {
    .name = "print",
    .colour = {
        [ML_INK_TEXT] = "#000000",
        [ML_INK_MUTED] = "#333333",
        [ML_INK_FAINT] = "#666666",
        [ML_INK_GRID] = "#bbbbbb",
        [ML_INK_BACKGROUND] = "#ffffff",
        [ML_INK_FILL + ML_ROLE_DATA] = "#4d4d4d",
        [ML_INK_FILL + ML_ROLE_POINTER] = "#ffffff",
        [ML_INK_FILL + ML_ROLE_OBJECT_HEADER] = "#d0d0d0",
        [ML_INK_FILL + ML_ROLE_INDEX] = "#ffffff",
        [ML_INK_FILL + ML_ROLE_ALLOCATOR] = "#b0b0b0",
        [ML_INK_FILL + ML_ROLE_PADDING] = "#ffffff",
        [ML_INK_FILL + ML_ROLE_UNUSED] = "#ffffff",
        [ML_INK_FILL + ML_ROLE_UNEXPLAINED] = "#ffffff",
        ALL_ROLES(ML_INK_LINE, "#000000"),
        ON_FILLS("#000000", "#ffffff", "#000000"),
        ALL_ROLES(ML_INK_PATTERN, "#000000"),
    },
    .pattern_alpha = 0.85,
    .cell_edge = 1.5,
    .halo = 6,
};
/* clang-format on */

static const MlTheme *const themes[] = { &light, &dark, &print, &transparent, NULL };

const MlTheme *const *
ml_themes(void)
{
    return themes;
}

const MlTheme *
ml_theme_find(const char *name, GError **error)
{
    const char *known[G_N_ELEMENTS(themes)] = { NULL };
    for (guint i = 0; themes[i] != NULL; i++) {
        if (strcmp(themes[i]->name, name) == 0)
            return themes[i];
        known[i] = themes[i]->name;
    }
    g_autofree char *names = g_strjoinv(", ", (char **)(guintptr)known);
    g_set_error(error, ML_ERROR, ML_ERROR_USAGE, "unknown theme '%s': there are %s", name, names);
    return NULL;
}
