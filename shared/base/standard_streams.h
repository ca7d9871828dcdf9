/* Standard input, output and error that were closed before the program began. */
#ifndef VERBATIM_BASE_STANDARD_STREAMS_H
#define VERBATIM_BASE_STANDARD_STREAMS_H

/* Takes the place of those that are closed, so that no file opened later does: what is then said on
 * standard error would be written into it. Reading and writing them fails as before. First of all
 * in main. */
void standard_streams_hold(void);

#endif
