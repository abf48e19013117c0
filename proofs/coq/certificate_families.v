(* Families of head systems in their declared order (src/certificate/FORMAT.md, section 3).

   Glossary
     place             a pair (j, i): the edge j -> i, or the entry in row i and column j of a walk matrix
     code              what a head has in its places: 1 or 0 for an edge and no edge, numerators over d
     coded             the heads of a family with n nodes: code and head, in ascending order of the codes
     sets              the sets of so many heads: by their total number of nonzero places, then by their codes
     lazy              systems are made when they are visited *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import integer_checks certificate_numbers certificate_systems.
Import ListNotations.
Local Open Scope Z_scope.

Inductive set_family := Unique_sink | Feedforward | Optional_loops | Digraphs | Chains | Diffusions.
Inductive single_family := Line | Star | Full | Local.

Definition range (k l : Z) : list Z :=
  map (fun i => k + Z.of_nat i) (indices (Z.to_nat (l - k + 1))).

(* All lists of so many elements of `letters` in lexicographic order. *)
Fixpoint all_lists {A} (letters : list A) (k : nat) : list (list A) :=
  match k with O => [[]] | S k => let rest := all_lists letters k in flat_map (fun a => map (cons a) rest) letters end.
(* All lists of so many numbers with this sum, nonnegative or positive, in lexicographic order. *)
Fixpoint compositions (least : Z) (parts : nat) (total : Z) : list (list Z) :=
  match parts with
  | O => if total =? 0 then [[]] else []
  | S O => if least <=? total then [[total]] else []
  | S parts => flat_map (fun a => map (cons a) (compositions least parts (total - a))) (range least total)
  end.
(* All sublists of so many elements, in lexicographic order of positions. *)
Fixpoint sublists {A} (k : nat) (l : list A) : list (list A) :=
  match l, k with
  | _, O => [[]]
  | [], S _ => []
  | a :: l, S k' => map (cons a) (sublists k' l) ++ sublists k l
  end.

Definition pairs (n : nat) (keep : nat -> nat -> bool) : list (nat * nat) :=
  flat_map (fun j => flat_map (fun i => if keep j i then [(j, i)] else []) (indices n)) (indices n).
Definition places (f : set_family) (n : nat) : list (nat * nat) :=
  match f with
  | Unique_sink | Feedforward => pairs n Nat.ltb
  | Optional_loops => pairs n Nat.ltb ++ map (fun j => (j, j)) (indices n)
  | Digraphs => pairs n (fun j i => negb (j =? i)%nat)
  | Chains => pairs n Nat.leb
  | Diffusions => map (fun place => (snd place, fst place)) (pairs n (fun i j => (j <=? i)%nat))
  end.
Definition codes (f : set_family) (n : nat) (d : Z) : list (list Z) :=
  let of_groups (sizes : list nat) :=
    fold_right (fun size rest => flat_map (fun group => map (app group) rest) (compositions 0 size d)) [[]] sizes in
  match f with
  | Chains => of_groups (map (fun j => n - j)%nat (indices n))
  | Diffusions => of_groups (map S (indices n))
  | _ => all_lists [0; 1] (length (places f n))
  end.
Definition is_matrix_family (f : set_family) : bool := match f with Chains | Diffusions => true | _ => false end.

(* Whether every node but the last has something that leads to another one. *)
Definition leaves (n : nat) (coded : list ((nat * nat) * Z)) : bool :=
  forallb
    (fun j => existsb (fun x => (fst (fst x) =? j)%nat && negb (snd (fst x) =? j)%nat && (0 <? snd x)) coded)
    (indices (n - 1)).
Definition coded_entry (coded : list ((nat * nat) * Z)) (j i : nat) : Z :=
  match find (fun x => equal_edges (fst x) (j, i)) coded with Some x => snd x | None => 0 end.
Definition coded_head (f : set_family) (n : nat) (d : Z) (coded : list ((nat * nat) * Z)) : head :=
  let matrix := tabulate n (fun i j => reduced (coded_entry coded j i) (Z.to_pos d)) in
  match f with
  | Chains => Matrices None (Some matrix)
  | Diffusions => Matrices (Some matrix) None
  | Optional_loops => Edges (pairs n (fun j i => coded_entry coded j i =? 1))
  | _ => Edges (pairs n (fun j i => (j =? i)%nat || (coded_entry coded j i =? 1)))
  end.
Definition coded (f : set_family) (n : nat) (d : Z) : list (list ((nat * nat) * Z)) :=
  let all := map (combine (places f n)) (codes f n d) in
  match f with Unique_sink | Chains | Diffusions => filter (leaves n) all | _ => all end.

Definition lazy (A : Type) : Type := unit -> A.
Definition uniform (k : nat) : list Q := repeat (1 # Pos.of_nat k) k.
Definition system_of (n : nat) (heads : list (head * chain)) : prepared :=
  let w := uniform (length heads) in
  Prepared (System n (n - 1) (map fst heads) w) (mean_chain n w (map snd heads)) (map snd heads).
Definition single_system (n : nat) (heads : list head) : prepared :=
  prepare (System n (n - 1) heads (uniform (length heads))).

Definition sets (f : set_family) (n : nat) (least most : Z) (d : Z) : list (lazy prepared) :=
  let all := map (fun c => (fold_left (fun k x => if snd x =? 0 then k else k + 1) c 0,
                            let h := coded_head f n d c in (h, head_chain n h)))
               (coded f n d) in
  let place_count := Z.of_nat (length (places f n)) in
  flat_map
    (fun size =>
       let chosen := map (fun set => (fold_left (fun k x => k + fst x) set 0, set)) (sublists (Z.to_nat size) all) in
       flat_map
         (fun total =>
            map (fun set (_ : unit) => system_of n (map snd (snd set))) (filter (fun set => fst set =? total) chosen))
         (range 0 (size * place_count)))
    (range least (Z.min most (Z.of_nat (length all)))).

Definition single (f : single_family) (n : nat) (width : Z) : prepared :=
  let edge (j i : nat) :=
    (j =? i)%nat
    || match f with
       | Line => (i =? S j)%nat
       | Star => (i =? n - 1)%nat
       | Full => (j <? i)%nat
       | Local => (j <? i)%nat && (Z.of_nat i - Z.of_nat j <=? width)
       end in
  single_system n [Edges (pairs n edge)].
Definition lazy_line (n : nat) (steps : list Q) : prepared :=
  let head (p : Q) :=
    Matrices None
      (Some (tabulate n (fun i j =>
         if (i =? j)%nat then if (S j =? n)%nat then 1 # 1 else minus (1 # 1) p
         else if (i =? S j)%nat then p else 0 # 1))) in
  single_system n (map head steps).
