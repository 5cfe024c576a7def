/* Where a fact was made: what about a machine a figure may depend on. */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct {
    char *kernel;
    char *libc;
    char *malloc_name; /* who answered malloc ("jemalloc 5.3.0"); of a model the allocator's name */
    char *glib;
    char *rss_source;
    char *thp;
    guint64 page_bytes;
} MlEnvironment;

/**
 * ml_environment_fill: this machine, now.
 * @libc: (nullable): as the probe says; NULL: the front end's own
 * @ret_environment: (out caller-allocates): to be cleared
 */
void ml_environment_fill(const char *libc, const char *malloc_name, MlEnvironment *ret_environment);

/**
 * ml_environment_copy: the same, owned by somebody else.
 */
void ml_environment_copy(const MlEnvironment *environment, MlEnvironment *ret_environment);
void ml_environment_clear(MlEnvironment *environment);

/**
 * ml_environment_to_json: Returns: (transfer full).
 */
json_t *ml_environment_to_json(const MlEnvironment *environment);

/**
 * ml_environment_from_json: the member "environment" of @fact.
 *
 * Errors: ML_ERROR_INPUT, as facts/json_read.h has it.
 */
void ml_environment_from_json(const json_t *fact, MlEnvironment *ret_environment, GError **error);
