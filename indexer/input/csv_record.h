/* Records of CSV and TSV, as RFC 4180 has them, read one at a time.
 *
 * Cells may be quoted and then hold delimiters, line ends and doubled quotes. A cell that begins
 * with a quoted piece and goes on behind it ("Ahoy" he said) is text as it stands, quotes and all.
 */
#ifndef VERBATIM_INPUT_CSV_RECORD_H
#define VERBATIM_INPUT_CSV_RECORD_H

#include "base/bytes.h"
#include "input/source.h"

enum { CSV_MAX_CELLS = 4096 };

struct csv {               /* set source, delimiter and most, zero the rest */
    struct source *source; /* borrowed */
    char delimiter;
    size_t most;       /* bytes of a record that are held; of a larger one none are */
    struct bytes text; /* the cells, one behind the other */
    size_t ends[CSV_MAX_CELLS];
    size_t count;  /* cells of the record, though only CSV_MAX_CELLS are held */
    uint64_t size; /* bytes of the record in the file, its line end not among them */
    uint64_t line; /* where it begins, from 1 */
    uint64_t next_line;
    bool blank;      /* nothing but a line end */
    bool open_quote; /* the file ended inside quotes */
    int state;
};

void csv_release(struct csv *csv);
bool csv_read_record(struct csv *csv); /* false at the end; text.status may be bad */
struct slice csv_cell(const struct csv *csv, size_t i);

/* The delimiter that the first line has most of, comma, tab, semicolon or bar; a comma where none.
 */
char csv_sniff(struct slice start);

#endif
