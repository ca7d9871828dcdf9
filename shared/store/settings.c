#include "store/settings.h"

#include "base/bytes.h"
#include "base/endian.h"

enum {
    SETTINGS_BYTES = 64,
    HAS_TEXT = 1,
    K1_MOST = 100000,
    B_MOST = 1000,
    TITLE_WEIGHT_LEAST = 1000,
    TITLE_WEIGHT_MOST = 64000,
};

void settings_write(const struct settings *settings, struct bytes *out)
{
    bytes_put_le32(out, settings->article_count);
    bytes_put_le32(out, settings->has_text ? HAS_TEXT : 0);
    bytes_put_le64(out, settings->word_count);
    bytes_put_le64(out, settings->title_word_count);
    bytes_put_le64(out, settings->length_sum);
    bytes_put_le32(out, settings->k1_thousandths);
    bytes_put_le32(out, settings->b_thousandths);
    bytes_put_le32(out, settings->title_weight_thousandths);
    bytes_put_le32(out, 0);
    bytes_append(out, settings->lang, STORE_LANG_BYTES);
}

static bool lang_is_padded(const char lang[STORE_LANG_BYTES])
{
    size_t length = strnlen(lang, STORE_LANG_BYTES);
    for (size_t i = length; i < STORE_LANG_BYTES; i++)
        if (lang[i])
            return false;
    return length < STORE_LANG_BYTES;
}

static bool settings_valid(const struct settings *s, uint32_t flags, uint32_t zero)
{
    return flags <= HAS_TEXT && zero == 0 && s->article_count <= STORE_MAX_ARTICLES &&
           s->title_word_count <= s->word_count && s->length_sum <= s->word_count &&
           (s->article_count || s->word_count == 0) && s->k1_thousandths <= K1_MOST &&
           s->b_thousandths <= B_MOST && s->title_weight_thousandths >= TITLE_WEIGHT_LEAST &&
           s->title_weight_thousandths <= TITLE_WEIGHT_MOST && lang_is_padded(s->lang);
}

enum status settings_read(struct slice chunk, struct settings *settings)
{
    const char *at = chunk.data;
    if (chunk.size != SETTINGS_BYTES)
        return STATUS_CORRUPT;
    uint32_t flags = load_le32(at + 4);
    *settings = (struct settings){
        .article_count = load_le32(at),
        .has_text = flags & HAS_TEXT,
        .word_count = load_le64(at + 8),
        .title_word_count = load_le64(at + 16),
        .length_sum = load_le64(at + 24),
        .k1_thousandths = load_le32(at + 32),
        .b_thousandths = load_le32(at + 36),
        .title_weight_thousandths = load_le32(at + 40),
    };
    memcpy(settings->lang, at + 48, STORE_LANG_BYTES);
    return settings_valid(settings, flags, load_le32(at + 44)) ? STATUS_OK : STATUS_CORRUPT;
}
