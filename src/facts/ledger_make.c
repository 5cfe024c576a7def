#include "facts/make.h"

#include "measure/capacity.h"
#include "model/compute.h"

/* The row of what malloc holds beyond live blocks. */
#define STOCK_NAME "malloc's stock"

/* --- model ------------------------------------------------------------------------------------ */

static void
fill_names(MlLedger *ledger, const MlStructure *structure, const MlOptions *options, guint64 n)
{
    ledger->structure = g_strdup(structure->name);
    ledger->title = g_strdup(structure->title);
    ledger->element = g_strdup(structure->element);
    ledger->n = n;
    ml_fact_options_fill(structure, options, &ledger->options);
}

static void
fill_part(MlLedgerPart *part, const char *name, const MlModelPart *model)
{
    const MlPartCost *cost = &model->cost;
    part->name = g_strdup(name);
    part->blocks = cost->blocks;
    part->requested = cost->requested;
    part->usable = cost->usable;
    part->allocated = cost->usable + cost->field;
    part->reserved = part->allocated;
    for (int role = 0; role < ML_N_ROLES; role++)
        part->role[role].model = model->role[role];
    part->field.model = model->field;
    part->rounding.model = model->rounding;
}

static void
fill_rulers(MlLedger *ledger, const MlCost *cost)
{
    MlRulers *rulers = &ledger->model_rulers;
    for (guint i = 0; i < ledger->n_parts; i++) {
        rulers->requested += ledger->parts[i].requested;
        rulers->usable += ledger->parts[i].usable;
        rulers->allocated += ledger->parts[i].allocated;
    }
    rulers->reserved = cost->reserved;
    rulers->resident = cost->resident;
    ledger->rulers = *rulers;
}

static void
fill_model(MlLedger *ledger, const MlModel *model, const MlAllocator *allocator)
{
    ledger->allocator = g_strdup(allocator->name);
    for (guint i = 0; i < model->n_parts; i++)
        fill_part(&ledger->parts[i], model->plan.parts[i].name, &model->part[i]);
    MlLedgerPart *stock = &ledger->parts[model->n_parts];
    stock->name = g_strdup(STOCK_NAME);
    stock->allocated = stock->reserved = model->cost.stock;
    stock->stock.model = stock->role[ML_ROLE_ALLOCATOR].model = model->cost.stock;
    ledger->n_parts = model->n_parts + 1;
    fill_rulers(ledger, &model->cost);
    ledger->model_bytes = model->cost.resident;
    ledger->model_peak_bytes = model->cost.peak;
    ledger->slots = model->plan.slots;
    ledger->capacity = model->plan.capacity;
    ledger->max_load = model->plan.max_load;
}

static MlLedger *
compute(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    gboolean counts,
    GError **error)
{
    if (!ml_capacity_check_size(structure, options, n, error))
        return NULL;
    MlLedger *ledger = ml_ledger_new();
    fill_names(ledger, structure, options, n);
    ml_environment_fill(NULL, allocator->name, &ledger->environment);
    g_autofree MlModel *model = g_new(MlModel, 1);
    (counts ? ml_compute_counting : ml_compute)(
        structure, options, n, allocator, ledger->environment.page_bytes, model);
    fill_model(ledger, model, allocator);
    ledger->origin = ML_ORIGIN_MODEL;
    ledger->valid = TRUE;
    return ledger;
}

MlLedger *
ml_ledger_compute(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    GError **error)
{
    return compute(structure, options, n, allocator, TRUE, error);
}

MlLedger *
ml_ledger_estimate(const MlStructure *structure,
    const MlOptions *options,
    guint64 n,
    const MlAllocator *allocator,
    GError **error)
{
    return compute(structure, options, n, allocator, FALSE, error);
}

/* --- measured --------------------------------------------------------------------------------- */

/* One part as the walk found it.  Returns: its resident bytes. */
static guint64
add_measured_part(MlLedgerPart *part, const MlPart *kind, const MlMeasuredPart *measured)
{
    uint64_t role[ML_N_ROLES];
    ml_part_roles(kind, measured->requested, measured->used, role);
    role[ML_ROLE_UNUSED] -= MIN(measured->absent, role[ML_ROLE_UNUSED]);
    part->blocks = measured->blocks;
    part->requested = measured->requested;
    part->usable = measured->usable;
    part->allocated = part->reserved = measured->usable + measured->field;
    part->field.measured = measured->field;
    part->rounding.measured = measured->usable - measured->requested - measured->absent_rounding;
    role[ML_ROLE_ALLOCATOR] = part->field.measured + part->rounding.measured;
    guint64 resident = 0;
    for (int i = 0; i < ML_N_ROLES; i++) {
        part->role[i].measured = role[i];
        resident += role[i];
    }
    return resident;
}

