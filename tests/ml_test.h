/* cmocka's header wants these four first, in this order; include it only through this file. */
#pragma once

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* cmocka 1.1.5 writes "not ok # SKIP", a failure to whoever reads TAP: return from a case that does
 * not apply. */
#undef skip
