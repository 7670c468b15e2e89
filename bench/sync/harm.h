/* bench/sync/harm.h - what bench/sync/peers/probes.mjs asks of other peers, asked of samvagt: a copied site, a backup
 * put back, damaged files. Tells one line of JSON. */
#ifndef BENCH_SYNC_HARM_H
#define BENCH_SYNC_HARM_H

/* Works in a folder of its own, "harm", in the current one. Dies when something can't be tried. */
void harm_probe(void);

#endif
