/* fuzz/fuzz.h - what the fuzz targets share. A target is a function that libFuzzer calls with bytes that it makes up;
 * it may do anything but stop, leak or read beyond. `make fuzz` builds and runs them: see fuzz/local.mk. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Something that must hold doesn't: stop here. */
#define FUZZ_NEED(fact)                                                                                                \
	do {                                                                                                           \
		if (!(fact))                                                                                           \
			__builtin_trap();                                                                              \
	} while (0)

#endif
