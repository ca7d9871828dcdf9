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
    json_member_string(w, "name", slice_of_string(served->name));
    json_member_bool(w, "default", first);
    json_member_string(w, "checksum", slice_of_string(info->checksum));
    json_member_uint(w, "articles", info->articles);
    json_member_uint(w, "words", info->words);
    json_member_uint(w, "bytes", info->file_bytes);
    json_member_uint(w, "files", info->files);
    json_member_bool(w, "has_text", info->has_text);
    write_verified(w, served->verified);
    json_end_object(w);
}

enum MHD_Result route_indexes(struct request *request)
{
    const struct generation *generation = request->generation;
    struct reply reply = {.status = 200, .type = "application/json", .cache = "no-cache"};
    struct json_writer w = {.out = &reply.body};
    json_begin_object(&w);
    json_member_string(&w, "version", SLICE(VERBATIM_VERSION));
    json_member_uint(&w, "generation", generation->number);
    json_member_array(&w, "indexes");
    for (size_t i = 0; i < generation->count; i++)
        write_served(&w, generation->indexes[i], i == 0);
    json_end_array(&w);
    json_end_object(&w);
    bytes_append_string(&reply.body, "\n");
    etag_make(reply.etag, generation->indexes[0]->info.checksum, bytes_slice(&reply.body));
    return respond(request, &reply);
}
