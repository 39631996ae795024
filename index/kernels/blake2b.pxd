from libc.stdint cimport uint8_t, uint64_t

cdef extern from "blake2b.h":
    enum:
        LANES "WARTA_LANES"
        ROWS "WARTA_ROWS"
        BLOCK "WARTA_BLOCK"
    void start "warta_blake2b_start"(uint64_t *state, int lane, int bytes) nogil
    void put_sum "warta_blake2b_sum"(
        const uint64_t *state, int lane, int row, uint8_t *into
    ) nogil
    bint is_there "warta_blake2b_there"() nogil
    void compress "warta_blake2b_compress"(
        uint64_t *state, const uint8_t *const *blocks, const uint64_t *upto, const uint64_t *last
    ) nogil
