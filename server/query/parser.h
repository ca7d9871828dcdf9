/* What the parser and its terms share while one query is parsed. Inside this room only. */
#ifndef VERBATIM_QUERY_PARSER_H
#define VERBATIM_QUERY_PARSER_H

#include "query/lexer.h"
#include "query/query.h"

struct parser {
    const struct query_options *options;
    struct analyzer *analyzer;
    struct arena *arena;
    struct query *query;
    struct error *error;
    enum status status; /* sticky: once bad, every token is TOKEN_END */
    struct lexer lexer;
    struct token token; /* the one to look at next */
    size_t word_count, depth;
};

struct scope { /* what prefixes say of everything that follows them */
    enum query_field field;
    bool exact;      /* =word */
    bool characters; /* exact:"…" */
};

struct suffix;

/* Ends the parse; the first call counts. */
void parser_fail(struct parser *p, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Ends the parse where this status of some memory is bad. Returns whether it goes on. */
bool parser_has_memory(struct parser *p, enum status status);

/* The byte of the query's text at which a part of it begins. */
static inline size_t parser_offset(const struct parser *p, struct slice part)
{
    return (size_t)(part.data - p->query->text.data);
}

/* A subject as messages show it: its first characters. */
struct subject {
    char text[72];
};
struct subject parse_subject(struct slice s);

/* Something that is not as it should be at this byte: strict, the error that ends the parse;
 * lenient, one more repair, "problem; remedy". */
void parser_mend(struct parser *p, size_t at, const char *problem, const char *remedy);

/* The node of a bare word, or of a quotation and its suffix; NULL where no word is in it. */
struct query_node *parse_word(struct parser *p, const struct token *token, struct scope scope);
struct query_node *parse_quoted(struct parser *p, const struct token *token, struct scope scope,
                                const struct suffix *suffix);
/* The same of a column: source, author, tag, lang, id, date. */
struct query_node *parse_value(struct parser *p, const struct token *token, struct scope scope,
                               const struct suffix *suffix);
/* The node of some bytes of the query's text, read as words and nothing else. */
struct query_node *parse_plain(struct parser *p, size_t start, size_t end, struct scope scope,
                               bool quoted);
/* What stands once more in the tree: a copy, whose words count. NULL where the query has too many.
 */
struct query_node *parse_again(struct parser *p, const struct query_node *node);
/* a NEAR/5 b, of which either may be NULL. */
struct query_node *parse_near(struct parser *p, const struct token *near, struct query_node *left,
                              struct query_node *right);
/* The node of a date or a range of them; NULL where it is none, or one that runs backwards, strict.
 */
struct query_node *parse_date(struct parser *p, const struct token *token);

#endif
