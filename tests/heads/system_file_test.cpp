#include "crosshead/heads/system_file.hpp"

#include <fstream>
#include <random>

#include "system_documents.hpp"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crosshead/exact/error.hpp"

namespace crosshead::heads {
namespace {

using exact::Rational;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ParseSystem, ReadsTheExampleOfTheContract) {
  const HeadSystem system = parse(kExample);
  EXPECT_EQ(system.name, "example-3.8");
  EXPECT_EQ(system.nodes, (std::vector<std::string>{"u", "v", "tau"}));
  EXPECT_EQ(system.sink, 2);
  ASSERT_EQ(system.heads.size(), 2u);
  EXPECT_EQ(system.heads[0].name, "first");
  EXPECT_EQ(system.heads[1].name, "head 2");
  EXPECT_EQ(system.weights, (std::vector<Rational>{Rational(1, 3), Rational(2, 3)}));
  graph::Digraph first(3, true);
  first.add_edge(0, 1);
  EXPECT_EQ(system.heads[0].graph, first);
  EXPECT_FALSE(system.heads[0].diffusion || system.heads[0].walk || system.heads[0].attention);
}

TEST(ParseSystem, FillsInWhatIsLeftOut) {
  const HeadSystem system =
      parse(document(R"("nodes":2,"heads":[{"edges":[]},{"edges":[[1,"2"]]},{"edges":[]}])"));
  EXPECT_EQ(system.name, "system");
  EXPECT_EQ(system.nodes, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(system.sink, 1);
  EXPECT_EQ(system.weights, std::vector<Rational>(3, Rational(1, 3)));
  EXPECT_EQ(system.heads[0].graph->edge_count(), 0);
  EXPECT_TRUE(system.heads[1].graph->has_edge(0, 1));
}

TEST(ParseSystem, ReadsMatricesInEveryNotation) {
  const HeadSystem system = parse(document(R"("nodes":["a","b"],"sink":"a","self_loops":true,"heads":[
      {"diffusion":[["0x1.8p-3","13/16"],[1,"0"]]},
      {"walk":[["0.25",0],["3/4","1e0"]]}, {"diffusion":[[1,0],[0,1]],"walk":[[0,1],[1,0]]}])"));
  EXPECT_EQ(system.sink, 0);
  EXPECT_EQ(system.heads[0].diffusion->at(0, 0), Rational(3, 16));
  EXPECT_EQ(system.heads[0].diffusion->at(1, 1), Rational(0)) << "self_loops speaks of edges only";
  EXPECT_EQ(system.heads[1].walk->at(1, 0), Rational(3, 4));
  EXPECT_TRUE(system.heads[2].diffusion && system.heads[2].walk);
}

TEST(ParseSystem, AsksTheLoaderForAttention) {
  AttentionReference seen;
  const AttentionLoader loader = [&](const AttentionReference& reference) {
    seen = reference;
    return AttentionMatrix{2, {1.0, 0.0, 0.5, 0.25}};
  };
  const std::string text = document(
      R"("nodes":2,"heads":[{"attention":{"file":"a.npz","tensor":"layers.0","layer":1,"head":3}}])");
  const HeadSystem system = parse_system(text, "folder/system.json", loader);
  EXPECT_EQ(seen.file, std::filesystem::path("folder/a.npz"));
  EXPECT_EQ(seen.tensor, "layers.0");
  EXPECT_EQ(seen.layer, 1);
  EXPECT_EQ(seen.head, 3);
  EXPECT_EQ(system.heads[0].attention->values[3], 0.25);
  EXPECT_THROW(write_system(system), exact::UsageError) << "its second row sums to 3/4";
  EXPECT_THAT(complaint(text), AllOf(HasSubstr("heads[0].attention"), HasSubstr("a.npy")));
  const AttentionLoader wrong = [](const AttentionReference&) { return AttentionMatrix{1, {1.0}}; };
  EXPECT_THROW(parse_system(text, "s.json", wrong), exact::InputError);
  EXPECT_THROW(parse_system(text, "s.json", {}), exact::InputError);
}

HeadSystem random_system(std::mt19937& random) {
  HeadSystem system;
  const int n = 1 + static_cast<int>(random() % 6);
  const bool counted = random() % 2 == 0;
  for (int i = 1; i <= n; ++i) system.nodes.push_back((counted ? "" : "node \"") + std::to_string(i));
  system.name = "random \\ system";
  system.sink = static_cast<int>(random() % static_cast<unsigned>(n));
  const std::size_t heads = 1 + random() % 4;
  const auto stochastic_row = [&] {
    std::vector<Rational> row;
    Rational rest = 1;
    for (int j = 0; j + 1 < n; ++j) {
      row.push_back(random() % 3 == 0 ? Rational(0) : Rational(rest * Rational(int(random() % 5), 4)));
      rest -= row.back();
    }
    row.push_back(rest);
    return row;
  };
  const auto stochastic_matrix = [&] {
    exact::RationalMatrix matrix(n);
    for (int i = 0; i < n; ++i) {
      const auto row = stochastic_row();
      for (int j = 0; j < n; ++j) matrix.append(i, j, row[static_cast<std::size_t>(j)]);
    }
    return matrix;
  };
  for (std::size_t h = 0; h < heads; ++h) {
    Head head;
    head.name = "head " + std::to_string(h + 1);
    switch (random() % 4) {
      case 0:
        head.diffusion = stochastic_matrix();
        break;
      case 1:
        head.walk = exact::transpose(stochastic_matrix());
        break;
      case 2:
        head.diffusion = stochastic_matrix();
        head.walk = exact::transpose(stochastic_matrix());
        break;
      default:
        head.graph = graph::Digraph(n, random() % 2 == 0);
        for (int e = 0; e < 2 * n; ++e)
          head.graph->add_edge(int(random() % unsigned(n)), int(random() % unsigned(n)));
    }
    system.heads.push_back(std::move(head));
    system.weights.emplace_back(1, static_cast<int>(heads));
  }
  return system;
}

TEST(WriteSystem, IsReadBackToAnEqualSystem) {
  std::mt19937 random(3802944);
  for (int round = 0; round < 300; ++round) {
    const HeadSystem system = random_system(random);
    const std::string text = write_system(system);
    const HeadSystem again = parse(text);
    EXPECT_EQ(write_system(again), text);
    EXPECT_EQ(again.name, system.name);
    EXPECT_EQ(again.nodes, system.nodes);
    EXPECT_EQ(again.sink, system.sink);
    EXPECT_EQ(again.weights, system.weights);
    ASSERT_EQ(again.heads.size(), system.heads.size());
    for (std::size_t h = 0; h < system.heads.size(); ++h) {
      EXPECT_EQ(again.heads[h].name, system.heads[h].name);
      EXPECT_EQ(again.heads[h].graph, system.heads[h].graph);
      ASSERT_EQ(again.heads[h].diffusion.has_value(), system.heads[h].diffusion.has_value());
      if (system.heads[h].diffusion) {
        EXPECT_TRUE(*again.heads[h].diffusion == *system.heads[h].diffusion);
      }
      ASSERT_EQ(again.heads[h].walk.has_value(), system.heads[h].walk.has_value());
      if (system.heads[h].walk) {
        EXPECT_TRUE(*again.heads[h].walk == *system.heads[h].walk);
      }
    }
  }
}

TEST(WriteSystem, TurnsStochasticAttentionIntoDyadicRows) {
  HeadSystem system{"a", {"1", "2"}, 1, {}, {Rational(1)}};
  Head head;
  head.name = "head 1";
  head.attention = AttentionMatrix{2, {1.0, 0.0, 0.375, 0.625}};
  system.heads.push_back(head);
  EXPECT_EQ(parse(write_system(system)).heads[0].diffusion->at(1, 0), Rational(3, 8));
}

TEST(ReadSystem, NamesFilesThatCannotBeRead) {
  const auto refused = [](const std::filesystem::path& path) {
    try {
      read_system(path, no_attention());
    } catch (const exact::InputError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_THAT(refused("no/such/file.json"),
              AllOf(StartsWith("no/such/file.json: "), HasSubstr("No such file")));
  EXPECT_THAT(refused("."), HasSubstr("directory"));
}

TEST(ReadSystem, ReadsEverySystemOfTheRepository) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(CROSSHEAD_SOURCE_DIR "/proofs/systems")) {
    const HeadSystem system = read_system(entry.path(), no_attention());
    EXPECT_EQ(system.name, entry.path().stem().string());
    ++files;
  }
  EXPECT_GE(files, 15);
}

TEST(ParseWeights, ReadsConvexWeights) {
  EXPECT_EQ(parse_weights("1/3,2/3", 2), (std::vector<Rational>{Rational(1, 3), Rational(2, 3)}));
  EXPECT_EQ(parse_weights("0,1", 2), (std::vector<Rational>{0, 1}));
  for (const char* text :
       {"", "1/2", "1/2,1/2,0", "1/2,1/3", "-1,2", "1/2,", ",1", "a,b", "1/0,1", "1/2 ,1/2"}) {
    EXPECT_THROW(parse_weights(text, 2), exact::UsageError) << text;
  }
}

}  // namespace
}  // namespace crosshead::heads
