#include "build/reorder_codes.h"

#include "base/hash.h"
#include "base/memory.h"
#include "text/analyzer.h"

enum { WORDS_AT_ONCE = 256, SEEN = 4096 };

struct seen { /* a code that an article had */
    uint32_t article, code;
};

struct word_coder {
    struct analyzer *analyzer;
    uint32_t article; /* how many were read */
    uint32_t count;   /* codes of the one at hand */
    struct seen seen[SEEN];
    struct word words[WORDS_AT_ONCE];
};

struct word_coder *word_coder_open(void)
{
    struct word_coder *coder = memory_allocate_zeroed(1, sizeof *coder);
    if (coder && !(coder->analyzer = analyzer_open())) {
        word_coder_close(coder);
        return NULL;
    }
    return coder;
}

void word_coder_close(struct word_coder *coder)
{
    if (!coder)
        return;
    analyzer_close(coder->analyzer);
    memory_free(coder);
}

/* Each code has one place where it is seen. One that took another's is what this article brought
 * itself, so what is seen does not depend on the articles before. */
static bool is_new(struct word_coder *coder, uint32_t code)
{
    struct seen *seen = &coder->seen[code % SEEN];
    if (seen->article == coder->article && seen->code == code)
        return false;
    *seen = (struct seen){coder->article, code};
    return true;
}

static void add_words(struct word_coder *coder, struct slice text, struct bytes *codes)
{
    analyzer_begin(coder->analyzer, text);
    while (coder->count < WORD_CODES_MOST) {
        size_t n = analyzer_read(coder->analyzer, coder->words, WORDS_AT_ONCE);
        if (n == 0)
            return;
        for (size_t i = 0; i < n && coder->count < WORD_CODES_MOST; i++) {
            struct slice word = coder->words[i].text;
            uint32_t code = (uint32_t)(hash_bytes(word.data, word.size) >> (64 - WORD_CODE_BITS));
            if (is_new(coder, code)) {
                bytes_append(codes, &code, sizeof code);
                coder->count++;
            }
        }
    }
}

enum status word_coder_read(struct word_coder *coder, struct slice title, struct slice body,
                            struct bytes *codes)
{
    if (++coder->article == 0) /* all that was seen is very old */
        for (int i = 0; i < SEEN; i++)
            coder->seen[i] = (struct seen){0};
    coder->article += coder->article == 0;
    coder->count = 0;
    add_words(coder, title, codes);
    add_words(coder, body, codes);
    enum status status = analyzer_status(coder->analyzer);
    return status == STATUS_OK ? codes->status : status;
}
