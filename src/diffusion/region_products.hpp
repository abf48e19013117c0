#pragma once

#include "region_chain.hpp"

namespace crosshead::diffusion {

/// sum += a * b for b of degree at most 1.
void add_product(exact::UnivariatePolynomial& sum, const exact::UnivariatePolynomial& a,
                 const exact::UnivariatePolynomial& b);

/// sum += term * weight.
void add_product(RegionChain::Quotient& sum, const RegionChain::Quotient& term,
                 const exact::UnivariatePolynomial& weight);

}  // namespace crosshead::diffusion
