noinst_LIBRARIES += libfill.a
libfill_a_SOURCES = \
	fill/fill.h \
	fill/engine.h fill/solve.c fill/price.c fill/explain.c \
	fill/chance.h \
	fill/instance.h fill/instance.c \
	fill/simplex.h fill/simplex.c \
	fill/network.h fill/network.c \
	fill/bound.h fill/bound.c \
	fill/draft.h fill/draft.c \
	fill/chain.h fill/chain.c \
	fill/polish.h fill/polish.c \
	fill/rota.h fill/rota.c fill/rota_count.c \
	fill/rota_walk.h fill/rota_walk.c \
	fill/rota_terms.h fill/rota_terms.c \
	fill/rota_sheet.h fill/rota_sheet.c \
	fill/rota_dp.h fill/rota_dp.c \
	fill/rota_states.h fill/rota_states.c \
	fill/rota_search.h fill/rota_search.c \
	fill/rota_bound.h fill/rota_bound.c \
	fill/rota_joint.h fill/rota_joint.c
