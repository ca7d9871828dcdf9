#include "unit/store/crafted.h"

#include "base/error.h"

void crafted_init(struct crafted *crafted, uint32_t articles, size_t terms, size_t postings,
                  size_t positions)
{
    struct sample *sample = &crafted->sample;
    scratch_open(&crafted->scratch);
    sample_make(sample, &(struct sample_options){.seed = 1, .articles = articles, .vocabulary = 1});
    free(sample->terms);
    free(sample->postings);
    free(sample->positions);
    sample->term_count = terms;
    sample->terms = calloc(terms + 1, sizeof *sample->terms);
    sample->postings = calloc(postings + 1, sizeof *sample->postings);
    sample->positions = calloc(positions + 1, sizeof *sample->positions);
    scratch_demand(sample->terms && sample->postings && sample->positions, "crafted");
}

void crafted_open(struct crafted *crafted)
{
    struct error error = {0};
    const char *path = scratch_path(&crafted->scratch, "crafted.vbt");
    sample_write(&crafted->sample, path);
    crafted->snapshot = snapshot_open(path, &error);
    if (!crafted->snapshot) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
}

void crafted_release(struct crafted *crafted)
{
    snapshot_unref(crafted->snapshot);
    sample_free(&crafted->sample);
    scratch_close(&crafted->scratch);
}
