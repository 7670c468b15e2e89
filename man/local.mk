# Pages made from the program's own tables, and one that is written by hand.
MADE_MANS = man/samvagt.1 man/samvagt-fields.5 man/samvagt-keys.7 man/samvagt-rules.7
man_MANS = $(MADE_MANS)
dist_man_MANS += man/samvagt-json.5 man/samvagt-ical.1 man/samvagt-pdf.1 man/samvagt-xlsx.1
CLEANFILES += $(MADE_MANS)

made_page = $(AM_V_GEN)$(MKDIR_P) man && LC_ALL=C.UTF-8 ./samvagt$(EXEEXT) --lang en manual
man/samvagt.1: samvagt$(EXEEXT)
	$(made_page) commands >$@.tmp && mv $@.tmp $@
man/samvagt-fields.5: samvagt$(EXEEXT)
	$(made_page) fields >$@.tmp && mv $@.tmp $@
man/samvagt-keys.7: samvagt$(EXEEXT)
	$(made_page) keys >$@.tmp && mv $@.tmp $@
man/samvagt-rules.7: samvagt$(EXEEXT)
	$(made_page) rules >$@.tmp && mv $@.tmp $@
