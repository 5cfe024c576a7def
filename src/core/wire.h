/* What front end and probe say to each other.
 *
 * One request, one reply, each a fixed struct in one datagram of a SOCK_SEQPACKET pair; both
 * programs are built together, and the version is checked all the same.  File descriptors that the
 * probe inherits: the socket, the walk's shared memory and, where memlab-record.so is preloaded,
 * its record (core/record.h). */
#pragma once

#include <stdint.h>

#include "core/structure.h"

#define ML_WIRE_VERSION 3
#define ML_WIRE_SOCKET_FD 3
#define ML_WIRE_WALK_FD 4
#define ML_WIRE_RECORD_FD 5
#define ML_WIRE_NAME_SIZE 32
#define ML_WIRE_MAX_HANDLES 256

/* Elements of every structure that a probe builds before it says hello. */
#define ML_WIRE_WARM_UP 4

/**
 * ml_wire_census_offset: where in the shared memory a census begins: a page behind the sink.
 */
static inline uint64_t
ml_wire_census_offset(uint64_t page_bytes)
{
    return (sizeof(MlWalkSink) + page_bytes - 1) / page_bytes * page_bytes;
}

typedef enum {
    ML_OP_HELLO = 1, /* touch all that a later request touches; reply: who answers malloc */
    ML_OP_SETTLE,    /* give free memory back to the kernel */
    ML_OP_BUILD,     /* structure, n, options → handle */
    ML_OP_WALK, /* handle, n = bytes of a census in the shared memory, or 0 → totals, samples */
    ML_OP_SUM,  /* handle → value */
    ML_OP_GET,  /* handle, n = index → element */
    ML_OP_PUT,  /* handle, n = index, value */
    ML_OP_DESTROY, /* handle */
    ML_OP_LOOK_UP, /* handle, n = look-ups at most, value: 0 in order, 1 random → value: done */
    ML_OP_TOUCH,   /* n = fresh pages to write, one byte each */
} MlOp;

typedef struct {
    uint32_t version;
    uint32_t op; /* MlOp */
    uint32_t handle;
    uint64_t n;
    int64_t value;
    char structure[ML_WIRE_NAME_SIZE];
    MlOptions options;
} MlWireRequest;

typedef struct {
    uint32_t version;
    int32_t status; /* 0, or -errno */
    uint32_t handle;
    uint64_t nanoseconds; /* of the operation itself, monotonic */
    uint64_t page_faults; /* minor ones, of the operation itself */
    int64_t value;
    MlElement element;
    char libc[ML_WIRE_NAME_SIZE];      /* HELLO: "glibc 2.36" */
    char allocator[ML_WIRE_NAME_SIZE]; /* HELLO: what answers malloc: "jemalloc 5.3.0" */
} MlWireReply;
