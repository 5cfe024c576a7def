#include "diagram/png.h"

#include <gio/gio.h>
#include <string.h>

#define SIGNATURE "\x89PNG\r\n\x1a\n"
#define CRC_POLYNOMIAL 0xedb88320u /* Source: PNG specification, annex D */
#define COLOUR_RGB 2
#define COLOUR_RGBA 6
#define DEPTH 8
#define LEVEL 6
#define NO_FILTER 0
#define OPAQUE 255u

static guint32
crc(guint32 sum, const guint8 *data, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        sum ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? CRC_POLYNOMIAL : 0);
    }
    return sum;
}

static void
append_number(GByteArray *out, guint32 number)
{
    guint32 big_endian = GUINT32_TO_BE(number);
    g_byte_array_append(out, (const guint8 *)&big_endian, sizeof big_endian);
}

/* @type: four letters */
static void
append_chunk(GByteArray *out, const char *type, const guint8 *data, gsize length)
{
    const guint8 *letters = (const guint8 *)type;
    append_number(out, (guint32)length);
    g_byte_array_append(out, letters, 4);
    if (length > 0)
        g_byte_array_append(out, data, (guint)length);
    append_number(out, ~crc(crc(G_MAXUINT32, letters, 4), data, length));
}

static guint8
straight(guint32 premultiplied, guint32 alpha)
{
    return (guint8)((premultiplied * OPAQUE + alpha / 2) / alpha);
}

/* cairo keeps a pixel as one number, its colours multiplied by their alpha. */
static guint8 *
put_pixel(guint8 *to, guint32 pixel, gboolean has_alpha)
{
    guint32 alpha = has_alpha ? pixel >> 24 : OPAQUE;
    for (int shift = 16; shift >= 0; shift -= 8)
        *to++ = alpha > 0 ? straight(pixel >> shift & 0xff, alpha) : 0;
    if (has_alpha)
        *to++ = (guint8)alpha;
    return to;
}

/* Row by row into memory, which never fails. */
static GBytes *
deflate(cairo_surface_t *image, gboolean has_alpha)
{
    int width = cairo_image_surface_get_width(image);
    int height = cairo_image_surface_get_height(image);
    gsize stride = (gsize)cairo_image_surface_get_stride(image);
    const guint8 *pixels = cairo_image_surface_get_data(image);
    gsize row_bytes = 1 + (gsize)width * (has_alpha ? 4 : 3);
    g_autofree guint8 *row = g_malloc(row_bytes);
    g_autoptr(GZlibCompressor) zlib = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(zlib));
    row[0] = NO_FILTER;
    for (int y = 0; y < height; y++) {
        guint8 *to = row + 1;
        for (int x = 0; x < width; x++) {
            guint32 pixel;
            memcpy(&pixel, pixels + (gsize)y * stride + (gsize)x * sizeof pixel, sizeof pixel);
            to = put_pixel(to, pixel, has_alpha);
        }
        g_output_stream_write_all(stream, row, row_bytes, NULL, NULL, NULL);
    }
    g_output_stream_close(stream, NULL, NULL);
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

GBytes *
ml_png_encode(cairo_surface_t *image)
{
    gboolean has_alpha = cairo_image_surface_get_format(image) == CAIRO_FORMAT_ARGB32;
    GByteArray *out = g_byte_array_new();
    g_autoptr(GByteArray) header = g_byte_array_new();
    append_number(header, (guint32)cairo_image_surface_get_width(image));
    append_number(header, (guint32)cairo_image_surface_get_height(image));
    const guint8 form[] = { DEPTH, has_alpha ? COLOUR_RGBA : COLOUR_RGB, 0, 0, 0 };
    g_byte_array_append(header, form, sizeof form);
    cairo_surface_flush(image);
    g_autoptr(GBytes) packed = deflate(image, has_alpha);
    g_byte_array_append(out, (const guint8 *)SIGNATURE, strlen(SIGNATURE));
    append_chunk(out, "IHDR", header->data, header->len);
    append_chunk(out, "IDAT", g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));
    append_chunk(out, "IEND", NULL, 0);
    return g_byte_array_free_to_bytes(out);
}
