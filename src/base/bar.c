#include "base/bar.h"

#include "base/text.h"

typedef struct {
    const char *unicode;
    const char *ascii;
} Glyph;

static const Glyph glyphs[ML_N_ROLES] = {
    [ML_ROLE_DATA] = { "█", "#" },
    [ML_ROLE_POINTER] = { "▒", ":" },
    [ML_ROLE_OBJECT_HEADER] = { "/", "/" },
    [ML_ROLE_INDEX] = { "≡", "=" },
    [ML_ROLE_ALLOCATOR] = { "\\", "\\" },
    [ML_ROLE_PADDING] = { "×", "x" },
    [ML_ROLE_UNUSED] = { "░", "." },
    [ML_ROLE_UNEXPLAINED] = { "?", "?" },
};

const char *
ml_bar_glyph(MlRole role, gboolean ascii)
{
    return ascii ? glyphs[role].ascii : glyphs[role].unicode;
}

char *
ml_bar(MlRole role, int cells, gboolean ascii)
{
    if (cells <= 0)
        return g_strdup("");
    g_autoptr(GString) bar = g_string_new(NULL);
    for (int i = 0; i < cells; i++)
        g_string_append(bar, ml_bar_glyph(role, ascii));
    return ml_text_styled(ML_STYLE_ROLE + role, bar->str);
}
