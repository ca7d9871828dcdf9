/* Inward, for date_parse.c and date.c. */
#ifndef VERBATIM_TEXT_DATE_EXISTS_H
#define VERBATIM_TEXT_DATE_EXISTS_H

#include "text/date.h"

/* Whether every field is in its range and the day is one of its month. */
bool date_exists(const struct date *date);

#endif
