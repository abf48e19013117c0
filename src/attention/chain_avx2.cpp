// Chains for avx2; compiled with its flags.
#define CROSSHEAD_CHAIN_SET avx2
#define CROSSHEAD_VECTOR 8
#include "chain_kernel.hpp"
