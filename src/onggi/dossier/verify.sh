#!/usr/bin/env bash
{ # The brace makes bash read the script to its end before it begins: half a script must not look like success.
# Checks the proof in this folder without its maker's software, without a network, without changing anything.
#
#   bash verify.sh            checks the folder in which this script stands
#   bash verify.sh FOLDER     checks another one: take the script from where you trust it, not from the bag
#
# Needs bash 4.3 or later, coreutils, xxd and openssl 3.0 or later (3.5 for ML-DSA-44). What is checked, and why in
# this way, stands in FORMAT.md; the numbers 1 to 5 below are those of its chapter "Checking".
# Ends with one verdict, and with 0 if the proof is valid, 1 if it is not, 2 if it could not be checked at all.

set -u
language=${ONGGI_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}}
language=${language:0:2}
export LC_ALL=C # bytes are bytes: sorting, matching and lengths must not depend on where this runs
umask 077
unset CDPATH GLOBIGNORE # either would make this look elsewhere, or overlook something

passed=0 failed=0 unchecked=0
statements=0 disclosed=0 withheld=0
work=''

# ---------------------------------------------------------------------------------------------------- words

say() { # say ENGLISH KOREAN CHINESE
  case $language in
    ko) printf '%s\n' "$2" ;;
    zh) printf '%s\n' "$3" ;;
    *) printf '%s\n' "$1" ;;
  esac
}
pass() {
  passed=$((passed + 1))
  printf 'ok      ' && say "$@"
}
fail() {
  failed=$((failed + 1))
  printf 'FAILED  ' && say "$@"
}
skip() {
  unchecked=$((unchecked + 1))
  printf '??      ' && say "$@"
}
note() { printf 'note    ' && say "$@"; }
check() { # check STATUS ENGLISH KOREAN CHINESE
  local status=$1
  shift
  if [[ $status -eq 0 ]]; then pass "$@"; else fail "$@"; fi
}
give_up() {
  say "$@"
  echo "NOT CHECKED · 확인하지 못함 · 未能检验"
  exit 2
}

# ---------------------------------------------------------------------------------------------------- bytes

