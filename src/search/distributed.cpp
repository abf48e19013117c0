// Messages to rank 0:  "ready CHECKSUM"  (once for each shard that the process wants at hand; the checksum is
// of its search), a line of a journal (a finished shard, and a wish for another), "failed TEXT", "bye" (the
// last). Messages from rank 0:  "shard NUMBER", "end" (no more; finish what you have), "drop" (finish what is
// begun).
#include "crosshead/search/distributed.hpp"

#include <charconv>
#include <stdexcept>
#include <thread>
#include <vector>

namespace crosshead::search {
namespace {

/// Between two looks for messages: short against the shards that every thread has at hand, long against a
/// look, which costs a worker its processor.
constexpr std::chrono::milliseconds kPause{2};
constexpr std::string_view kReady = "ready ", kFailed = "failed ", kShard = "shard ";
constexpr const char *kBye = "bye", *kEnd = "end", *kDrop = "drop";

/// The search as both sides must agree on it.
std::string ready_text(const JournalHeader& header) {
  constexpr std::size_t kTail = sizeof("01234567\"}");  // with the newline
  const std::string line = header_line(header);
  return std::string(kReady) + line.substr(line.size() - kTail, 8);
}

}  // namespace

class Distribution::State {
 public:
  explicit State(ProcessGroup& group) : group_(group), peers_(static_cast<std::size_t>(group.size())) {
    peers_[0].gone = true;
  }

  ~State() {
    stop(kDrop);
    // What still arrives is lost: the run is over. An error here cannot be reported better than by MPI.
    while (!all_gone()) {
      while (const auto message = group_.receive()) {
        if (message->text == kBye) peers_[index(*message)].gone = true;
      }
      std::this_thread::sleep_for(kPause);
    }
    group_.finish();
  }

  void run(const JournalHeader& header, ShardRun& run, const RunShard& search, int threads,
           const ShardProgress& progress) {
    text_.emplace(header);
    ready_ = ready_text(header);
    std::unique_ptr<ShardWorkers> workers;
    if (threads > 0) workers = std::make_unique<ShardWorkers>(threads, search);
    auto reported = std::chrono::steady_clock::now();
    if (workers) feed(run, *workers);
    for (;;) {
      std::vector<ShardResult> results;
      if (workers) {
        results = workers->take(kPause);
      } else {
        std::this_thread::sleep_for(kPause);
      }
      while (const auto message = group_.receive()) answer(run, *message, results);
      if (!results.empty()) run.accept(results);
      if (workers) feed(run, *workers);
      if (all_gone() && (!workers || workers->open() == 0)) break;

      const auto now = std::chrono::steady_clock::now();
      if (!progress || stopped_ || now - reported < std::chrono::milliseconds(100)) continue;
      reported = now;
      if (progress(run.ranks_done())) continue;
      stop(kDrop);
      stopped_ = true;
      if (workers) workers->drop_waiting();
    }
    if (progress) progress(run.ranks_done());
  }

 private:
  struct Peer {
    bool told = false;  ///< that it is over
    bool gone = false;  ///< has said its last word
  };

  static std::size_t index(const ProcessGroup::Message& message) {
    return static_cast<std::size_t>(message.from);
  }

  bool all_gone() const {
    for (const Peer& peer : peers_) {
      if (!peer.gone) return false;
    }
    return true;
  }

  void stop(const char* how) {
    for (std::size_t rank = 1; rank < peers_.size(); ++rank) {
      if (!peers_[rank].gone && !peers_[rank].told) group_.send(static_cast<int>(rank), how);
      peers_[rank].told = true;
    }
  }

  void feed(ShardRun& run, ShardWorkers& workers) {
    while (!stopped_ && workers.wanting()) {
      const auto shard = run.next();
      if (!shard) return;
      workers.give(*shard);
    }
  }

  void answer(ShardRun& run, const ProcessGroup::Message& message, std::vector<ShardResult>& results) {
    const std::string& text = message.text;
    const std::string who = "rank " + std::to_string(message.from);
    if (text == kBye) {
      peers_[index(message)].gone = true;
      return;
    }
    if (text.starts_with(kFailed)) throw std::runtime_error(who + ": " + text.substr(kFailed.size()));
    if (text.starts_with(kReady)) {
      if (text != ready_) throw std::runtime_error(who + " runs another search");
    } else {
      results.push_back(text_->parse(run.space(), text, who, 0));
    }
    Peer& peer = peers_[index(message)];
    if (peer.told) return;
    if (const auto shard = run.next()) {
      group_.send(message.from, std::string(kShard) + std::to_string(run.plan().number_of(*shard)));
    } else {
      group_.send(message.from, kEnd);
      peer.told = true;
    }
  }

  ProcessGroup& group_;
  std::optional<RecordText> text_;
  std::string ready_;
  std::vector<Peer> peers_;  ///< by rank
  bool stopped_ = false;
};

Distribution::Distribution(ProcessGroup& group) : state_(std::make_unique<State>(group)) {}

Distribution::~Distribution() = default;

void Distribution::run(const JournalHeader& header, ShardRun& run, const RunShard& search, int threads,
                       const ShardProgress& progress) {
  state_->run(header, run, search, threads, progress);
}

void serve_distribution(ProcessGroup& group, const JournalHeader& header, const SystemSpace& space,
                        const RunShard& search, int threads) {
  const ShardPlan plan = header.plan();
  const RecordText text(header);
  ShardWorkers workers(threads, search);
  for (int wish = 0; wish < 2 * threads; ++wish) group.send(0, ready_text(header));
  bool over = false;
  try {
    while (!over || workers.open() > 0) {
      for (const ShardResult& result : workers.take(kPause)) {
        std::string line = text.line(space, result);
        line.pop_back();
        group.send(0, line);
      }
      while (const auto message = group.receive()) {
        if (message->text.starts_with(kShard)) {
          std::uint64_t number = 0;
          std::from_chars(message->text.data() + kShard.size(), message->text.data() + message->text.size(),
                          number);
          workers.give(plan.shard(number));
          continue;
        }
        over = true;
        if (message->text == kDrop) workers.drop_waiting();
      }
    }
  } catch (const std::exception& error) {
    decline_distribution(group, error.what());
    return;
  }
  group.send(0, kBye);
  group.finish();
}

void decline_distribution(ProcessGroup& group, const std::string& reason) {
  group.send(0, std::string(kFailed) + reason);
  for (bool over = false; !over;) {
    std::this_thread::sleep_for(kPause);
    while (const auto message = group.receive()) over = over || !message->text.starts_with(kShard);
  }
  group.send(0, kBye);
  group.finish();
}

}  // namespace crosshead::search
