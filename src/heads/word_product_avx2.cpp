// The products for AVX2; compiled with its flags.
#define CROSSHEAD_PRODUCTS avx2
#define CROSSHEAD_VECTOR 4
#include "word_product_kernel.hpp"
