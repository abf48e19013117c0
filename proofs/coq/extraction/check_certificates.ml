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

let fact () = match next () with
  | "Supremum_fact" ->
      let k = nat () in let j = nat () in let phi = rational () in let attained = boolean () in
      Supremum_fact (k, j, phi, attained, proof ())
  | "Mixing_fact" ->
      let k = nat () in let l1 = boolean () in let t = nat () in Mixing_fact (k, l1, t, rational ())
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

let certificate () = match next () with
  | "Certificate" ->
      let stated_verdict = verdict () in let is_definition = boolean () in
      { stated_verdict; is_definition; readings = list reading () }
  | w -> unknown w

let read_file name =
  let file = open_in_bin name in
  let text = really_input_string file (in_channel_length file) in
  close_in file;
  List.filter (fun w -> w <> "") (String.split_on_char ' ' (String.trim text))

let () =
  for k = 1 to Array.length Sys.argv - 1 do
    words := read_file Sys.argv.(k);
    let given = certificate () in
    let started = Sys.time () in
    let answer = if check given then "accepted" else "rejected" in
    Printf.printf "%s %s %.3f\n%!" answer Sys.argv.(k) (Sys.time () -. started)
  done
