// Triangular products, compiled with the flags of this instruction set.
#define CROSSHEAD_TRIANGULAR avx512
#include "triangular_product_kernel.hpp"
