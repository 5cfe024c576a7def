/* Answering requests: the probe's handles and what is done with them. */
#pragma once

#include "core/wire.h"

/**
 * ml_serve: carry out one request.
 * @sink: the walk's collector, in shared memory
 * @ret_reply: (out): status 0 or -errno
 */
void ml_serve(const MlWireRequest *request, MlWalkSink *sink, MlWireReply *ret_reply);
