#pragma once

#include "crosshead/certificate/certificate_file.hpp"
#include "crosshead/claim/decision.hpp"

namespace crosshead::certificate {

/// The certificate of a decided claim as the bytes of its file, or the reason why there is none: no truth
/// value, or a reading that cannot be certified. Readings that their author keeps out (`certify = false`) are
/// left out; they must not take part in the verdict.
TextOrReason certificate_of(const claim::Decision& decision);

}  // namespace crosshead::certificate