hash_hex() { # hash_hex HEX: leaves the SHA-256 of these bytes in $hash
  hash=$(printf '%s' "$1" | xxd -r -p | sha256sum)
  hash=${hash%% *}
}
hash_file() { # hash_file FILE: leaves the SHA-256 of the file in $hash
  hash=$(sha256sum <"$1")
  hash=${hash%% *}
}
same_bytes() { # same_bytes FILE: whether the file is exactly what comes on standard input
  local made
  made=$(sha256sum)
  hash_file "$1"
  [[ ${made%% *} == "$hash" ]]
}
read_lines() { # read_lines FILE: leaves the lines of a small text file in $lines
  local line
  lines=()
  [[ $(wc -c <"$1") -le 65536 ]] || return 1 # no text of a bag is longer, and bash reads long ones slowly
  while IFS= read -r line; do lines+=("$line"); done <"$1"
  [[ ${#lines[@]} -gt 0 ]] # bash 4.3 takes an empty array for an unset one
}
to_hex() { xxd -p | tr -d '\n'; }
from_base64() { printf '%s' "$1" | base64 -d 2>/dev/null | to_hex; }
to_base64() { printf '%s' "$1" | xxd -r -p | base64 -w "${2:-0}"; }
u64() { printf '%016x' "$1"; }

# -------------------------------------------------------------------------------------------------- 1 bag

fixed=(
  bagit.txt bag-info.txt manifest-sha256.txt manifest-sha512.txt tagmanifest-sha256.txt tagmanifest-sha512.txt
  VERIFY.md verify.sh FORMAT.md data/anchor.txt
  data/keys/ed25519.pem data/keys/mldsa44.pem data/keys/allowed_signers
)
statement_file='^data/statement-[1-9][0-9]{0,3}/((what|subject|source|words|trace)\.json|proof\.txt|read\.txt)$'
file_limit=$((16 * 1024 * 1024))
bag_limit=$((256 * 1024 * 1024))
names=() numbers=() size=0
declare -A present=()

is_expected() {
  local name
  for name in "${fixed[@]}"; do
    [[ $1 == "$name" ]] && return 0
  done
  [[ $1 =~ $statement_file ]]
}

list_folder() { # list_folder PREFIX LEVEL: gathers the files to check in $names, reports everything else
  local entry found=0 bytes
  for entry in "$1"*; do
    found=1
    if [[ -L $entry || ! (-f $entry || -d $entry) ]]; then
      fail "$(printf 'a link or special file in the folder: %q' "$entry")" \
        "$(printf '폴더 안에 링크나 특수 파일이 있습니다: %q' "$entry")" \
        "$(printf '文件夹里有链接或特殊文件：%q' "$entry")"
    elif [[ -d $entry && $2 -lt 3 ]]; then
      list_folder "$entry/" $(($2 + 1))
    elif [[ -d $entry ]] || ! is_expected "$entry"; then
      fail "$(printf 'does not belong to the bag: %q' "$entry")" \
        "$(printf '이 묶음에 속하지 않습니다: %q' "$entry")" \
        "$(printf '不属于这个证明包：%q' "$entry")"
    elif ! bytes=$(wc -c <"$entry"); then
      fail "cannot be read: $entry" "읽을 수 없습니다: $entry" "无法读取：$entry"
    elif ((bytes > file_limit || size + bytes > bag_limit)); then
      fail "too large: $entry" "너무 큽니다: $entry" "过大：$entry"
    else
      size=$((size + bytes))
      names+=("$entry")
      present[$entry]=1
    fi
  done
  if [[ $found -eq 0 && -n $1 ]]; then
    fail "an empty folder, of which no manifest speaks: $(printf '%q' "$1")" \
      "어느 목록에도 없는 빈 폴더가 있습니다: $(printf '%q' "$1")" \
      "任何清单都未列出的空文件夹：$(printf '%q' "$1")"
  fi
}

list_hashes() { # list_hashes PROGRAM FILE…: a manifest of these files, as it must be
  local program=$1 line sorted=() at=0
  shift
  while IFS= read -r line; do sorted+=("$line"); done < <(printf '%s\n' "$@" | sort)
  while read -r line _; do
    printf '%s  %s\n' "$line" "${sorted[at]}"
    at=$((at + 1))
  done < <("$program" -- "${sorted[@]}")
}

check_bag() {
  local name payload=() tags=() octets=0 bytes number expected=1 missing=0
  list_folder "" 1
  for name in "${fixed[@]}"; do
    if [[ -z ${present[$name]:-} ]]; then
      missing=1
      fail "missing: $name" "없습니다: $name" "缺少：$name"
    fi
  done
  [[ $missing -eq 0 ]] || return 1 # nothing else can be said of a bag without its parts
  for name in "${names[@]}"; do
    case $name in
      data/*)
        payload+=("$name")
        bytes=$(wc -c <"$name")
        octets=$((octets + bytes))
        ;;
      tagmanifest-*) ;;
      *) tags+=("$name") ;;
    esac
    if [[ $name =~ $statement_file ]]; then
      number=${name#data/statement-}
      numbers[${number%%/*}]=1
    fi
  done
  printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | same_bytes bagit.txt
  check $? "bagit.txt: BagIt 1.0" "bagit.txt: BagIt 1.0" "bagit.txt：BagIt 1.0"
  printf 'Payload-Oxum: %s.%s\n' "$octets" "${#payload[@]}" | same_bytes bag-info.txt
  check $? "bag-info.txt: ${#payload[@]} files, $octets bytes" "bag-info.txt: 파일 ${#payload[@]}개, $octets바이트" \
    "bag-info.txt：${#payload[@]} 个文件，$octets 字节"
  for name in sha256 sha512; do
    list_hashes "${name}sum" "${payload[@]}" | same_bytes "manifest-$name.txt"
    check $? "manifest-$name.txt: made again, the same" "manifest-$name.txt: 다시 만들어 대조함" \
      "manifest-$name.txt：重新生成并比对"
    list_hashes "${name}sum" "${tags[@]}" | same_bytes "tagmanifest-$name.txt"
    check $? "tagmanifest-$name.txt: made again, the same" "tagmanifest-$name.txt: 다시 만들어 대조함" \
      "tagmanifest-$name.txt：重新生成并比对"
  done
  while [[ -n ${numbers[expected]:-} ]]; do expected=$((expected + 1)); done
  [[ ${#numbers[@]} -gt 0 && $expected -gt ${#numbers[@]} ]]
  check $? "statements are numbered from 1 without gaps: ${#numbers[@]}" \
    "진술 번호가 1부터 빠짐없이 이어집니다: ${#numbers[@]}" "陈述从 1 起连续编号：${#numbers[@]}"
  return 0
}

# ------------------------------------------------------------------------------------------------- 2 keys

ed25519_spki=302a300506032b6570032100
mldsa_spki=30820532300b06096086480165030403110382052100
ed25519='' mldsa='' origin='' fingerprint=''

read_pem() { # read_pem FILE PREFIX KEY-BYTES: leaves the raw key in $key
  local lines line body='' spki
  key=''
  read_lines "$1" || return 1
  for line in "${lines[@]}"; do
    [[ $line == -----* ]] || body+=$line
  done
  spki=$(from_base64 "$body")
  [[ $spki == "$2"* && ${#spki} -eq $((${#2} + 2 * $3)) ]] || return 1
  # Written again, so that what openssl reads is exactly what was hashed here.
  { printf '%s\n' '-----BEGIN PUBLIC KEY-----' && to_base64 "$spki" 64 && printf '%s\n' '-----END PUBLIC KEY-----'; } |
    same_bytes "$1" || return 1
  key=${spki#"$2"}
}

check_keys() {
  read_pem data/keys/ed25519.pem "$ed25519_spki" 32
  check $? "ed25519.pem is an Ed25519 key" "ed25519.pem은 Ed25519 공개키입니다" "ed25519.pem 是 Ed25519 公钥"
  ed25519=$key
  read_pem data/keys/mldsa44.pem "$mldsa_spki" 1312
  check $? "mldsa44.pem is an ML-DSA-44 key" "mldsa44.pem은 ML-DSA-44 공개키입니다" "mldsa44.pem 是 ML-DSA-44 公钥"
  mldsa=$key
  [[ -n $ed25519 && -n $mldsa ]] || return
  hash_hex "$ed25519_spki$ed25519"
  origin=onggi.invalid/${hash:0:16}
  hash_hex "$ed25519_spki$ed25519$mldsa_spki$mldsa"
  fingerprint=$hash
  printf '%s ssh-ed25519 %s\n' "$origin" \
    "$(to_base64 "0000000b7373682d6564323535313900000020$ed25519")" | same_bytes data/keys/allowed_signers
  check $? "allowed_signers holds the same Ed25519 key" "allowed_signers에 같은 Ed25519 공개키가 있습니다" \
    "allowed_signers 中是同一把 Ed25519 公钥"
}

# ----------------------------------------------------------------------------------------------- 3 anchor

anchor_size='' anchor_root=''

verify_signature() { # verify_signature PEM MESSAGE-FILE SIGNATURE-FILE
  openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$2" -sigfile "$3" >/dev/null 2>&1
}

knows_ed25519() { # whether this openssl accepts test 2 of RFC 8032 and refuses it for another message
  printf '%s\n' '-----BEGIN PUBLIC KEY-----' 'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=' \
    '-----END PUBLIC KEY-----' >"$work/test.pem"
  printf '%s%s' 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da \
    085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00 | xxd -r -p >"$work/test.sig"
  printf 'r' >"$work/test.msg"
  verify_signature "$work/test.pem" "$work/test.msg" "$work/test.sig" || return 1
  printf 's' >"$work/test.msg"
  ! verify_signature "$work/test.pem" "$work/test.msg" "$work/test.sig"
}

names_key() { # names_key TYPE KEY BLOB: whether a signature of this type names this key
  hash_hex "$(printf '%s' "$named" | to_hex)0a$1$2"
  [[ $named == "$origin/${anchor_root:0:16}" && ${3:0:8} == "${hash:0:8}" ]]
}

read_anchor() { # leaves size, root and both signature blobs
  local lines dash=$'\xe2\x80\x94'
  read_lines data/anchor.txt || return 1
  [[ ${#lines[@]} -eq 6 && ${lines[1]} =~ ^[1-9][0-9]{1,9}$ ]] || return 1
  is_width "${lines[1]}" && [[ ${lines[1]} -ge 64 ]] || return 1
  anchor_size=${lines[1]}
  anchor_root=$(from_base64 "${lines[2]}")
  ed25519_blob=$(from_base64 "${lines[4]##* }")
  mldsa_blob=$(from_base64 "${lines[5]##* }")
  [[ ${#anchor_root} -eq 64 && ${#ed25519_blob} -eq 136 && ${#mldsa_blob} -eq 4864 ]] || return 1
  [[ ${mldsa_blob:8:16} == 0000000000000000 ]] || return 1
  named=${lines[0]}
  [[ $named =~ ^onggi\.invalid/[0-9a-f]{16}/[0-9a-f]{16}$ ]] || return 1
  printf '%s\n%s\n%s\n' "$named" "$anchor_size" "$(to_base64 "$anchor_root")" >"$work/note"
  {
    cat "$work/note"
    printf '\n%s %s %s\n' "$dash" "$named" "$(to_base64 "$ed25519_blob")"
    printf '%s %s %s\n' "$dash" "$named" "$(to_base64 "$mldsa_blob")"
  } | same_bytes data/anchor.txt
}

check_anchor() {
  local named='' ed25519_blob='' mldsa_blob='' name
  if ! read_anchor; then
    anchor_root=''
    fail "anchor.txt has not the form of an anchor" "anchor.txt가 정해진 형식이 아닙니다" "anchor.txt 不符合规定格式"
    return
  fi
  pass "anchor.txt has the form of an anchor over $anchor_size leaves" \
    "anchor.txt는 ${anchor_size}개 항목에 대한 앵커의 형식입니다" "anchor.txt 是覆盖 $anchor_size 项的锚点"
  if [[ -z $origin ]]; then
    fail "without both keys no signature can be checked" "두 공개키가 없어 서명을 확인할 수 없습니다" \
      "缺少两把公钥，无法验证签名"
    return
  fi
  names_key 01 "$ed25519" "$ed25519_blob"
  check $? "the Ed25519 signature names this key" "Ed25519 서명이 이 공개키의 것입니다" "Ed25519 签名指向这把公钥"
  names_key 06 "$mldsa" "$mldsa_blob"
  check $? "the ML-DSA-44 signature names this key" "ML-DSA-44 서명이 이 공개키의 것입니다" "ML-DSA-44 签名指向这把公钥"

  printf '%s' "${ed25519_blob:8}" | xxd -r -p >"$work/ed25519.sig"
  if knows_ed25519; then
    verify_signature data/keys/ed25519.pem "$work/note" "$work/ed25519.sig"
    check $? "the Ed25519 signature is right" "Ed25519 서명이 맞습니다" "Ed25519 签名正确"
  else
    # Without a signature nothing is proven: this one is no check to leave out.
    fail "this openssl cannot check Ed25519 (3.0 or later is needed)" \
      "이 openssl로는 Ed25519를 확인할 수 없습니다 (3.0 이상 필요)" "此 openssl 无法验证 Ed25519（需 3.0 以上）"
  fi

  name=$(printf '%02x' "${#named}")$(printf '%s' "$named" | to_hex)
  printf '%s' "737562747265652f76310a00$name$(u64 0)$name$(u64 0)$(u64 "$anchor_size")$anchor_root" |
    xxd -r -p >"$work/cosigned"
  printf '%s' "${mldsa_blob:24}" | xxd -r -p >"$work/mldsa.sig"
  # The file was written again byte for byte above, so only an openssl without ML-DSA can refuse to load it.
  if openssl pkey -pubin -in data/keys/mldsa44.pem -noout >/dev/null 2>&1; then
    verify_signature data/keys/mldsa44.pem "$work/cosigned" "$work/mldsa.sig"
    check $? "the ML-DSA-44 signature is right" "ML-DSA-44 서명이 맞습니다" "ML-DSA-44 签名正确"
  else
    skip "the ML-DSA-44 signature could not be checked: openssl 3.5 or later is needed" \
      "ML-DSA-44 서명은 확인하지 못했습니다: openssl 3.5 이상이 필요합니다" \
      "ML-DSA-44 签名未能检验：需要 openssl 3.5 以上"
  fi
}

# ------------------------------------------------------------------------------------------ 4 statements

slot_names=(what subject source words trace)
hex64='[0-9a-f]{64}'
decimal='(0|[1-9][0-9]{0,9})'
known_leaves=' '

is_width() { (($1 > 0 && $1 <= 4294967296 && ($1 & ($1 - 1)) == 0)); }

climb() { # climb LEAF INDEX LEAVES SIBLING…: leaves the root in $hash (RFC 9162, 2.1.3.2)
  local node=$1 index=$2 last=$(($3 - 1))
  shift 3
  [[ ${1:-} == - ]] && shift
  ((index <= last)) || return 1
  while ((last > 0)); do
    if ((index & 1)); then
      [[ $# -gt 0 ]] || return 1
      hash_hex "01$1$node" && node=$hash && shift
    elif ((index < last)); then
      [[ $# -gt 0 ]] || return 1
      hash_hex "01$node$1" && node=$hash && shift
    fi
    index=$((index >> 1)) last=$((last >> 1))
  done
  hash=$node
  [[ $# -eq 0 ]]
}

read_line() { # read_line KEY PATTERN: takes the next line of $lines, leaves its value in $value
  value=${lines[at]:-}
  at=$((at + 1))
  [[ $value =~ ^$1\ ($2)$ ]] || return 1
  value=${value#"$1 "}
}

read_proof() { # read_proof FILE: leaves the parts of proof.txt in variables of check_statement
  local lines at=0 number path="(-|$hex64( $hex64){0,31})"
  read_lines "$1" || return 1
  # Bash drops zero bytes and a missing last newline; so what was read is written again and compared.
  [[ ${#lines[@]} -eq 16 ]] && printf '%s\n' "${lines[@]}" | same_bytes "$1" || return 1
  read_line format onggi-proof-1 || return 1
  for number in 1 2 3 4 5; do
    read_line "slot $number" \
      "disclosed [0-9a-f]{32}|withheld $hex64 (empty|source|words|identity|trace)" || return 1
    slots[number]=$value
  done
  read_line leaf "$hex64" && leaf=$value &&
    read_line stratum-index "$decimal" && stratum_index=$value &&
    read_line stratum-leaves "$decimal" && stratum_leaves=$value &&
    read_line stratum-path "$path" && stratum_path=$value &&
    read_line commit-index '[012]' && commit_index=$value &&
    read_line commit-path "$hex64( $hex64)?" && commit_path=$value &&
    read_line anchor-random "$hex64" && random=$value &&
    read_line anchor-index "$decimal" && index=$value &&
    read_line anchor-leaves "$decimal" && leaves=$value &&
    read_line anchor-path "$path" && path_up=$value
}

rebuild_leaf() { # whether the slots that are shown, and the digests of the others, lead to the leaf
  local number file kind value digests=
  for number in 1 2 3 4 5; do
    file=$folder/${slot_names[number - 1]}.json
    read -r kind value _ <<<"${slots[number]}"
    if [[ $kind == withheld ]]; then
      [[ ! -e $file ]] || return 1
      withheld=$((withheld + 1))
      digests+=$value
    else
      [[ -f $file ]] || return 1
      disclosed=$((disclosed + 1))
      hash=$({ printf '020%s%s' "$number" "$value" | xxd -r -p && cat "$file"; } | sha256sum)
      digests+=${hash%% *}
    fi
  done
  hash_hex "00$digests"
  [[ $hash == "$leaf" ]]
}

reach_anchor() { # whether leaf → stratum root → commit root → anchor root
  is_width "$stratum_leaves" && [[ -n $anchor_root && $leaves == "$anchor_size" ]] || return 1
  # Paths are unquoted on purpose: they are hex digits and spaces, as read_proof made sure.
  # shellcheck disable=SC2086
  climb "$leaf" "$stratum_index" "$stratum_leaves" $stratum_path || return 1
  hash_hex "00$hash"
  # shellcheck disable=SC2086
  climb "$hash" "$commit_index" 3 $commit_path || return 1
  hash_hex "00$random$hash"
  # shellcheck disable=SC2086
  climb "$hash" "$index" "$leaves" $path_up && [[ $hash == "$anchor_root" ]]
}

check_statement() { # check_statement NUMBER
  local folder=data/statement-$1 slots=() leaf='' value=''
  local stratum_index='' stratum_leaves='' stratum_path='' commit_index='' commit_path=''
  local random='' index='' leaves='' path_up=''
  statements=$((statements + 1))
  if [[ ! -f $folder/read.txt ]]; then
    fail "missing: $folder/read.txt" "없습니다: $folder/read.txt" "缺少：$folder/read.txt"
  fi
  if [[ ! -f $folder/proof.txt ]] || ! read_proof "$folder/proof.txt"; then
    fail "statement $1: proof.txt has not the form of a proof" "진술 $1: proof.txt가 정해진 형식이 아닙니다" \
      "陈述 $1：proof.txt 不符合规定格式"
    return
  fi
  rebuild_leaf
  check $? "statement $1: what is shown and what is withheld are this one statement" \
    "진술 $1: 공개한 칸과 가린 칸이 합쳐져 바로 이 진술이 됩니다" "陈述 $1：公开栏与隐去栏合起来正是这一条陈述"
  reach_anchor
  check $? "statement $1: leads to the signed root" "진술 $1: 서명된 루트 해시로 이어집니다" \
    "陈述 $1：通向已签名的根哈希"
  if [[ $known_leaves == *" $leaf "* ]]; then
    fail "statement $1: shown a second time" "진술 $1: 같은 진술이 두 번 들어 있습니다" "陈述 $1：同一陈述重复出现"
  fi
  known_leaves+="$leaf "
}

# -------------------------------------------------------------------------------------------------- start

((BASH_VERSINFO[0] > 4 || (BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 3))) ||
  give_up "bash 4.3 or later is needed" "bash 4.3 이상이 필요합니다" "需要 bash 4.3 以上"
for tool in base64 cat mktemp openssl rm sha256sum sha512sum sort tr wc xxd; do
  command -v "$tool" >/dev/null ||
    give_up "this tool is missing: $tool" "이 도구가 없습니다: $tool" "缺少此工具：$tool"
done
own=''
script=${BASH_SOURCE[0]:-}
here=.
[[ $script == */* ]] && here=${script%/*}
if [[ -f $script ]]; then
  hash_file "$script"
  own=$hash
fi
cd -- "${1:-$here/}" 2>/dev/null ||
  give_up "this folder cannot be opened" "이 폴더를 열 수 없습니다" "无法打开此文件夹"
work=$(mktemp -d) || give_up "no place for temporary files" "임시 파일을 둘 곳이 없습니다" "没有存放临时文件的位置"
trap 'rm -rf -- "$work"' EXIT
shopt -s nullglob dotglob

if check_bag; then
  check_keys
  check_anchor
  for ((number = 1; number <= 9999; number++)); do
    [[ -z ${numbers[number]:-} ]] || check_statement "$number"
  done
  hash_file verify.sh
  if [[ -n $own && $hash != "$own" ]]; then
    note "the verify.sh in the bag is another one than this: another version, or a changed one" \
      "묶음 안의 verify.sh는 지금 실행한 것과 다릅니다: 판이 다르거나 누가 고친 것입니다" \
      "证明包中的 verify.sh 与正在运行的不同：版本不同，或被改动过"
  fi
fi

# ------------------------------------------------------------------------------------------------ 5 verdict

echo
say "$statements statements; $disclosed slots shown, $withheld withheld" \
  "진술 ${statements}건, 공개한 칸 ${disclosed}개, 가린 칸 ${withheld}개" \
  "陈述 $statements 条，公开 $disclosed 栏，隐去 $withheld 栏"
if [[ -n $fingerprint ]]; then
  say "Fingerprint of the keys. Compare it with the one the organisation gave you by another way:" \
    "공개키의 지문입니다. 단체에서 다른 경로로 받은 지문과 대조하십시오:" \
    "公钥指纹。请与该组织经其他途径给您的指纹比对："
  for ((at = 0; at < 64; at += 4)); do printf '%s ' "${fingerprint:at:4}"; done
  echo
fi
counts="$passed ok, $failed failed, $unchecked not checked"
if [[ $failed -gt 0 || $passed -eq 0 ]]; then
  echo "NOT VALID · 유효하지 않음 · 无效 ($counts)"
  exit 1
fi
echo "VALID · 유효함 · 有效 ($counts)"
exit 0
}
