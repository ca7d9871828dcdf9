/* What can be searched here. */
#include "base/json_write.h"
#include "http/respond.h"
#include "http/routes.h"

static void write_verified(struct json_writer *w, int verified)
{
    json_key(w, "verified");
    if (verified == VERIFY_RUNNING)
        json_null(w);
    else
        json_bool(w, verified == VERIFY_WHOLE);
}

static void write_served(struct json_writer *w, struct served *served, bool first)
{
    const struct searcher_info *info = &served->info;
    json_begin_object(w);
    json_key(w, "name");
    json_string(w, slice_of_string(served->name));
    json_key(w, "default");
    json_bool(w, first);
    json_key(w, "checksum");
    json_string(w, slice_of_string(info->checksum));
    json_key(w, "articles");
    json_uint(w, info->articles);
    json_key(w, "words");
    json_uint(w, info->words);
    json_key(w, "bytes");
    json_uint(w, info->file_bytes);
    json_key(w, "files");
    json_uint(w, info->files);
    json_key(w, "has_text");
    json_bool(w, info->has_text);
    write_verified(w, served->verified);
    json_end_object(w);
}

enum MHD_Result route_indexes(struct request *request)
{
    const struct generation *generation = request->generation;
    struct reply reply = {.status = 200, .type = "application/json", .cache = "no-cache"};
    struct json_writer w = {.out = &reply.body};
    json_begin_object(&w);
    json_key(&w, "version");
    json_string(&w, SLICE(VERBATIM_VERSION));
    json_key(&w, "generation");
    json_uint(&w, generation->number);
    json_key(&w, "indexes");
    json_begin_array(&w);
    for (size_t i = 0; i < generation->count; i++)
        write_served(&w, generation->indexes[i], i == 0);
    json_end_array(&w);
    json_end_object(&w);
    bytes_append_string(&reply.body, "\n");
    etag_make(reply.etag, generation->indexes[0]->info.checksum, bytes_slice(&reply.body));
    return respond(request, &reply);
}
