/* cli/person_priv.h - the verbs of the command person that stand in files of their own. Private to cli/. */
#ifndef CLI_PERSON_PRIV_H
#define CLI_PERSON_PRIV_H

#include "cli/cli.h"

/* Shall it be erased? --yes, or the whole word from the terminal. ERR_STOPPED, ERR_USAGE. */
int person_ask(struct cli *c, struct err *e);

/* As the command's help says: samvagt person retention, audit, prints, shredded. */
int person_retention(struct cli *c, struct err *e);
int person_audit(struct cli *c, struct err *e);
int person_prints(struct cli *c, struct err *e);
int person_shredded(struct cli *c, struct err *e);

#endif
