/* What was found of a pasted text, as an answer shows it. Inside this room only. */
#ifndef VERBATIM_SEARCH_QUOTE_SHOW_H
#define VERBATIM_SEARCH_QUOTE_SHOW_H

struct collection;
struct match_budget;
struct quotation;
struct quote_answer;
struct quote_chainer;
struct quote_match;
struct quote_ranked;
struct quote_words;
struct workspace;

struct quote_show_request { /* all borrowed */
    const struct collection *collection;
    const struct quotation *quotation;
    const struct quote_words *words;
    const struct quote_match *matches;
    const struct quote_ranked *ranked;
    struct quote_chainer *chainer;
    struct workspace *workspace;
    struct match_budget *budget;
};

/* Fills the answer's articles and runs. Every article shown has its fields; where the budget ends
 * some lack offsets and differences, and some runs articles. Otherwise its status says why the
 * answer cannot be given. */
void quote_show(const struct quote_show_request *request, struct quote_answer *answer);

#endif
