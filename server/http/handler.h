/* What the HTTP library calls: the life of a connection and of each request on it. */
#ifndef VERBATIM_HTTP_HANDLER_H
#define VERBATIM_HTTP_HANDLER_H

#include <microhttpd.h>

/* context is the struct server in all of them. */
void *handler_first_line(void *context, const char *target, struct MHD_Connection *connection);
enum MHD_Result handler_request(void *context, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **state);
void handler_completed(void *context, struct MHD_Connection *connection, void **state,
                       enum MHD_RequestTerminationCode how);
void handler_connection(void *context, struct MHD_Connection *connection, void **state,
                        enum MHD_ConnectionNotificationCode what);

#endif
