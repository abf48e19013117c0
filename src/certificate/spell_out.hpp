#pragma once

#include "crosshead/certificate/certificate.hpp"
#include "crosshead/claim/evaluation.hpp"

namespace crosshead::certificate {

/// Fills in the tree of a reading whose statement and witness are there (FORMAT.md, section 8). A file that
/// the formula starts with becomes the given system; a formula that was decided by one instance, without the
/// facts of those before it, becomes its body at this instance. Files are gone afterwards. Throws
/// std::invalid_argument with the reason where that is impossible.
void spell_out(const claim::Evaluation& evaluation, Reading& reading);

}  // namespace crosshead::certificate
