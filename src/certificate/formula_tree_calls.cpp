// The functions of the claim language that are no operations of trees: what they stand for, by the table of
// section 8 of FORMAT.md.
#include "formula_tree.hpp"
#include "tree_parts.hpp"

namespace crosshead::certificate {

bool Speller::is_defined(const std::string& name) {
  static const std::set<std::string> names = {
      "N",       "p",       "phi_min", "t_mix",       "has_walk",    "has_diffusion", "stationary_at_sink",
      "abs",     "ceil",    "min",     "max",         "edges",       "indegree",      "outdegree",
      "acyclic", "reaches", "negate",  "feedforward", "unique_sink", "implies",       "iff"};
  return names.count(name) != 0;
}

Json Speller::defined_call(const std::string& name, const std::vector<Json>& arguments) {
  if (name == "N") return minus("n", 1);
  const Json& x = arguments.at(0);
  if (name == "negate") return minus(0, x);
  if (name == "abs") return tree("max", {x, minus(0, x)});
  if (name == "ceil") return minus(0, tree("floor", {minus(0, x)}));
  if (name == "min" || name == "max") {
    Json result = x;
    for (std::size_t k = 1; k < arguments.size(); ++k) result = tree(name, {std::move(result), arguments[k]});
    return result;
  }
  if (name == "implies") return tree("or", {tree("not", {x}), arguments.at(1)});
  if (name == "iff") {
    return tree("or", {both(x, arguments.at(1)), both(tree("not", {x}), tree("not", {arguments.at(1)}))});
  }
  if (name == "t_mix") {
    const bool l1 = convention_.mixing.distance == walk::Distance::l1;
    return tree(l1 ? "t_mix_l1" : "t_mix", {x, arguments.at(1)});
  }
  if (name == "stationary_at_sink") return tree("absorbing", {x});
  if (name == "reaches") return tree("path", {x, arguments.at(1), "tau"});
  if (name == "outdegree") {
    const std::string i = fresh("i");
    return tree("sum", {Json::array({i, all_nodes()}), tree("edge", {x, arguments.at(1), i})});
  }
  const std::string j = fresh("j");
  if (name == "phi_min") {
    Json binder = Json::array({j, all_nodes()});
    if (!convention_.fidelity.sink_counts) binder.push_back(is_not_sink(j));
    return tree("min_over", {std::move(binder), tree("phi", {x, j})});
  }
  if (name == "indegree") {
    return tree("sum", {Json::array({j, all_nodes()}), tree("edge", {x, j, arguments.at(1)})});
  }
  const std::string i = fresh("i");
  const Json of_j = Json::array({j, all_nodes()}), of_i = Json::array({i, all_nodes()});
  const Json edge = tree("edge", {x, j, i});
  if (name == "edges") return tree("sum", {of_j, of_i, edge});
  if (name == "p") {
    return tree("min_over",
                {Json::array({j, all_nodes(), is_not_sink(j)}),
                 tree("sum", {Json::array({i, range(tree("+", {j, 1}), "n")}), tree("W", {x, i, j})})});
  }
  if (name == "feedforward") {
    return tree("forall", {of_j, Json::array({i, range(1, minus(j, 1))}), tree("=", {edge, 0})});
  }
  if (name == "acyclic") {
    return tree(
        "forall",
        {of_j, of_i,
         tree("or", {tree("=", {i, j}), tree("=", {edge, 0}), tree("not", {tree("path", {x, i, j})})})});
  }
  if (name == "unique_sink") {
    const Json is_sink = tree("=", {j, "tau"});
    const Json stays = tree("=", {tree("sum", {of_i, edge}), tree("edge", {x, j, j})});
    return tree(
        "forall",
        {of_j, tree("or", {both(is_sink, stays), both(tree("not", {is_sink}), tree("not", {stays}))})});
  }
  const std::string matrix = name == "has_walk" ? "W" : "D";  // columns of W and rows of D sum to 1
  const Json entry = matrix == "W" ? tree("W", {x, i, j}) : tree("D", {x, j, i});
  return both(tree("defined", {tree(matrix, {x, 1, 1})}),
              tree("forall", {of_j, tree("=", {tree("sum", {of_i, entry}), 1})}));
}

}  // namespace crosshead::certificate
