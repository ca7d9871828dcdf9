#include "http/request.h"

#include "base/memory.h"
#include "http/batch_job.h"

struct request *request_new(struct server *server, struct MHD_Connection *connection,
                            const char *raw)
{
    struct request *request = memory_allocate_zeroed(1, sizeof *request);
    struct slice target = slice_of_string(raw);
    if (!request)
        return NULL;
    *request = (struct request){.server = server, .connection = connection, .raw = raw};
    request->fault = target_check(target);
    request->text_size = request->fault == TARGET_GOOD ? target.size : 0;
    request->text = memory_allocate(request->text_size + 1);
    if (!request->text) {
        memory_free(request);
        return NULL;
    }
    memcpy(request->text, target.data ? target.data : "", request->text_size);
    request->text[request->text_size] = '\0';
    target_read(&request->target, request->text, request->text_size);
    return request;
}

void request_free(struct request *request)
{
    if (!request)
        return;
    batch_job_unref(request->batch);
    generation_unref(request->generation);
    bytes_release(&request->body);
    memory_free(request->text);
    memory_free(request);
}
