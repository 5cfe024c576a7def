/* How far colours are apart, for eyes of several kinds. */
#pragma once

typedef enum { EYES_NORMAL, EYES_PROTAN, EYES_DEUTAN, EYES_TRITAN, N_EYES } Eyes;

/**
 * colour_contrast: the contrast ratio of two colours, 1 to 21 (WCAG 2.1).
 * @a, @b: "#rrggbb"
 */
double colour_contrast(const char *a, const char *b);

/**
 * colour_difference: CIEDE2000 of two colours as such eyes see them; below 1 nobody can tell them
 * apart.  Colour blindness after Machado, Oliveira and Fernandes (2009), severity 1.
 */
double colour_difference(const char *a, const char *b, Eyes eyes);
