#pragma once

#include <string>

namespace crosshead::report {

// Where things stand in a drawing of a graph with its nodes on a line. Units are those of the SVG view box; y
// grows downwards.

struct Spot {
  double x = 0, y = 0;
};

/// The path of an edge, its arrowhead and where its weight is written.
struct Arc {
  Spot start, first_control, second_control,
      end;     ///< a cubic Bezier curve; `end` is the foot of the arrowhead
  Spot tip;    ///< on the rim of the target
  Spot label;  ///< middle of the text
  bool straight = false;

  std::string path() const;       ///< "M ... C ..." or "M ... L ..."
  std::string arrowhead() const;  ///< points of a triangle
};

/// Places for n nodes and the edges that will be drawn between them.
class Line {
 public:
  /// `reach_above`, `reach_below`: the largest number of places that an edge spans forward, and back; 0 for
  /// none.
  Line(int nodes, int reach_above, int reach_below);

  double width() const;
  double height() const;
  Spot node(int index) const;
  double radius() const { return kRadius; }

  /// REQUIRES: from != to. Forward edges to the next place are straight, other ones arc above, edges back
  /// below.
  Arc arc(int from, int to) const;

  static constexpr double kSpacing = 92, kRadius = 15, kMargin = 30, kArrow = 9;

 private:
  static double rise(int span) { return span == 1 ? 30 : 10 + 24.0 * span; }

  int nodes_;
  double above_, below_;
};

}  // namespace crosshead::report
