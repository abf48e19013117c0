// The products for AVX-512; compiled with its flags.
#define CROSSHEAD_PRODUCTS avx512
#define CROSSHEAD_VECTOR 8
#include "word_product_kernel.hpp"
