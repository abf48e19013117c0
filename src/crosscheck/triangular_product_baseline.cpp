// Triangular products, compiled with the flags of this instruction set.
#define CROSSHEAD_TRIANGULAR baseline
#include "triangular_product_kernel.hpp"
