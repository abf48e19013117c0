#include "arcs.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace crosshead::report {
namespace {

std::string text(Spot spot) {
  return fmt::format("{:.1f} {:.1f}", spot.x, spot.y);
}

/// From `origin` towards `target`, by `length`.
Spot towards(Spot origin, Spot target, double length) {
  const double dx = target.x - origin.x, dy = target.y - origin.y, norm = std::hypot(dx, dy);
  return {origin.x + dx / norm * length, origin.y + dy / norm * length};
}

}  // namespace

std::string Arc::path() const {
  if (straight) return fmt::format("M {} L {}", text(start), text(end));
  return fmt::format("M {} C {}, {}, {}", text(start), text(first_control), text(second_control), text(end));
}

std::string Arc::arrowhead() const {
  const double dx = tip.x - end.x, dy = tip.y - end.y;
  const Spot left{end.x - dy * 0.45, end.y + dx * 0.45}, right{end.x + dy * 0.45, end.y - dx * 0.45};
  return fmt::format("{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}", tip.x, tip.y, left.x, left.y, right.x,
                     right.y);
}

Line::Line(int nodes, int reach_above, int reach_below)
    : nodes_(nodes),
      above_(reach_above > 1 ? rise(reach_above) + 12 : kRadius + 10),
      below_(reach_below > 0 ? rise(reach_below) + 26 : kRadius + 24) {}

double Line::width() const {
  return 2 * kMargin + kSpacing * (nodes_ - 1);
}

double Line::height() const {
  return above_ + below_;
}

Spot Line::node(int index) const {
  return {kMargin + kSpacing * index, above_};
}

Arc Line::arc(int from, int to) const {
  const Spot a = node(from), b = node(to);
  const int span = std::abs(to - from);
  Arc arc;
  arc.straight = to == from + 1;
  if (arc.straight) {
    arc.start = towards(a, b, kRadius + 3);
    arc.tip = towards(b, a, kRadius + 4);
    arc.end = towards(b, a, kRadius + 4 + kArrow);
    arc.label = {(a.x + b.x) / 2 - kArrow / 2, a.y - 9};
    return arc;
  }
  // A cubic reaches three quarters of its controls' height.
  const double side = to > from ? -1 : 1, depth = side * rise(span) * 4 / 3;
  const double inset = (b.x - a.x) * (to > from ? 0.18 : 0.35);  // room for the weight of a self-loop
  arc.first_control = {a.x + inset, a.y + depth};
  arc.second_control = {b.x - inset, b.y + depth};
  arc.start = towards(a, arc.first_control, kRadius + 3);
  arc.tip = towards(b, arc.second_control, kRadius + 4);
  arc.end = towards(b, arc.second_control, kRadius + 4 + kArrow);
  arc.label = {(a.x + b.x) / 2, a.y + depth * 3 / 4};
  return arc;
}

}  // namespace crosshead::report