/* Where pages cannot be read: what live blocks have and the process does not hold is their spare
 * room.  Returns: bytes taken away, at most @bytes. */
static guint64
take_from_unused(MlLedger *ledger, guint64 bytes)
{
    guint64 left = bytes;
    for (guint i = 0; i < ledger->n_parts; i++) {
        guint64 *unused = &ledger->parts[i].role[ML_ROLE_UNUSED].measured;
        guint64 taken = MIN(*unused, left);
        *unused -= taken;
        left -= taken;
    }
    return bytes - left;
}

/* Whatever resident bytes lie outside live blocks are malloc's.  Blocks may begin on a page that
 * was resident before; where they are all that there is, that can be a few bytes more than new. */
static void
add_measured(MlLedger *ledger, const MlMeasurement *measurement, const MlPart *kinds)
{
    MlRulers *rulers = &ledger->rulers;
    *rulers = (MlRulers){ .reserved = ledger->model_rulers.reserved };
    guint64 in_blocks = 0;
    for (guint i = 0; i < measurement->n_parts; i++) {
        MlLedgerPart *part = &ledger->parts[i];
        in_blocks += add_measured_part(part, &kinds[i], &measurement->part[i]);
        rulers->requested += part->requested;
        rulers->usable += part->usable;
        rulers->allocated += part->allocated;
    }
    MlLedgerPart *stock = &ledger->parts[ledger->n_parts - 1];
    guint64 total = (guint64)MAX(measurement->bytes, 0);
    if (!measurement->attribution.is_known && in_blocks > total)
        in_blocks -= take_from_unused(ledger, in_blocks - total);
    stock->stock.measured = total > in_blocks ? total - in_blocks : 0;
    stock->role[ML_ROLE_ALLOCATOR].measured = stock->stock.measured;
    stock->allocated = stock->reserved = stock->stock.measured;
    rulers->allocated += stock->allocated;
    rulers->resident = total;
}

MlLedger *
ml_ledger_measure(const MlMeasureRequest *request, MlWalk **ret_walk, GError **error)
{
    g_autoptr(MlMeasurement) measurement = ml_measure(request, error);
    if (measurement == NULL)
        return NULL;
    const MlAllocator *allocator =
        request->allocator != NULL ? request->allocator : ml_allocator_default();
    MlLedger *ledger =
        ml_ledger_compute(request->structure, &request->options, request->n, allocator, error);
    if (ledger == NULL)
        return NULL;
    MlPart kinds[ML_MAX_PARTS];
    request->structure->parts(request->n, &request->options, kinds);
    add_measured(ledger, measurement, kinds);

    ledger->origin = ML_ORIGIN_MEASURED;
    ledger->measured_bytes = measurement->bytes;
    ledger->raw_bytes = measurement->raw_bytes;
    ledger->held_back_bytes = measurement->held_back_bytes;
    ledger->attribution = measurement->attribution;
    ledger->peak_bytes = measurement->peak_bytes;
    ledger->peak_is_exact = measurement->peak_is_exact;
    ledger->kernel_peak_bytes = measurement->kernel_peak_bytes;
    ledger->base_rss_bytes = measurement->base_rss_bytes;
    ledger->total_rss_bytes = measurement->total_rss_bytes;
    ledger->seconds = measurement->seconds;
    ledger->repeats = measurement->repeats;
    ledger->spread_bytes = measurement->spread_bytes;
    ledger->valid = measurement->invalid_reason == NULL;
    ledger->invalid_reason = g_strdup(measurement->invalid_reason);
    ledger->notes = g_strdup(measurement->notes);
    ml_environment_clear(&ledger->environment);
    ml_environment_fill(measurement->libc, measurement->malloc_name, &ledger->environment);
    if (ret_walk != NULL) {
        *ret_walk = ml_walk_from_sink(
            request->structure, &request->options, request->n, allocator, measurement->walk);
        (*ret_walk)->pages = g_steal_pointer(&measurement->page_map);
    }
    return ledger;
}
