/* Classes of a sample: its words by their places among the terms, laid together without a thought
 * for time. */
#include <stdlib.h>

#include "base/error.h"
#include "demand.h"
#include "store/classes_write.h"
#include "unit/store/sample_classes.h"

static const char *const codes[SAMPLE_LANGUAGES] = {"de", "en"};

void sample_add_classes(struct sample *sample, const struct class_rule *rule, uint32_t first,
                        uint32_t second)
{
    sample->has_classes = true;
    sample->class_rule = *rule;
    sample->moduli[0] = first;
    sample->moduli[1] = second;
}

bool sample_class_make(const struct sample *sample, uint32_t modulus, uint32_t rest,
                       struct sample_class *class)
{
    uint64_t sum = 0;
    uint32_t articles = sample->options.articles, most = 0;
    *class = (struct sample_class){.terms = calloc(sample->term_count + 1, sizeof(uint32_t)),
                                   .articles = calloc(articles + 1, sizeof *class->articles)};
    demand(class->terms && class->articles, "out of memory");
    for (uint32_t doc = 0; doc < articles; doc++) {
        struct gram_article article = {doc, doc, 0, 0};
        for (size_t i = rest; i < sample->term_count; i += modulus)
            for (size_t p = 0; p < sample->terms[i].count; p++)
                if ((uint8_t)sample->terms[i].key.data[0] >= 3 &&
                    sample->terms[i].postings[p].doc == doc) {
                    article.tf += sample->terms[i].postings[p].tf;
                    article.title_tf += sample->terms[i].postings[p].title_tf;
                }
        if (article.tf)
            class->articles[class->df++] = article;
    }
    for (size_t i = rest; i < sample->term_count; i += modulus) {
        uint32_t df = (uint32_t)sample->terms[i].count;
        if ((uint8_t)sample->terms[i].key.data[0] < 3)
            continue;
        class->terms[class->count++] = (uint32_t)i;
        sum += df;
        most = df > most ? df : most;
    }
    class->has_list = class_rule_list(&sample->class_rule, sum, most, class->df);
    return class->count >= 2;
}

void sample_class_free(struct sample_class *class)
{
    free(class->terms);
    free(class->articles);
}

static void write_class(const struct sample *sample, const struct sample_class *class,
                        struct classes_writer *writer)
{
    struct bytes lists = {0};
    struct gram list;
    if (class->has_list)
        demand(gram_list_write(class->articles, class->df, &sample->model, sample->norms, &lists,
                               &list) == STATUS_OK,
               "classes cannot be written");
    classes_writer_add(writer, class->terms, class->count, class->df,
                       class->has_list ? &list : NULL, bytes_slice(&lists));
    bytes_release(&lists);
}

void sample_write_classes(const struct sample *sample, struct container_writer *container)
{
    struct error error = {0};
    struct classes_writer *writer = classes_writer_open(container, &sample->class_rule, &error);
    demand(writer != NULL, "classes cannot be written");
    for (int language = 0; language < SAMPLE_LANGUAGES; language++) {
        uint32_t modulus = sample->moduli[language];
        if (modulus == 0)
            continue;
        classes_writer_language(writer, codes[language]);
        for (uint32_t rest = 0; rest < modulus; rest++) {
            struct sample_class class;
            if (sample_class_make(sample, modulus, rest, &class)) {
                if (sample->spoil_class)
                    sample->spoil_class(&class);
                write_class(sample, &class, writer);
            }
            sample_class_free(&class);
        }
    }
    demand(classes_writer_finish(writer, 4096) == STATUS_OK, "classes cannot be written");
    classes_writer_close(writer);
}
