#include "naive_transformer.hpp"

#include <cmath>
#include <random>

namespace crosshead::attention {

namespace {

using Rows = std::vector<std::vector<double>>;  // one vector per position

std::size_t count_of(const std::vector<std::int64_t>& shape) {
  std::size_t count = 1;
  for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
  return count;
}

Rows linear(const NaiveTransformer& model, const std::string& name, const Rows& input) {
  const auto& weight = model.parameters.at(name + ".weight");
  const auto& bias = model.parameters.at(name + ".bias");
  Rows output;
  for (const auto& x : input) {
    std::vector<double> y = bias;
    for (std::size_t row = 0; row < y.size(); ++row) {
      for (std::size_t column = 0; column < x.size(); ++column)
        y[row] += weight[row * x.size() + column] * x[column];
    }
    output.push_back(y);
  }
  return output;
}

Rows rms_norm(const NaiveTransformer& model, const std::string& name, const Rows& input) {
  const auto& scale = model.parameters.at(name + ".weight");
  Rows output = input;
  for (auto& x : output) {
    double squares = 0;
    for (const double value : x) squares += value * value;
    const double root = std::sqrt(squares / static_cast<double>(x.size()) + 0x1p-23);
    for (std::size_t index = 0; index < x.size(); ++index) x[index] *= scale[index] / root;
  }
  return output;
}

void add(Rows& x, const Rows& y) {
  for (std::size_t row = 0; row < x.size(); ++row) {
    for (std::size_t index = 0; index < x[row].size(); ++index) x[row][index] += y[row][index];
  }
}

Rows attend(const NaiveTransformer& model, const std::string& prefix, const Rows& x,
            std::vector<double>& kept, const std::function<double()>& dropout) {
  const Rows query = linear(model, prefix + "W_q", x), key = linear(model, prefix + "W_k", x),
             value = linear(model, prefix + "W_v", x);
  const auto heads = static_cast<std::size_t>(model.shape.heads);
  const std::size_t width = x[0].size() / heads, positions = x.size();
  Rows mixed(positions, std::vector<double>(x[0].size(), 0.0));
  for (std::size_t head = 0; head < heads; ++head) {
    for (std::size_t to = 0; to < positions; ++to) {
      std::vector<double> weights(positions, 0.0);
      double total = 0;
      for (std::size_t from = 0; from <= to; ++from) {
        double score = 0;
        for (std::size_t index = head * width; index < (head + 1) * width; ++index) {
          score += query[to][index] * key[from][index];
        }
        total += weights[from] = std::exp(score / std::sqrt(static_cast<double>(width)));
      }
      for (std::size_t from = 0; from < positions; ++from) {
        kept.push_back(weights[from] /= total);
        if (dropout) weights[from] *= dropout();
        for (std::size_t index = head * width; index < (head + 1) * width; ++index) {
          mixed[to][index] += weights[from] * value[from][index];
        }
      }
    }
  }
  return linear(model, prefix + "out_proj", mixed);
}

}  // namespace

NaiveTransformer drawn_naive(const ModelShape& shape, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal(0.0, 0.7);
  NaiveTransformer model{shape, {}};
  for (const auto& [name, sizes] : parameters_of(shape)) {
    std::vector<double> values(count_of(sizes));
    for (double& value : values) value = static_cast<double>(static_cast<float>(normal(generator)));
    model.parameters.emplace(name, values);
  }
  return model;
}

NaiveTransformer read_naive(const std::filesystem::path& path, const std::string& prefix,
                            const ModelShape& shape) {
  const TensorFile file(path);
  NaiveTransformer model{shape, {}};
  for (const auto& parameter : parameters_of(shape)) {
    model.parameters.emplace(parameter.first, file.read(prefix + parameter.first).values);
  }
  return model;
}

void write_naive(const std::filesystem::path& path, const NaiveTransformer& model,
                 const std::map<std::string, std::string>& metadata) {
  std::vector<std::pair<std::string, Tensor>> tensors;
  for (const auto& [name, sizes] : parameters_of(model.shape)) {
    tensors.emplace_back(name, Tensor{DType::f32, sizes, model.parameters.at(name)});
  }
  write_safetensors(path, tensors, metadata);
}

NaivePass forward_naive(const NaiveTransformer& model, const std::vector<std::int64_t>& tokens,
                        const std::function<double()>& dropout) {
  const auto width = static_cast<std::size_t>(model.shape.embedding);
  const auto& token_emb = model.parameters.at("token_emb.weight");
  const auto& pos_emb = model.parameters.at("pos_emb.weight");
  Rows x(tokens.size(), std::vector<double>(width));
  for (std::size_t position = 0; position < tokens.size(); ++position) {
    for (std::size_t index = 0; index < width; ++index) {
      x[position][index] = token_emb[static_cast<std::size_t>(tokens[position]) * width + index] +
                           pos_emb[position * width + index];
    }
  }
  NaivePass pass;
  for (std::int64_t layer = 0; layer < model.shape.layers; ++layer) {
    const std::string prefix = "layers." + std::to_string(layer) + ".";
    add(x, attend(model, prefix + "attn.", rms_norm(model, prefix + "ln1", x), pass.attention, dropout));
    Rows inner = linear(model, prefix + "mlp.0", rms_norm(model, prefix + "ln2", x));
    for (auto& row : inner) {
      for (double& value : row) value = value > 0 ? value : 0;
    }
    Rows outer = linear(model, prefix + "mlp.2", inner);
    for (auto& row : outer) {
      for (double& value : row) value *= dropout ? dropout() : 1.0;
    }
    add(x, outer);
  }
  for (const auto& row : linear(model, "out_proj", x)) {
    pass.logits.insert(pass.logits.end(), row.begin(), row.end());
  }
  return pass;
}

double loss_naive(const NaiveTransformer& model, const std::vector<std::vector<std::int64_t>>& sequences,
                  const std::vector<std::vector<std::int64_t>>& targets,
                  const std::function<double()>& dropout) {
  const auto vocabulary = static_cast<std::size_t>(model.shape.vocabulary);
  double loss = 0;
  std::size_t count = 0;
  for (std::size_t sample = 0; sample < sequences.size(); ++sample) {
    const NaivePass pass = forward_naive(model, sequences[sample], dropout);
    for (std::size_t position = 0; position < targets[sample].size(); ++position, ++count) {
      const double* logits = &pass.logits[position * vocabulary];
      double total = 0;
      for (std::size_t token = 0; token < vocabulary; ++token) total += std::exp(logits[token]);
      loss += std::log(total) - logits[targets[sample][position]];
    }
  }
  return loss / static_cast<double>(count);
}

}  // namespace crosshead::attention
