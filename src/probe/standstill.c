#include "probe/standstill.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    STACK_BYTES = 256 * 1024, /* more than any structure's deepest call */
    SMALL = 24,
};

/* The program's own data, from the linker; glibc's start-up code has the first, musl's has not. */
extern char __data_start[] __attribute__((weak));
extern char __bss_start[];
extern char _end[];

static size_t
page_bytes(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

__attribute__((noinline)) static void
touch_stack(void)
{
    volatile char stack[STACK_BYTES];
    size_t page = page_bytes();
    for (size_t i = 0; i < sizeof stack; i += page)
        stack[i] = 0;
    stack[sizeof stack - 1] = 0;
}

static void
touch(uintptr_t address)
{
    volatile char *byte = (volatile char *)address;
    *byte = *byte;
}

static void
touch_data(void)
{
    uintptr_t end = (uintptr_t)_end;
    uintptr_t start = (uintptr_t)__data_start;
    for (uintptr_t at = start != 0 ? start : (uintptr_t)__bss_start; at < end; at += page_bytes())
        touch(at);
    touch(end - 1);
}

void
ml_standstill_prepare(void)
{
    touch_stack();
    touch_data();
    free(malloc(SMALL));
}
