(* check_certificates FILE...: reads terms that certificate_to_coq.py --text writes, and prints for each file whether
   the verified checker accepts it, and the seconds it took. A term is a sequence of words: constructors by name, a list
   after its length, numbers in decimal, a rational as numerator and denominator, a string as x and its bytes in
   hexadecimal. *)
open Certified_checker

let words : string list ref = ref []
let next () = match !words with [] -> failwith "the term ends early" | w :: rest -> words := rest; w
let unknown w = failwith ("no word of a term here: " ^ w)

let nat () = int_of_string (next ())
let integer () = Big_int_Z.big_int_of_string (next ())
let rational () = let p = integer () in { qnum = p; qden = integer () }
let rec repeated n read = if n = 0 then [] else let a = read () in a :: repeated (n - 1) read
let list read () = repeated (nat ()) read
let pair first second () = let a = first () in (a, second ())
let text () =
  let w = next () in
  if w.[0] <> 'x' then unknown w;
  String.init (String.length w / 2) (fun k -> Char.chr (int_of_string ("0x" ^ String.sub w (2 * k + 1) 2)))
let boolean () = match next () with "true" -> true | "false" -> false | w -> unknown w
let option read () = match next () with "None" -> None | "Some" -> Some (read ()) | w -> unknown w
let rationals = list rational
let rows = list rationals

let rec tree () = match next () with
  | "Integer" -> Integer (integer ())
  | "Text" -> Text (text ())
  | "Array" -> Array (list tree ())
  | "Other" -> Other
  | w -> unknown w

let head () = match next () with
  | "Edges" -> Edges (list (pair nat nat) ())
  | "Matrices" -> let d = option rows () in Matrices (d, option rows ())
  | w -> unknown w

let system () = match next () with
  | "System" ->
      let nodes = nat () in let sink_node = nat () in let heads = list head () in
      { nodes; sink_node; heads; weights = rationals () }
  | w -> unknown w

let proof () = match next () with
  | "Superharmonic" -> let t = nat () in let horizon = nat () in Superharmonic (t, horizon, rationals ())
  | "Absorbing" -> Absorbing (rationals ())
  | "Contraction" -> let t = nat () in let horizon = nat () in Contraction (t, horizon, rows ())
  | "Recurrence" -> let horizon = nat () in Recurrence (horizon, rationals ())
  | w -> unknown w

(* Pieces of weights. *)
let item () = match next () with
  | "Single" -> Single (nat ())
  | "Pair" -> let u = nat () in Pair (u, nat ())
  | w -> unknown w

let lower () = match next () with
  | "Limit" -> Limit (nat ())
  | "At_time" -> let j = nat () in At_time (j, nat ())
  | "Mean_over" ->
      let j = nat () in let t = nat () in let stages = nat () in let rate = rational () in let right = boolean () in
      Mean_over (j, t, stages, rate, right, boolean ())
  | w -> unknown w

let upper () = match next () with
  | "Tail" -> let j = nat () in Tail (j, nat ())
  | "Gates" -> let j = nat () in let t = nat () in let gates = list nat () in Gates (j, t, gates, list nat ())
  | "Levels" ->
      let j = nat () in let t = nat () in let feeder = nat () in let inflow = list nat () in
      Levels (j, t, feeder, inflow, rationals ())
  | "Slow" -> let j = nat () in let t = nat () in let slow = list nat () in Slow (j, t, slow, rational ())
  | w -> unknown w

let argument () = match next () with
  | "Above" -> Above (list lower ())
  | "Below" -> Below (upper ())
  | "Compared" -> let holds = boolean () in let above = list lower () in Compared (holds, above, upper ())
  | "Mixed" -> Mixed
  | "Unmixed" -> Unmixed (nat ())
  | w -> unknown w

let piece () = match next () with
  | "At_point" -> let b = rational () in At_point (b, argument ())
  | "Between" -> let l = rational () in let r = rational () in Between (l, r, argument ())
  | "Divided_at" ->
      let l = rational () in let r = rational () in let root = list integer () in
      let before = argument () in let middle = argument () in Divided_at (l, r, root, before, middle, argument ())
  | w -> unknown w

let part () = match next () with
  | "Everything" -> Everything
  | "On_side" ->
      On_side (match next () with "Before" -> Before | "At" -> At | "After" -> After | w -> unknown w)
  | w -> unknown w

let mean_subject () = match next () with
  | "All_nodes" -> All_nodes
  | "All_but_sink" -> All_but_sink
  | "One_node" -> One_node (nat ())
  | "Two_nodes" -> let j = nat () in Two_nodes (j, nat ())
  | "Absorbed_after" -> Absorbed_after (integer ())
  | w -> unknown w

let mean_comparison () = match next () with
  | "Comparison" ->
      let subject_in = mean_subject () in let strictly = boolean () in { subject_in; strictly; bar = rational () }
  | w -> unknown w

let fact () = match next () with
  | "Supremum_fact" ->
      let k = nat () in let j = nat () in let phi = rational () in let attained = boolean () in
      Supremum_fact (k, j, phi, attained, proof ())
  | "Mixing_fact" ->
      let k = nat () in let l1 = boolean () in let t = nat () in Mixing_fact (k, l1, t, rational ())
  | "Weights_fact" ->
      let q = mean_comparison () in let order = list item () in Weights_fact (q, order, list piece ())
  | w -> unknown w

let printed () = match next () with
  | "Printed_number" -> Printed_number (option rational ())
  | "Printed_rows" -> Printed_rows (list (list (option rational)) ())
  | w -> unknown w

