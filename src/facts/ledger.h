/* Ledger: where the bytes of a structure are, model and measured side by side.
 *
 * The table is part × role; sums by role and by part are views of it.  A ledger is a fact: once
 * made, it is only read.  JSON schema: memlab.ledger.1. */
#pragma once

#include <glib.h>
#include <jansson.h>

#include "facts/environment.h"
#include "facts/options.h"
#include "measure/attribution.h"
#include "measure/timing.h"

typedef enum {
    ML_ORIGIN_MODEL,    /* computed; nothing was built */
    ML_ORIGIN_MEASURED, /* read from the kernel about a process that really built it */
    ML_ORIGIN_RECORDED, /* a measurement replayed from a file */
} MlOrigin;

const char *ml_origin_id(MlOrigin origin);

typedef struct {
    guint64 model;
    guint64 measured; /* 0 where nothing was measured */
} MlPair;

/* The five rulers, in bytes. */
typedef struct {
    guint64 requested; /* asked of malloc */
    guint64 usable;    /* what the blocks can hold */
    guint64 allocated; /* what malloc spends: fields, rounding, stock */
    guint64 reserved;  /* address space promised, touched or not */
    guint64 resident;  /* pages the kernel holds */
} MlRulers;

/* One part of the structure, or malloc's stock (the last row, without blocks). */
typedef struct {
    char *name;
    guint64 blocks;
    guint64 requested;
    guint64 usable;
    guint64 allocated;
    guint64 reserved;
    MlPair role[ML_N_ROLES]; /* resident bytes; role[ML_ROLE_UNEXPLAINED] stays 0 */
    MlPair field;            /* what role[ML_ROLE_ALLOCATOR] is made of */
    MlPair rounding;
    MlPair stock;
} MlLedgerPart;

typedef struct {
    char *structure;
    char *title;   /* "boxed array" */
    char *element; /* "pointer → box" */
    MlFactOptions options;
    guint64 n;
    char *allocator; /* "glibc" */
    MlOrigin origin;

    guint n_parts;
    MlLedgerPart parts[ML_MAX_PARTS + 1];
    MlRulers model_rulers;
    MlRulers rulers; /* measured; equal to the model's where nothing was measured */
    guint64 model_bytes;
    guint64 model_peak_bytes;
    guint64 slots;    /* of a hash table; else 0 */
    guint64 capacity; /* elements there is room for; else 0 */
    double max_load;  /* of a hash table; else 0 */

    /* Only where origin is not MODEL. */
    gint64 measured_bytes;  /* settled change of RssAnon, median of the repeats */
    gint64 raw_bytes;       /* the same before settling: as left by the build */
    gint64 held_back_bytes; /* as shipped: what the allocator would give back when pinned; else 0 */
    MlAttribution attribution; /* of the last of the repeats */
    guint64 peak_bytes;        /* the most at any moment of the build */
    gboolean peak_is_exact;    /* else it is the kernel's: up to some 100 pages low */
    guint64 kernel_peak_bytes; /* by VmHWM; 0 where it cannot be had */
    guint64 total_rss_bytes;
    guint64 base_rss_bytes; /* VmRSS before the build */
    double seconds;         /* cold build, median */
    guint repeats;
    guint64 spread_bytes;
    MlTimes times; /* repeats 0: nothing was timed */
    gboolean valid;
    char *invalid_reason; /* (nullable) */
    char *notes;          /* (nullable): what the surroundings refused, one a line */

    MlEnvironment environment;
} MlLedger;

/**
 * ml_ledger_new: an empty ledger, for the one who fills it in.
 */
MlLedger *ml_ledger_new(void);
void ml_ledger_free(MlLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MlLedger, ml_ledger_free)

/**
 * ml_ledger_role: the sum of one role over all parts, bytes.
 */
MlPair ml_ledger_role(const MlLedger *ledger, MlRole role);

/**
 * ml_ledger_part_total: the sum of one part over all roles, bytes.
 */
MlPair ml_ledger_part_total(const MlLedgerPart *part);

/**
 * ml_ledger_find_part: a part by name ("int object" or "int_object").
 *
 * Returns: (transfer none) (nullable).
 */
const MlLedgerPart *ml_ledger_find_part(const MlLedger *ledger, const char *name);

/**
 * ml_ledger_is_measured: whether there is a measured column.
 */
gboolean ml_ledger_is_measured(const MlLedger *ledger);

/**
 * ml_ledger_bytes: the figure to show: measured where there is one (less than nothing is 0), else
 * the model's.
 */
guint64 ml_ledger_bytes(const MlLedger *ledger);

/**
 * ml_ledger_unexplained: measured - model, bytes; 0 where nothing was measured.  What the allocator
 * holds back as shipped has a line of its own, and is not in it.
 */
gint64 ml_ledger_unexplained(const MlLedger *ledger);

/**
 * ml_ledger_per_element: @bytes / n.
 *
 * Returns: NAN where n is 0: printed as "–".
 */
double ml_ledger_per_element(const MlLedger *ledger, double bytes);

/**
 * ml_ledger_to_json: the ledger as schema memlab.ledger.1; bytes are integers.
 *
 * Returns: (transfer full).
 */
json_t *ml_ledger_to_json(const MlLedger *ledger);

/**
 * ml_ledger_from_json: a ledger recorded earlier; its origin becomes RECORDED unless it is a model.
 *
 * Errors: ML_ERROR_INPUT names the key that is missing or of the wrong type.
 * Returns: (transfer full).
 */
MlLedger *ml_ledger_from_json(const json_t *json, GError **error);
