// The products for baseline; compiled with its flags.
#define CROSSHEAD_PRODUCTS baseline
#define CROSSHEAD_VECTOR 2
#include "word_product_kernel.hpp"