let instance () = match next () with
  | "Instance_value" -> Instance_value (rational ())
  | "Instance_word" -> Instance_word (list integer ())
  | "Instance_system" -> Instance_system (system ())
  | "Instance_weights" -> Instance_weights (rationals ())
  | "Instance_between" -> let l = rational () in let r = rational () in Instance_between (l, r, part ())
  | w -> unknown w

let role () = match next () with
  | "Is_stated" -> Is_stated | "Is_hypothesis" -> Is_hypothesis | "Is_fact" -> Is_fact | w -> unknown w

let reading () = match next () with
  | "Reading" ->
      let role_of = role () in let formula = tree () in let first_step = nat () in let average_start = boolean () in
      let printed_of = list (pair text printed) () in let given = option system () in let stated_truth = boolean () in
      let witness_of = option (list (pair text instance)) () in
      { role_of; formula; first_step; average_start; printed_of; given; stated_truth; witness_of;
        listings = list (pair system (list fact)) () }
  | w -> unknown w

let verdict () = match next () with
  | "Verified" -> Verified | "Refuted" -> Refuted | "Holds_if" -> Holds_if | "Ambiguous" -> Ambiguous
  | "Not_a_claim" -> Not_a_claim | w -> unknown w

let certificate () =
  let stated_verdict = verdict () in let is_definition = boolean () in
  { stated_verdict; is_definition; readings = list reading () }

(* The best weights of several heads. *)
let shown () = match next () with
  | "Shown_at" -> let j = nat () in Shown_at (j, nat ())
  | "Shown_in_the_limit" -> Shown_in_the_limit (nat ())
  | w -> unknown w

let rec part_of_weights () = match next () with
  | "Bounded" -> let j = nat () in Bounded (j, nat ())
  | "Split" ->
      let a = nat () in let b = nat () in let first = part_of_weights () in Split (a, b, first, part_of_weights ())
  | w -> unknown w

let best_weights () =
  let best_nodes = nat () in let best_sink = nat () in let best_order = list nat () in let best_heads = list rows () in
  let best_first = nat () in let best_sink_counts = boolean () in let best_at = rationals () in
  let best_lower = rational () in let best_above = list shown () in let best_upper = rational () in
  { best_nodes; best_sink; best_order; best_heads; best_first; best_sink_counts; best_at; best_lower; best_above;
    best_upper; best_parts = part_of_weights () }

(* The weights for which a claim holds. *)
let two_heads () = match next () with
  | "Two_heads" ->
      let given_size = nat () in let given_sink = nat () in let given_items = list item () in let first_rows = rows () in
      { given_size; given_sink; given_items; first_rows; second_rows = rows () }
  | w -> unknown w

let relation () = match next () with
  | "Is_more" -> Is_more | "Is_at_least" -> Is_at_least | "Is_less" -> Is_less | "Is_at_most" -> Is_at_most
  | w -> unknown w

let statement () = match next () with
  | "Statement" ->
      let subject_of = match next () with
        | "Minimax" -> Minimax
        | "Node_alone" -> Node_alone (nat ())
        | "Nodes" -> let i = nat () in Nodes (i, nat ())
        | w -> unknown w in
      let relation_of = relation () in { subject_of; relation_of; threshold = rational () }
  | w -> unknown w

let own_value () = match next () with
  | "Own_value" ->
      let own_minimax = rational () in let own_above = list lower () in
      { own_minimax; own_above; own_below = upper () }
  | w -> unknown w

let region_claim () = match next () with
  | "Claim_compared" -> Claim_compared (statement ())
  | "Claim_amplifies" -> let one = own_value () in Claim_amplifies (one, own_value ())
  | "Claim_attenuates" -> let one = own_value () in Claim_attenuates (one, own_value ())
  | "Claim_t_mix" -> let epsilon = rational () in let at_most = boolean () in Claim_t_mix (epsilon, at_most, nat ())
  | "Claim_mixes_faster" ->
      let epsilon = rational () in let t = nat () in let k = nat () in let t' = nat () in
      Claim_mixes_faster (epsilon, t, k, t', nat ())
  | w -> unknown w

let end_of_weights () = match next () with
  | "Number_end" -> Number_end (rational ())
  | "Root_end" -> let p = list integer () in let l = rational () in Root_end (p, l, rational ())
  | w -> unknown w

let interval () = match next () with
  | "Interval" ->
      let left_of = end_of_weights () in let left_closed = boolean () in let right_of = end_of_weights () in
      { left_of; left_closed; right_of; right_closed = boolean () }
  | w -> unknown w

let region () =
  let heads_of_region = two_heads () in let are_walks = boolean () in let region_first = nat () in
  let sink_counted = boolean () in let region_claimed = region_claim () in let holds_on = list interval () in
  { heads_of_region; are_walks; region_first; sink_counted; region_claimed; holds_on; region_pieces = list piece () }

(* What is asked of the checker about a document. *)
let document () = match next () with
  | "Certificate" -> let given = certificate () in fun () -> check given
  | "Region" -> let given = region () in fun () -> accepted_region given
  | "Best_weights" -> let given = best_weights () in fun () -> check_best given
  | w -> unknown w

let read_file name =
  let file = open_in_bin name in
  let text = really_input_string file (in_channel_length file) in
  close_in file;
  List.filter (fun w -> w <> "") (String.split_on_char ' ' (String.trim text))

let () =
  for k = 1 to Array.length Sys.argv - 1 do
    words := read_file Sys.argv.(k);
    let accepted = document () in
    let started = Sys.time () in
    let answer = if accepted () then "accepted" else "rejected" in
    Printf.printf "%s %s %.3f\n%!" answer Sys.argv.(k) (Sys.time () -. started)
  done
