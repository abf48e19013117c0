(* The operations of formulas that stand for numbers (src/certificate/FORMAT.md, section 2).

   Glossary
     letter            the kind of an argument: a number, a truth value, an exact number, a chain, a word, a node, a
                       head, a time, an integer
     arguments         the values of all arguments: numbers; chains, nodes and heads (from 0 but for chains), times and
                       integers in one list; a word; and whether all have values and exist
     apply             the value of a function
     compare           the truth of a comparison of the mean at the weights in question, or which comparison it is *)
From Coq Require Import ZArith QArith List Bool String.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families
  certificate_programs certificate_domains simplex_comparisons.
Import ListNotations.
Local Open Scope Z_scope.

(* Functions and the kinds of their arguments. *)
Inductive letter := V_number | B_truth | X_exact | C_chain | W_word | I_node | H_head | T_time | K_integer.
Inductive function :=
| Plus | Minus | Times | Divided | Power | Min | Max | Less | At_most | Equal | Not | Defined | Floor | Exp | Choose
| Weight | Word_weight | Letters | Product | Rollout | Walk_entry | Diffusion_entry | Edge | Path | Signal | Absorbed
| Walks | All_walks | Moves | Distance | Absorbing_certain | T_mix (l1 : bool) | Phi | Attained
| Of_mean (x : comparator) (strict : bool) | Weight_above (strict : bool).
Inductive operation :=
| If | Connective (stop : bool) | Over (q : quantifier) | Printed | Function (f : function) (letters : list letter).
Definition operations : list (string * operation) :=
  [("if", If); ("and", Connective false); ("or", Connective true); ("forall", Over Forall); ("exists", Over Exists);
   ("sum", Over Sum); ("min_over", Over Min_over); ("max_over", Over Max_over); ("printed", Printed);
   ("+", Function Plus [V_number; V_number]); ("-", Function Minus [V_number; V_number]);
   ("*", Function Times [V_number; V_number]); ("/", Function Divided [V_number; V_number]);
   ("^", Function Power [V_number; V_number]); ("min", Function Min [V_number; V_number]);
   ("max", Function Max [V_number; V_number]); ("<", Function Less [V_number; V_number]);
   ("<=", Function At_most [V_number; V_number]); ("=", Function Equal [V_number; V_number]);
   ("not", Function Not [B_truth]); ("defined", Function Defined [V_number]); ("floor", Function Floor [V_number]);
   ("exp", Function Exp [V_number]); ("choose", Function Choose [K_integer; K_integer]);
   ("weight", Function Weight [H_head]); ("word_weight", Function Word_weight [W_word]);
   ("letters", Function Letters [W_word; H_head]); ("product", Function Product [W_word; I_node; I_node]);
   ("rollout", Function Rollout [W_word; I_node; I_node]); ("W", Function Walk_entry [C_chain; I_node; I_node]);
   ("D", Function Diffusion_entry [C_chain; I_node; I_node]); ("edge", Function Edge [C_chain; I_node; I_node]);
   ("path", Function Path [C_chain; I_node; I_node]); ("signal", Function Signal [C_chain; I_node; T_time]);
   ("absorbed", Function Absorbed [C_chain; I_node; T_time]); ("walks", Function Walks [C_chain; I_node; T_time]);
   ("all_walks", Function All_walks [C_chain; I_node; T_time]);
   ("moves", Function Moves [C_chain; I_node; T_time; K_integer]); ("distance", Function Distance [C_chain; T_time]);
   ("absorbing", Function Absorbing_certain [C_chain]); ("t_mix", Function (T_mix false) [C_chain; X_exact]);
   ("t_mix_l1", Function (T_mix true) [C_chain; X_exact]); ("phi", Function Phi [C_chain; I_node]);
   ("attained", Function Attained [C_chain; I_node]);
   ("minimax>", Function (Of_mean Of_minimax true) [X_exact]);
   ("minimax>=", Function (Of_mean Of_minimax false) [X_exact]);
   ("others>", Function (Of_mean Of_others true) [X_exact]); ("others>=", Function (Of_mean Of_others false) [X_exact]);
   ("node>", Function (Of_mean Of_node true) [I_node; X_exact]);
   ("node>=", Function (Of_mean Of_node false) [I_node; X_exact]);
   ("nodes>", Function (Of_mean Of_nodes true) [I_node; I_node]);
   ("nodes>=", Function (Of_mean Of_nodes false) [I_node; I_node]);
   ("absorbed>", Function (Of_mean Of_absorbed true) [T_time; X_exact]);
   ("absorbed>=", Function (Of_mean Of_absorbed false) [T_time; X_exact]);
   ("weight>", Function (Weight_above true) [H_head; X_exact]);
   ("weight>=", Function (Weight_above false) [H_head; X_exact])]%string.

