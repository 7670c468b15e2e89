#!/bin/sh
# A short run of simulated histories (tests/sim/sim.c); long ones by "make soak".
exec tests/sim/sim --seeds 100 --from 1
