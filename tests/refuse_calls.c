/* Runs a command from which the kernel refuses some system calls, as a container's profile may do.
 *
 * Usage: refuse_calls CALL[,CALL…] COMMAND…   CALL: personality, pagemap-scan, pagemap */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_RULES = 64 };
#define PAGEMAP_SCAN 0xc0606610u /* _IOWR('f', 16, 96 bytes) */

/* A rule looks at the call's number and at one 32-bit word of its arguments. */
#define WORD(argument, half) (offsetof(struct seccomp_data, args[argument]) + 4 * (half))

static const struct {
    const char *name;
    long call;
    unsigned word;   /* where to look, in struct seccomp_data */
    unsigned value;  /* refused where it is this, */
    unsigned unless; /* or, where this is 1, where it is anything else */
} known[] = {
    { "personality", SYS_personality, offsetof(struct seccomp_data, nr), SYS_personality, 0 },
    { "pagemap-scan", SYS_ioctl, WORD(1, 0), PAGEMAP_SCAN, 0 },
    /* Only pagemap is read so far from its start. */
    { "pagemap", SYS_pread64, WORD(3, 1), 0, 1 },
};

static struct sock_filter rules[MAX_RULES];
static unsigned short n_rules;

static void
add(struct sock_filter rule)
{
    rules[n_rules++] = rule;
}

static void
refuse(size_t i)
{
    const unsigned number = offsetof(struct seccomp_data, nr);
    unsigned char if_same = known[i].unless ? 1 : 0;
    unsigned char if_other = known[i].unless ? 0 : 1;
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)known[i].call, 0, 3));
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, known[i].word));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, known[i].value, if_same, if_other));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
}

static int
refuse_named(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        refuse(i);
        return 0;
    }
    fprintf(stderr, "refuse_calls: unknown call '%s'\n", name);
    return 1;
}

int
main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: refuse_calls CALL[,CALL…] COMMAND…\n", stderr);
        return 2;
    }
    for (char *rest = argv[1], *name; (name = strsep(&rest, ",")) != NULL;)
        if (refuse_named(name) != 0)
            return 2;
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    struct sock_fprog program = { .len = n_rules, .filter = rules };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        perror("refuse_calls");
        return 3;
    }
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}
