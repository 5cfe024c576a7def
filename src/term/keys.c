#include "term/keys.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "term/guard.h"

#define BUFFER_SIZE 64
#define ESCAPE_MILLISECONDS 50 /* what follows an Esc within this time is a sequence */
#define FOREVER (-1)

#define CONTROL(letter) ((letter)&0x1f)
#define ESCAPE 0x1b
#define DELETE 0x7f

struct MlKeys {
    int fd;
    gsize n_bytes; /* read and not yet decoded */
    guchar bytes[BUFFER_SIZE];
};

typedef enum { WAIT_BYTES, WAIT_EVENT, WAIT_TIMEOUT, WAIT_HUNG_UP } WaitResult;

/* Waits until more bytes are in the buffer, or something else happens. */
static WaitResult
wait_for_bytes(MlKeys *keys, int milliseconds)
{
    struct pollfd sources[] = {
        { .fd = keys->fd, .events = POLLIN },
        { .fd = ml_guard_event_fd(), .events = POLLIN },
    };
    int n_ready;
    ssize_t n;

    do
        n_ready = poll(sources, G_N_ELEMENTS(sources), milliseconds);
    while (n_ready < 0 && errno == EINTR);
    if (n_ready == 0)
        return WAIT_TIMEOUT;
    if (n_ready > 0 && sources[1].revents != 0)
        return WAIT_EVENT;
    do
        n = read(keys->fd, keys->bytes + keys->n_bytes, BUFFER_SIZE - keys->n_bytes);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return WAIT_HUNG_UP;
    keys->n_bytes += (gsize)n;
    return WAIT_BYTES;
}

static MlKeyKind
control_key(guchar byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return ML_KEY_ENTER;
    case '\b':
    case DELETE:
        return ML_KEY_BACKSPACE;
    case CONTROL('U'):
        return ML_KEY_ERASE_LINE;
    case CONTROL('D'):
        return ML_KEY_END;
    default:
        return ML_KEY_OTHER;
    }
}

static MlKeyKind
sequence_key(const guchar *sequence, gsize length)
{
    static const struct {
        const char *sequence;
        MlKeyKind kind;
    } known[] = {
        { "\x1b[A", ML_KEY_UP },
        { "\x1b[B", ML_KEY_DOWN },
        { "\x1bOA", ML_KEY_UP },
        { "\x1bOB", ML_KEY_DOWN },
        { "\x1b[5~", ML_KEY_PAGE_UP },
        { "\x1b[6~", ML_KEY_PAGE_DOWN },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        if (strlen(known[i].sequence) == length && memcmp(known[i].sequence, sequence, length) == 0)
            return known[i].kind;
    }
    return ML_KEY_OTHER;
}

/* The length of the escape sequence at the beginning; 0 where its end is not there yet. */
static gsize
sequence_length(const guchar *bytes, gsize n_bytes)
{
    if (n_bytes < 2)
        return 0;
    if (bytes[1] == ESCAPE)
        return 1; /* two keys */
    if (bytes[1] == 'O')
        return n_bytes < 3 ? 0 : 3;
    if (bytes[1] != '[')
        return 2; /* Alt and a key */
    for (gsize i = 2; i < n_bytes; i++) {
        if (bytes[i] >= '@' && bytes[i] <= '~')
            return i + 1;
    }
    return 0;
}

static gsize
decode_escape(const guchar *bytes, gsize n_bytes, gboolean complete, MlKey *ret_key)
{
    gsize length = sequence_length(bytes, n_bytes);

    if (length == 0 && complete)
        length = n_bytes;
    ret_key->kind = length == 1 ? ML_KEY_ESCAPE : sequence_key(bytes, length);
    return length;
}

static gsize
decode_character(const guchar *bytes, gsize n_bytes, gboolean complete, MlKey *ret_key)
{
    gunichar c = g_utf8_get_char_validated((const char *)bytes, (gssize)n_bytes);

    if (c == (gunichar)-2 && !complete)
        return 0;
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        ret_key->kind = ML_KEY_OTHER;
        return 1;
    }
    if (g_unichar_isprint(c))
        *ret_key = (MlKey){ .kind = ML_KEY_CHARACTER, .character = c };
    else
        ret_key->kind = ML_KEY_OTHER;
    return (gsize)g_unichar_to_utf8(c, NULL);
}

/* The first key in the buffer.  @complete: nothing that belongs to it is still to come.
 * Returns: how many bytes it took; 0 where it is not complete. */
static gsize
decode(const MlKeys *keys, gboolean complete, MlKey *ret_key)
{
    guchar first = keys->bytes[0];

    *ret_key = (MlKey){ .kind = ML_KEY_OTHER };
    if (keys->n_bytes == 0)
        return 0;
    if (first == ESCAPE)
        return decode_escape(keys->bytes, keys->n_bytes, complete, ret_key);
    if (first >= ' ' && first != DELETE)
        return decode_character(keys->bytes, keys->n_bytes, complete, ret_key);
    ret_key->kind = control_key(first);
    return 1;
}

MlKeys *
ml_keys_open(int fd, GError **error)
{
    if (!ml_guard_enter(fd, error))
        return NULL;
    MlKeys *keys = g_new0(MlKeys, 1);
    keys->fd = fd;
    return keys;
}

void
ml_keys_close(MlKeys *keys)
{
    if (keys == NULL)
        return;
    ml_guard_leave();
    g_free(keys);
}

MlKey
ml_keys_read(MlKeys *keys)
{
    MlKey key;
    gsize used = decode(keys, FALSE, &key);

    while (used == 0) {
        gboolean begun = keys->n_bytes > 0;
        WaitResult result = wait_for_bytes(keys, begun ? ESCAPE_MILLISECONDS : FOREVER);
        if (!begun && result == WAIT_EVENT) {
            ml_guard_take_event();
            return (MlKey){ .kind = ML_KEY_REPAINT };
        }
        if (!begun && result == WAIT_HUNG_UP)
            return (MlKey){ .kind = ML_KEY_END };
        used = decode(keys, result != WAIT_BYTES || keys->n_bytes == BUFFER_SIZE, &key);
    }
    keys->n_bytes -= used;
    memmove(keys->bytes, keys->bytes + used, keys->n_bytes);
    return key;
}

void
ml_keys_forget(MlKeys *keys)
{
    tcflush(keys->fd, TCIFLUSH);
    keys->n_bytes = 0;
}
