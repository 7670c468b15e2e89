# The rules of exchanging changes as models for spin. tests/model.sh searches them; make model searches larger ones.
EXTRA_DIST += model/merge.pml model/fork.pml model/stability.pml
TESTS += tests/model.sh
dist_check_SCRIPTS += tests/model.sh

model:
	MODEL_LARGE=1 srcdir='$(srcdir)' $(SHELL) '$(srcdir)/tests/model.sh'
.PHONY: model
