# Prints every breach of the house rules in the sources named on the command line, paths relative to the root:
# order of rooms, where LibTorch may be named, and that library code neither prints nor exits.
# Comments and string literals are blanked first, so that only code counts.

BEGIN {
  count = split(rooms, ordered, " ")
  for (i = 1; i <= count; i++) rank[ordered[i]] = i
  name = "(^|[^A-Za-z0-9_.>])"
  prints = name "(cout|cerr|clog)($|[^A-Za-z0-9_])|" name \
    "((flint_|gmp_|mpfr_|arb_)?(printf|fprintf|vprintf|vfprintf)|puts|fputs|putchar|putc|perror|fmt::print)[ ]*[(]"
  exits = name "(exit|_exit|_Exit|quick_exit|abort|flint_abort|terminate)[ ]*[(]"
}

FNR == 1 {
  in_comment = 0; raw_end = ""
  path = FILENAME
  sub(/^\.\//, "", path)
  folder = path; sub(/[^\/]*$/, "", folder)
  room = ""
  if (path ~ /^src\/[^\/]+\//) { room = path; sub(/^src\//, "", room); sub(/\/.*/, "", room) }
  if (path ~ /^include\/crosshead\/[^\/]+\//) { room = path; sub(/^include\/crosshead\//, "", room); sub(/\/.*/, "", room) }
  library = room != "" && room != "cli" && room != "checker"
  may_name_torch = path ~ /^(src\/attention\/torch|tests\/attention)\//
  if (room != "" && room != "checker" && !(room in rank)) breach("'" room "' is not a room; the rooms are " rooms)
}

function breach(what) { printf "%s:%d: %s\n", path, FNR, what; found = 1 }

function readable(file,   line, status) { status = (getline line < file) >= 0; close(file); return status }

# The line without comments and literals; remembers what stays open at its end.
function code(line,   out, c, rest, end) {
  out = ""
  while (line != "") {
    if (in_comment) {
      end = index(line, "*/")
      if (!end) return out
      in_comment = 0; line = substr(line, end + 2)
    } else if (raw_end != "") {
      end = index(line, raw_end)
      if (!end) return out
      line = substr(line, end + length(raw_end)); raw_end = ""
    } else if (line ~ /^\/\//) {
      return out
    } else if (line ~ /^\/\*/) {
      in_comment = 1; line = substr(line, 3)
    } else if (line ~ /^R"[^( ]*[(]/ && out !~ /[A-Za-z0-9_]$/) {
      end = index(line, "(")
      raw_end = ")" substr(line, 3, end - 3) "\""; line = substr(line, end + 1)
    } else if (match(line, /^"([^"\\]|\\.)*"/) || (out !~ /[A-Za-z0-9_]$/ && match(line, /^'([^'\\]|\\.)*'/))) {
      out = out " "; line = substr(line, RLENGTH + 1)
    } else {
      out = out substr(line, 1, 1); line = substr(line, 2)
    }
  }
  return out
}

function check_include(target, quoted,   to, ours) {
  ours = quoted && readable(folder target)
  if (target ~ /^(torch|ATen|c10)\// && !ours && !may_name_torch)
    breach("only src/attention/torch and tests/attention may include LibTorch's <" target ">")
  if (target ~ /(^|\/)torch\// && ours && !may_name_torch)
    breach("\"" target "\" is private to src/attention/torch")
  if (room == "") return
  if (target ~ /(^|\/)\.\.\//) breach("\"" target "\" leaves its folder; include it by its full name")
  to = target
  if (!sub(/^(src\/|crosshead\/)/, "", to)) {
    to = ""
  } else {
    sub(/\/.*/, "", to)
  }
  if (to == "" || to == room) return
  if (room == "checker") breach("the checker shares no code with the rooms, but includes \"" target "\"")
  else if (!(to in rank)) breach("\"" target "\" is in no room; the rooms are " rooms)
  else if (room in rank && rank[to] > rank[room])
    breach("room '" room "' comes before room '" to "' and may not include \"" target "\"")
}

{
  line = $0
  if (!in_comment && raw_end == "" && match(line, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]*/)) {
    target = substr(line, RSTART, RLENGTH)
    quoted = target ~ /"/
    sub(/^[^<"]*[<"]/, "", target)
    check_include(target, quoted)
    next
  }
  line = code(line)
  if (!library) next
  if (line ~ prints) breach("library code does not print: " $0)
  if (line ~ exits) breach("library code does not end the program: " $0)
}

END { exit found }