(* What the arguments of a function are: numbers; chains, nodes, heads (from 0), times and integers in one list; a word.
   `defined` says whether all have values and exist. *)
Record arguments := Arguments_of { all_defined : bool; numbers : list value; integers : list Z; word : list Z }.
Definition no_arguments : arguments := Arguments_of true [] [] [].
Definition add_number (a : arguments) (good : bool) (v : value) : arguments :=
  Arguments_of (all_defined a && good) (numbers a ++ [v]) (integers a) (word a).
Definition add_integer (a : arguments) (good : bool) (z : Z) : arguments :=
  Arguments_of (all_defined a && good) (numbers a) (integers a ++ [z]) (word a).
Definition add_word (a : arguments) (p : prepared) (w : list Z) : arguments :=
  let good z := (1 <=? z) && (z <=? Z.of_nat (List.length (heads (base p)))) in
  Arguments_of (all_defined a && forallb good w) (numbers a) (integers a) w.
Definition is_some {A} (x : option A) : bool := match x with Some _ => true | None => false end.
Definition add_bounded (a : arguments) (v : value) (least : Z) (most : option Z) (shift : Z) : arguments :=
  match integer_of v with
  | Some k => add_integer a ((least <=? k) && match most with Some m => k <=? m | None => true end) (k - shift)
  | None => add_integer a false 0
  end.
Definition add_value (l : letter) (c : context) (a : arguments) (v : value) : program arguments :=
  let nodes_of p := Z.of_nat (nodes (base p)) in
  let heads_of p := Z.of_nat (List.length (heads (base p))) in
  match l with
  | V_number => Return (add_number a (is_some v) v)
  | B_truth => let* v := truth_of v in Return (add_number a (is_some v) v)
  | X_exact => Return (add_number a (match v with Some x => is_exact x | None => false end) v)
  | I_node => let* p := current_system c in Return (add_bounded a v 1 (Some (nodes_of p)) 1)
  | H_head => let* p := current_system c in Return (add_bounded a v 1 (Some (heads_of p)) 1)
  | C_chain => let* p := current_system c in Return (add_bounded a v 1 (Some (heads_of p)) 0)
  | T_time => Return (add_bounded a v 0 None 0)
  | K_integer =>
      Return match integer_of v with Some k => add_integer a true k | None => add_integer a false 0 end
  | W_word => Malformed
  end.

Fixpoint binomial (k : nat) (n : Z) : Z :=
  match k with O => 1 | S k => binomial k n * (n - Z.of_nat k) / Z.of_nat (S k) end.
Definition choose (n k : Z) : Z :=
  if (k <? 0) || (n <? k) then 0 else binomial (Z.to_nat (Z.min k (n - k))) n.

