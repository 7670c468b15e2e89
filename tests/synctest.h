/* tests/synctest.h - sites for a test: stores in one ring, their sticks, and whether they are equal. */
#ifndef TESTS_SYNCTEST_H
#define TESTS_SYNCTEST_H

#include "sync/sync.h"
#include "tests/storetest.h"

struct site { struct store *s; struct test_clock clock; const char *name; };

/* The first site makes the ring, the others join it by invitation. Stops the test when something fails. */
void site_first(struct site *site, const char *name);
void site_join(struct site *site, const char *name, struct site *inviter, enum ring_role role);
/* The two halves of that: a store in no ring, and how it comes into one. */
void site_alone(struct site *site, const char *name);
void site_let_in(struct site *site, struct site *inviter, enum ring_role role);
/* A volunteer's field, a minute after the last one; and enough changes of 40 new volunteers that a snapshot is
 * smaller. */
void site_set(struct site *site, struct id id, int field, const char *text);
void site_fill(struct site *site);
void site_end(struct site *site);                 /* closed and removed */
void sites_end(struct site *sites, size_t n);
void site_reopen(struct site *site, const char *name);        /* after store_close; that store or a copy of it */
/* Keep its database as it is, and put that back: in the same folder, so that nothing tells of it but a stick. */
void site_picture(struct site *site);
void site_put_back(struct site *site);
/* A folder for sticks, made. */
const char *stick(const char *name);

/* A whole meeting; everything in the result lies in an arena of the test's, gone at its end. */
struct sync_result meet(struct site *site, const char *dir);
/* The same where it may fail. */
int try_meet(struct site *site, const char *dir, struct sync_result *out, struct err *e);
/* Meet until nobody has anything new to tell. */
void meet_all(struct site *sites, size_t n, const char *dir);
/* Same vector, same state, same records. */
bool are_equal(struct site *x, struct site *y);
size_t count_open(struct site *site);
size_t count_alive(struct site *site, int type);
size_t count_with(struct site *site, int type, int field, struct value v);        /* that value stands there */
/* A text field as it is shown there; static memory, overwritten by the next call but three. */
const char *shown(struct site *site, int type, struct id id, int field);

/* ---- sticks -------------------------------------------------------------------------------------- */
/* The files of all sites there with that ending; fn gets the path. What may happen to one: */
void each_file(const char *dir, const char *ending, void (*fn)(const char *path));
void halve_file(const char *path);
void empty_file(const char *path);
void spoil_file(const char *path);                /* one bit of it */
void drop_file(const char *path);
/* How many of that sort were told, each with a sentence. */
size_t troubles(const struct sync_result *r, enum sync_why why);
void copy_tree(const char *from, const char *to);

#endif
