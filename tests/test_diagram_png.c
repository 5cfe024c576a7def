/* PNG files, read back by another's reader. */
#include "ml_test.h"

#include <string.h>

#include "diagram/png.h"

typedef struct {
    const guint8 *at;
    gsize left;
} Reader;

static cairo_status_t
read_bytes(void *closure, unsigned char *data, unsigned int length)
{
    Reader *reader = closure;
    if (length > reader->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, reader->at, length);
    reader->at += length;
    reader->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
decode(GBytes *bytes)
{
    Reader reader = { 0 };
    reader.at = g_bytes_get_data(bytes, &reader.left);
    return cairo_image_surface_create_from_png_stream(read_bytes, &reader);
}

static guint32
pixel_at(cairo_surface_t *image, int x, int y)
{
    guint32 pixel;
    gsize stride = (gsize)cairo_image_surface_get_stride(image);
    memcpy(&pixel,
        cairo_image_surface_get_data(image) + (gsize)y * stride + (gsize)x * sizeof pixel,
        sizeof pixel);
    return pixel;
}

/* Colours of all sorts, premultiplied where they have an alpha. */
static cairo_surface_t *
paint(cairo_format_t format, int width, int height)
{
    cairo_surface_t *image = cairo_image_surface_create(format, width, height);
    gsize stride = (gsize)cairo_image_surface_get_stride(image);
    cairo_surface_flush(image);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            guint32 alpha = format == CAIRO_FORMAT_ARGB32 ? (guint32)(x * 37 + y) & 0xff : 0xff;
            guint32 pixel = alpha;
            for (int channel = 1; channel <= 3; channel++)
                pixel = pixel << 8 | ((guint32)(x * channel * 5 + y * 11) & 0xff) * alpha / 0xff;
            memcpy(
                cairo_image_surface_get_data(image) + (gsize)y * stride + (gsize)x * sizeof pixel,
                &pixel,
                sizeof pixel);
        }
    cairo_surface_mark_dirty(image);
    return image;
}

/* Multiplied and divided, a colour may be off by one. */
static void
assert_same_pixel(guint32 a, guint32 b, gboolean has_alpha)
{
    for (int shift = 0; shift < (has_alpha ? 32 : 24); shift += 8)
        assert_true(ABS((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) <= has_alpha);
}

static void
assert_read_back(cairo_format_t format, int width, int height)
{
    cairo_surface_t *image = paint(format, width, height);
    g_autoptr(GBytes) bytes = ml_png_encode(image);
    cairo_surface_t *again = decode(bytes);
    assert_int_equal(cairo_surface_status(again), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_format(again), format);
    assert_int_equal(cairo_image_surface_get_width(again), width);
    assert_int_equal(cairo_image_surface_get_height(again), height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            assert_same_pixel(
                pixel_at(image, x, y), pixel_at(again, x, y), format == CAIRO_FORMAT_ARGB32);
    cairo_surface_destroy(image);
    cairo_surface_destroy(again);
}

static void
what_is_written_is_read_back(void **state)
{
    static const struct {
        int width, height;
    } sizes[] = { { 1, 1 }, { 3, 2 }, { 255, 7 }, { 640, 360 } };
    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        assert_read_back(CAIRO_FORMAT_RGB24, sizes[i].width, sizes[i].height);
        assert_read_back(CAIRO_FORMAT_ARGB32, sizes[i].width, sizes[i].height);
    }
}

/* Each chunk has its checksum: a reader sees what was changed on the way. */
static void
a_changed_byte_is_seen(void **state)
{
    cairo_surface_t *image = paint(CAIRO_FORMAT_RGB24, 40, 30);
    g_autoptr(GBytes) bytes = ml_png_encode(image);
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    for (gsize at = 0; at + 12 < length; at += 7) { /* the end's letters need not be right */
        g_autofree guint8 *changed = g_memdup2(data, length);
        changed[at] ^= 0x10;
        g_autoptr(GBytes) spoilt = g_bytes_new(changed, length);
        cairo_surface_t *again = decode(spoilt);
        if (cairo_surface_status(again) == CAIRO_STATUS_SUCCESS)
            fail_msg("byte %zu of %zu may be anything", at, length);
        cairo_surface_destroy(again);
    }
    cairo_surface_destroy(image);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_changed_byte_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
