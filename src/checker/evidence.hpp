// Facts (section 4): what a certificate lists about its systems, verified when it is first needed, in order.
#pragma once

#include "src/checker/system.hpp"

namespace crosshead::checker {

struct Convention {
  explicit Convention(const Json& json);
  long first_step;
  bool sink_counts, l1, average;
};

struct Supremum {
  mpq_class value;
  bool attained;
};

class Evidence {
 public:
  Evidence(const Json& systems, const Convention& convention) : convention(convention), systems_(systems) {}

  // The index of a system among those listed; a new one must be the next of them.
  std::size_t use(const System& system);
  // The mixing time, for certain absorption and epsilon > 0. `l1`: the function t_mix_l1.
  mpq_class mixing_time(System& system, int chain, const mpq_class& epsilon, bool l1);
  // The supremum of the signal of node j (from 0), for a chain with a diffusion matrix.
  const Supremum& supremum(System& system, int chain, int j);
  // Throws Rejected unless everything listed was used.
  void finish() const;
  const Json& listed(std::size_t index) const;  // the text of a system

  const Convention convention;

 private:
  struct Record {
    const Json* facts;
    std::size_t next = 0;
    std::map<std::string, Supremum> known = {};
  };
  const Json& next_fact(Record& record, const std::string& about);

  const Json& systems_;
  std::map<std::string, std::size_t> index_ = {};
  std::vector<Record> records_ = {};
};

}  // namespace crosshead::checker
