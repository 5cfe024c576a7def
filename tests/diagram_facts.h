/* Facts made by hand for the tests of the pictures: no process was built for them.  The sizes are
 * those of glibc (an 8 B field, steps of 16, at least 32 B) or of an allocator with size classes
 * and no field. */
#pragma once

#include <math.h>

#include "diagram/kind.h"

/* cmocka compares floats; lengths and bytes are doubles. */
#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) <= (tolerance))

typedef struct {
    guint64 n;
    gboolean bare;      /* box=bare */
    gboolean classes;   /* an allocator with size classes: no size field */
    gboolean scattered; /* boxes do not touch */
    gboolean shuffled;  /* boxes in another order than their slots */
    gboolean model;     /* the ledger is a model's */
    gint64 unexplained; /* bytes; the ledger is measured */
} FakeBoxed;

/**
 * fake_boxed_walk, fake_boxed_ledger: a boxed array of fake->n elements.
 *
 * Returns: (transfer full).
 */
MlWalk *fake_boxed_walk(const FakeBoxed *fake);
MlLedger *fake_boxed_ledger(const FakeBoxed *fake);

/* A boxed array as a picture is drawn from it. */
typedef struct {
    MlWalk *walk;
    MlLedger *ledger;
    const MlLedger *ledgers[1];
    MlDiagramFacts facts;
} FakeFacts;

void fake_facts_init(FakeFacts *fake, const FakeBoxed *boxed);
void fake_facts_clear(FakeFacts *fake);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeFacts, fake_facts_clear)

/* How much room a layout may be given. */
typedef struct {
    const char *size;
    gboolean large;
} Room;

#define N_ROOMS 8
extern const Room rooms[N_ROOMS]; /* the first is a slide */

/**
 * room_scene: an empty scene of that size.
 *
 * Returns: (transfer full).
 */
MlScene *room_scene(const Room *room, const char *id, MlMetrics *metrics);

/**
 * fallback_metrics: texts are set in the fall-back fonts.  Returns: (transfer full) (nullable).
 */
MlMetrics *fallback_metrics(void);

/* For a group of tests whose state is the MlMetrics of memlab's own fonts. */
int read_fonts(void **state);
int drop_fonts(void **state);

/**
 * scene_texts: how many texts of a scene read exactly so.
 */
guint scene_texts(const MlScene *scene, const char *string);

#define FAKE_LEDGERS 6

/* Six structures side by side, the packed array first and the dearest last. */
typedef struct {
    MlLedger *ledger[FAKE_LEDGERS];
    const MlLedger *ledgers[FAKE_LEDGERS];
    MlDiagramFacts facts;
} FakeLedgers;

/**
 * fake_ledgers_init: six ledgers of n elements.
 * @model: of a model, else measured, each with so many @unexplained bytes
 */
void fake_ledgers_init(FakeLedgers *fake, guint64 n, gboolean model, gint64 unexplained);
void fake_ledgers_clear(FakeLedgers *fake);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeLedgers, fake_ledgers_clear)
