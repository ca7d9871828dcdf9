/* What the reader_*.c files give to the table: how sure each is of a file, and how it reads one, as
 * reader.h tells. */
#ifndef VERBATIM_INPUT_READERS_H
#define VERBATIM_INPUT_READERS_H

#include "base/slice.h"
#include "base/status.h"

struct reading;

int text_recognise(struct slice start, const char *hint);
enum status text_read(struct reading *reading);
int html_recognise(struct slice start, const char *hint);
enum status html_read(struct reading *reading);
int jsonl_recognise(struct slice start, const char *hint);
enum status jsonl_read(struct reading *reading);
int markdown_recognise(struct slice start, const char *hint);
enum status markdown_read(struct reading *reading);
int json_recognise(struct slice start, const char *hint);
enum status json_read(struct reading *reading);
int csv_recognise(struct slice start, const char *hint);
enum status csv_read(struct reading *reading);
int tsv_recognise(struct slice start, const char *hint);
enum status tsv_read(struct reading *reading);

#endif
