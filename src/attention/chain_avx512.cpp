// Chains for avx512; compiled with its flags.
#define CROSSHEAD_CHAIN_SET avx512
#define CROSSHEAD_VECTOR 16
#include "chain_kernel.hpp"
