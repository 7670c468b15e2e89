# Message ids are English; Danish is complete in every commit (tests/house-po.sh).
# The catalogue is built into locale/ beside the program, so that a build tree and a portable folder speak Danish as
# they are.
EXTRA_DIST += po/da.po
MO_FILES = locale/da/LC_MESSAGES/samvagt.mo
BUILT_SOURCES += $(MO_FILES)
CLEANFILES += $(MO_FILES)

$(MO_FILES): $(srcdir)/po/da.po
	$(AM_V_GEN)$(MKDIR_P) locale/da/LC_MESSAGES && $(MSGFMT) --check-format -o $@ $(srcdir)/po/da.po

install-data-local: $(MO_FILES)
	$(MKDIR_P) '$(DESTDIR)$(localedir)/da/LC_MESSAGES'
	$(INSTALL_DATA) $(MO_FILES) '$(DESTDIR)$(localedir)/da/LC_MESSAGES/samvagt.mo'

uninstall-local:
	rm -f '$(DESTDIR)$(localedir)/da/LC_MESSAGES/samvagt.mo'

XGETTEXT_FLAGS = --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --add-comments=TRANSLATORS \
	--package-name=samvagt --sort-by-file --no-wrap

# Gather the strings of the source and merge them into da.po; then translate what is new.
update-po:
	cd $(srcdir) && find base store roster sync export tui cli -name '*.[ch]' -o -name '*.def' | sort | \
		$(XGETTEXT) $(XGETTEXT_FLAGS) -f - -o po/samvagt.pot && \
		msgmerge --quiet --no-wrap --no-fuzzy-matching --sort-by-file -U --backup=none po/da.po po/samvagt.pot && rm -f po/samvagt.pot
.PHONY: update-po
