/* The loop of boxed_array.c with nothing around it: no probe, no memlab.  Builds N boxes, reads its
 * own RssAnon before and after, and prints the difference in bytes, and the loop's nanoseconds.
 *
 * Usage: bare_boxed N */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct box {
    int64_t refs;
    const void *type;
    int64_t value;
};

static char status[8192]; /* not on the heap, and touched before it counts */

/* Bytes; 0 where the kernel does not say. */
static long
read_rss_anon(void)
{
    static const char name[] = "RssAnon:";
    int fd = open("/proc/self/status", O_RDONLY);
    ssize_t length = fd >= 0 ? read(fd, status, sizeof status - 1) : 0;
    if (fd >= 0)
        close(fd);
    status[length > 0 ? length : 0] = '\0';
    const char *line = strstr(status, name);
    return line != NULL ? strtol(line + sizeof name - 1, NULL, 10) * 1024 : 0;
}

static long
nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

int
main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    read_rss_anon();
    long before = read_rss_anon();
    long start = nanoseconds();
    struct box **a = malloc(n * sizeof *a);
    if (a == NULL)
        return 1;
    for (size_t i = 0; i < n; i++) {
        a[i] = malloc(sizeof **a);
        if (a[i] == NULL)
            return 1;
        *a[i] = (struct box){ .refs = 1, .type = "int", .value = (int64_t)i };
    }
    long taken = nanoseconds() - start;
    long after = read_rss_anon();
    printf("%ld %ld\n", after - before, taken);
    for (size_t i = 0; i < n; i++)
        free(a[i]);
    free(a);
    return 0;
}
