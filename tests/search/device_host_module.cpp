// Stands in for the CUDA module: the same code on this machine's processor.
#include "crosshead/search/device_filter.hpp"

extern "C" crosshead::search::DeviceFilter* crosshead_device_filter() {
  return crosshead::search::host_device_filter(1U << 20U).release();
}
