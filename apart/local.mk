# What the helper programs share: programs of their own, with libraries that the main program never loads.
noinst_LIBRARIES += libapart.a
libapart_a_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS) $(JANSSON_CFLAGS)
libapart_a_SOURCES = \
	apart/guard.c apart/guard.h \
	apart/order.c apart/order.h \
	apart/run.c apart/run.h
APART_LIBS = libapart.a $(TESTLIBS_EXPORT) $(SECCOMP_LIBS)
