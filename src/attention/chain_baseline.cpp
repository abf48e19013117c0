// Chains for baseline; compiled with its flags.
#define CROSSHEAD_CHAIN_SET baseline
#define CROSSHEAD_VECTOR 4
#include "chain_kernel.hpp"
