/* memlab: the front end's main(). */
#include <locale.h>
#include <signal.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/output.h"
#include "config.h"
#include "term/term.h"

int
main(int argc, char **argv)
{
    ml_term_reserve_standard(); /* first: a closed standard stream must not become our next file */
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* one spelling of numbers everywhere */
    signal(SIGPIPE, SIG_DFL);   /* `memlab … | head` ends quietly */
    signal(SIGXFSZ, SIG_IGN);   /* a limit on file size is a fault to report, as a full disk is */

    g_autoptr(GError) error = NULL;
    int status;
    if (argc > 1 && g_str_equal(argv[1], "--version"))
        status = ml_output("memlab " ML_VERSION "\n", &error) ? 0 : ML_ERROR_SURROUNDINGS;
    else
        status = ml_command_dispatch(argc - 1, argv + 1, &error);
    if (error == NULL)
        return status;
    ml_message("%s", error->message);
    return ml_error_status(error);
}
