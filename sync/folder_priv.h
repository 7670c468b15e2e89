/* sync/folder_priv.h - names in an exchange folder. Private to sync/folder*.c and their test. */
#ifndef SYNC_FOLDER_PRIV_H
#define SYNC_FOLDER_PRIV_H

#include "sync/folder.h"

#define FOLDER_ROOT "SAMVAGT"
enum { FOLDER_NAME = 80, FOLDER_INC = 14 };       /* with the NUL */

/* An incarnation as the name of its directory. */
void folder_name_inc(uint64_t inc, char out[FOLDER_INC]);
bool folder_parse_inc(const char *name, uint64_t *inc);
/* The name of a file; copy > 1 gets a "-2" … before the ending. */
void folder_name_file(const struct folder_file *file, int copy, char out[FOLDER_NAME]);
/* kind, first, last and hash from a name; FOLDER_UNKNOWN when it isn't one of ours. Upper case is fine: FAT may make it so. */
void folder_parse_file(const char *name, struct folder_file *out);
void folder_name_marker(const uint8_t ring[SEGMENT_RING], char out[FOLDER_NAME]);
bool folder_parse_marker(const char *name, uint8_t ring[SEGMENT_RING]);
/* A file being written by an incarnation. */
void folder_name_part(uint64_t inc, uint64_t chance, char out[FOLDER_NAME]);
bool folder_is_part_of(const char *name, uint64_t inc);
/* One that any incarnation is writing, or was when it was cut off; also under the short name that FAT has for it. */
bool folder_is_half(const char *name);

#endif
