noinst_LIBRARIES += libfill.a
libfill_a_SOURCES = \
	fill/fill.h \
	fill/engine.h fill/solve.c fill/price.c fill/explain.c \
	fill/instance.h fill/instance.c \
	fill/simplex.h fill/simplex.c \
	fill/network.h fill/network.c \
	fill/bound.h fill/bound.c \
	fill/draft.h fill/draft.c \
	fill/chain.h fill/chain.c \
	fill/polish.h fill/polish.c