Definition rational (q : Q) : value := Some (exact q).
Definition word_weight (w : list Q) (letters : list Z) : Q :=
  fold_left (fun product h => times product (nth (Z.to_nat (h - 1)) w (0 # 1))) letters (1 # 1).
(* Row i of the product of the diffusion matrices, or of the (I + D)/2, of a word's letters: numerators, denominator. *)
Fixpoint word_row (rollout : bool) (chains : list chain) (letters : list Z) (x : list Z * Z) : option (list Z * Z) :=
  match letters with
  | [] => Some x
  | h :: letters =>
      match nth_error chains (Z.to_nat (h - 1)) with
      | Some c =>
          match diffusion c with
          | Some m =>
              let (y, d) := step m x in
              word_row rollout chains letters
                (if rollout then (added (map (Z.mul (scale m)) (fst x)) y, 2 * d) else (y, d))
          | None => None
          end
      | None => None
      end
  end.
Definition power_entry (m : option matrix) (row : list Z) (j : nat) (t : Z) : value :=
  match m with
  | Some m => let (x, d) := row_power m row t in rational (reduced (nth j x 0) (Z.to_pos d))
  | None => None
  end.

Section Evaluation.
Variable first : nat.
Variable average : bool.

Definition chain_function (f : function) (p : prepared) (k : nat) (c : chain) (a : arguments) : program value :=
  let n := nodes (base p) in
  let s := sink_node (base p) in
  let node z := Z.to_nat z in
  let of_matrix (m : option matrix) (g : matrix -> value) :=
    Return match m with Some m => g m | None => None end in
  let certain := match walk c with Some w => absorbing_chain w s | None => false end in
  match f, integers a, numbers a with
  | Absorbing_certain, _, _ => Return (truth certain)
  | Walk_entry, [_; i; j], _ => of_matrix (walk c) (fun m => rational (entry_value m (node i) (node j)))
  | Diffusion_entry, [_; i; j], _ => of_matrix (diffusion c) (fun m => rational (entry_value m (node i) (node j)))
  | Edge, [_; j; i], _ => Return (integer (entry_at (graph c) (node i) (node j)))
  | Path, [_; j; i], _ => Return (truth (nth (node j) (nodes_reached (graph c) (node i)) false))
  | Signal, [_; j; t], _ => Return (power_entry (diffusion c) (one_at n s) (node j) t)
  | Absorbed, [_; j; t], _ => Return (power_entry (walk c) (one_at n s) (node j) t)
  | Walks, [_; j; t], _ => Return (power_entry (Some (graph c)) (one_at n s) (node j) t)
  | All_walks, [_; j; t], _ => Return (power_entry (Some (graph c)) (repeat 1 n) (node j) t)
  | Moves, [_; j; t; k], _ => of_matrix (walk c) (fun m => rational (moves m (node j) t k))
  | Distance, [_; t], _ =>
      if certain then of_matrix (walk c) (fun m => rational (distance average m s t)) else Return None
  | T_mix l1, _, [Some epsilon] =>
      if certain && below (0 # 1) (low epsilon)
      then Ask_mixing average l1 (base p) k (low epsilon) (fun t => Return (integer (Z.of_nat t)))
      else Return None
  | Phi, [_; j], _ =>
      match diffusion c with
      | Some _ => Ask_supremum first (base p) k (node j) (fun phi _ => Return (rational phi))
      | None => Return None
      end
  | Attained, [_; j], _ =>
      match diffusion c with
      | Some _ => Ask_supremum first (base p) k (node j) (fun _ attained => Return (truth attained))
      | None => Return None
      end
  | _, _, _ => Malformed
  end.

Definition system_function (f : function) (p : prepared) (a : arguments) : program value :=
  let w := weights (base p) in
  match f, integers a with
  | Weight, [h] => Return (rational (nth (Z.to_nat h) w (0 # 1)))
  | Word_weight, _ => Return (rational (word_weight w (word a)))
  | Letters, [h] => Return (integer (Z.of_nat (List.length (filter (Z.eqb (h + 1)) (word a)))))
  | Product, [i; j] =>
      Return
        match word_row false (head_chains p) (word a) (one_at (nodes (base p)) (Z.to_nat i), 1) with
        | Some (x, d) => rational (reduced (nth (Z.to_nat j) x 0) (Z.to_pos d))
        | None => None
        end
  | Rollout, [i; j] =>
      Return
        match word_row true (head_chains p) (word a) (one_at (nodes (base p)) (Z.to_nat i), 1) with
        | Some (x, d) => rational (reduced (nth (Z.to_nat j) x 0) (Z.to_pos d))
        | None => None
        end
  | _, k :: _ =>
      match chain_of p (Z.to_nat k) with Some c => chain_function f p (Z.to_nat k) c a | None => Malformed end
  | _, [] => Malformed
  end.

(* At a weight, the mean and its weights are asked about in comparisons only, and these stand nowhere else. *)
Definition stands_right (f : function) (c : context) : bool :=
  match f with
  | Weight_above _ => negb (outside c)
  | Weight | Word_weight => outside c
  | _ => true
  end.
Definition weight_above (strict : bool) (c : context) (h : Z) (x : Q) : program value :=
  match position_of c with
  | At_weight _ _ => Ask_weight (Z.to_nat h) x strict (fun above => Return (truth above))
  | _ => Return (truth (heavier (0 # 1) (Z.to_nat h) x strict))
  end.

Definition apply (f : function) (c : context) (a : arguments) : program value :=
  match f, numbers a, integers a with
  | Defined, [v], _ => Return (truth (is_some v))
  | _, _, _ =>
      if negb (stands_right f c) then Malformed else
      if negb (all_defined a) then Return None
      else
        match f, numbers a, integers a with
        | Not, [v], _ => Return (negation v)
        | Floor, [Some x], _ => Return (Some (Number (whole (floor (low x))) (whole (floor (high x)))))
        | Exp, [Some x], _ => if within_exponential_range x then Return (Some (exponential x)) else Malformed
        | Plus, [x; y], _ => Return (image_of plus x y)
        | Minus, [x; y], _ => Return (image_of minus x y)
        | Times, [x; y], _ => Return (image_of times x y)
        | Divided, [x; y], _ => Return (in_both divide x y)
        | Power, [x; y], _ => Return (in_both raise x y)
        | Min, [x; y], _ => Return (image_of smaller x y)
        | Max, [x; y], _ => Return (image_of larger x y)
        | Less, [x; y], _ => Return (in_both less x y)
        | At_most, [x; y], _ => Return (negation (in_both less y x))
        | Equal, [x; y], _ => Return (in_both equal x y)
        | Choose, _, [n; k] => Return (integer (choose n k))
        | Weight_above strict, [Some x], [h] => weight_above strict c h (low x)
        | _, _, _ => let* p := current_system c in system_function f p a
        end
  end.

End Evaluation.

Definition compare (f : comparator) (strict : bool) (c : context) (a : arguments) : program outcome :=
  let undefined := Return (Outcome None None None) in
  let* p := current_system c in
  match position_of c, comparison_of f strict (integers a) (numbers a) with
  | Outside, _ => Malformed
  | position, Some q =>
      if all_defined a && defined_for p q then
        match position with
        | At_weight asked holds =>
            if equal_comparisons q asked then Return (Outcome (truth holds) None None) else Malformed
        | _ => Return (Outcome None None (Some q))
        end
      else undefined
  | _, None => undefined
  end.

Definition name_value (x : string) (c : context) : program value :=
  if (x =? "true")%string then Return (truth true)
  else if (x =? "false")%string then Return (truth false)
  else if (x =? "n")%string then let* p := current_system c in Return (integer (Z.of_nat (nodes (base p))))
  else if (x =? "tau")%string then let* p := current_system c in Return (integer (Z.of_nat (S (sink_node (base p)))))
  else if (x =? "H")%string
  then let* p := current_system c in Return (integer (Z.of_nat (List.length (heads (base p)))))
  else match found x (bound c) with Some (Bound_number v) => Return v | _ => Malformed end.

Definition at_index {A} (v : value) (l : list A) : option A :=
  match at_least_one v with
  | Some k => if k <=? Z.of_nat (List.length l) then nth_error l (Z.to_nat (k - 1)) else None
  | None => None
  end.
Definition printed_value (printed_numbers : list (string * printed)) (x : string) (indices : list value) :
  program value :=
  let number (q : option Q) := match q with Some q => Return (rational q) | None => Malformed end in
  match found x printed_numbers, indices with
  | Some (Printed_number q), [] => number q
  | Some (Printed_rows rows), [k; l] =>
      match at_index k rows with
      | Some row => match at_index l row with Some q => number q | None => Return None end
      | None => Return None
      end
  | _, _ => Malformed
  end.
