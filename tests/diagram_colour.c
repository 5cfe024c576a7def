#include "diagram_colour.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#define POW7_25 6103515625.0 /* 25 to the seventh */

typedef struct {
    double x, y, z;
} Triple;

static const double seen[N_EYES][9] = {
    [EYES_NORMAL] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
    [EYES_PROTAN] = { 0.152286,
        1.052583,
        -0.204868,
        0.114503,
        0.786281,
        0.099216,
        -0.003882,
        -0.048116,
        1.051998 },
    [EYES_DEUTAN] = { 0.367322,
        0.860646,
        -0.227968,
        0.280085,
        0.672501,
        0.047413,
        -0.011820,
        0.042940,
        0.968881 },
    [EYES_TRITAN] = { 1.255528,
        -0.076749,
        -0.178779,
        -0.078411,
        0.930809,
        0.147602,
        0.004733,
        0.691367,
        0.303900 },
};

static double
linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static Triple
linear_rgb(const char *hex)
{
    unsigned long rgb = strtoul(hex + 1, NULL, 16);
    return (Triple){ linear((double)(rgb >> 16) / 255.0),
        linear((double)(rgb >> 8 & 255) / 255.0),
        linear((double)(rgb & 255) / 255.0) };
}

static double
luminance(const char *hex)
{
    Triple c = linear_rgb(hex);
    return 0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z;
}

double
colour_contrast(const char *a, const char *b)
{
    double light = fmax(luminance(a), luminance(b));
    double dark = fmin(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

static Triple
multiply(const double m[9], Triple v)
{
    return (Triple){ m[0] * v.x + m[1] * v.y + m[2] * v.z,
        m[3] * v.x + m[4] * v.y + m[5] * v.z,
        m[6] * v.x + m[7] * v.y + m[8] * v.z };
}

static double
lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static Triple
lab(const char *hex, Eyes eyes)
{
    static const double to_xyz[9] = {
        0.4124564,
        0.3575761,
        0.1804375,
        0.2126729,
        0.7151522,
        0.0721750,
        0.0193339,
        0.1191920,
        0.9503041,
    };
    Triple rgb = multiply(seen[eyes], linear_rgb(hex));
    rgb = (Triple){ CLAMP(rgb.x, 0, 1), CLAMP(rgb.y, 0, 1), CLAMP(rgb.z, 0, 1) };
    Triple xyz = multiply(to_xyz, rgb);
    double fx = lab_curve(xyz.x / 0.95047);
    double fy = lab_curve(xyz.y);
    double fz = lab_curve(xyz.z / 1.08883);
    return (Triple){ 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

static double
degrees(double radians)
{
    double angle = radians * 180 / G_PI;
    return angle < 0 ? angle + 360 : angle;
}

static double
cosine(double angle)
{
    return cos(angle * G_PI / 180);
}

static double
mean_hue(double h1, double h2)
{
    if (fabs(h1 - h2) <= 180)
        return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double
hue_step(double h1, double h2)
{
    double step = h2 - h1;
    return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

/* Source: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula" (2005). */
static double
ciede2000(Triple p, Triple q)
{
    double chroma = pow((hypot(p.y, p.z) + hypot(q.y, q.z)) / 2, 7);
    double g = (1 - sqrt(chroma / (chroma + POW7_25))) / 2;
    double a1 = p.y * (1 + g);
    double a2 = q.y * (1 + g);
    double c1 = hypot(a1, p.z);
    double c2 = hypot(a2, q.z);
    double h1 = degrees(atan2(p.z, a1));
    double h2 = degrees(atan2(q.z, a2));
    double mean_l = (p.x + q.x) / 2;
    double mean_c = (c1 + c2) / 2;
    double mean_h = mean_hue(h1, h2);
    double t = 1 - 0.17 * cosine(mean_h - 30) + 0.24 * cosine(2 * mean_h) +
               0.32 * cosine(3 * mean_h + 6) - 0.20 * cosine(4 * mean_h - 63);
    double off_50 = (mean_l - 50) * (mean_l - 50);
    double l = (q.x - p.x) / (1 + 0.015 * off_50 / sqrt(20 + off_50));
    double c = (c2 - c1) / (1 + 0.045 * mean_c);
    double h =
        2 * sqrt(c1 * c2) * sin(hue_step(h1, h2) / 2 * G_PI / 180) / (1 + 0.015 * mean_c * t);
    double turn = 60 * exp(-pow((mean_h - 275) / 25, 2));
    double rotation =
        -2 * sqrt(pow(mean_c, 7) / (pow(mean_c, 7) + POW7_25)) * sin(turn * G_PI / 180);
    return sqrt(l * l + c * c + h * h + rotation * c * h);
}

double
colour_difference(const char *a, const char *b, Eyes eyes)
{
    return ciede2000(lab(a, eyes), lab(b, eyes));
}
