#!/usr/bin/env bash
trap 'exit 2' EXIT # half a script must not look like success: bash may end one with 0,
{                  # and the brace makes it read the script to its end before it begins.
# Checks the proof in this folder without its maker's software, without a network, without changing anything.
#
#   bash verify.sh            checks the folder in which this script stands
#   bash verify.sh FOLDER     checks another one: take the script from where you trust it, not from the bag
#
# Needs bash 4.3 or later, coreutils, xxd and openssl 3.0 or later (3.5 for ML-DSA-44). What is checked, and why in
# this way, stands in FORMAT.md; the steps 1 to 7 and the names of the checks are those of its chapter "Checking".
# Ends with one verdict, and with 0 if the proof is valid, 1 if it is not, 2 if it could not be checked at all.

set -u
language=${ONGGI_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}}
language=${language:0:2}
export LC_ALL=C # bytes are bytes: sorting, matching and lengths must not depend on where this runs
umask 077
unset CDPATH GLOBIGNORE # either would make this look elsewhere, or overlook something
set -f                  # a line that is split into words is never a pattern; where a pattern is meant, it is turned on

passed=0 failed=0 unchecked=0
work=''

# ---------------------------------------------------------------------------------------------------- words

say() { # say ENGLISH KOREAN CHINESE
  case $language in
    ko) printf '%s\n' "$2" ;;
    zh) printf '%s\n' "$3" ;;
    *) printf '%s\n' "$1" ;;
  esac
}
step() { # step NUMBER ENGLISH KOREAN CHINESE
  printf '\n%s. ' "$1"
  shift
  say "$@"
}
pass() {
  passed=$((passed + 1))
  printf 'ok      ' && say "$@"
}
fail() { # fail CHECK WHERE ENGLISH KOREAN CHINESE: the name of the check, and the file or number that it concerns
  failed=$((failed + 1))
  printf 'FAILED  %s %s: ' "$1" "$2"
  shift 2
  say "$@"
}
skip() {
  unchecked=$((unchecked + 1))
  printf '??      ' && say "$@"
}
note() { printf 'note    ' && say "$@"; }
check() { # check STATUS CHECK WHERE ENGLISH KOREAN CHINESE ENGLISH KOREAN CHINESE: first where it is right, then where not
  if [[ $1 -eq 0 ]]; then pass "${@:4:3}"; else fail "$2" "$3" "${@:7:3}"; fi
}
give_up() {
  say "$@"
  echo "NOT CHECKED · 확인하지 못함 · 未能核验"
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
read_lines() { # read_lines FILE: leaves the lines of a text in $lines, if it is lines and nothing else
  lines=()
  [[ -f $1 ]] || return 1
  mapfile -t lines <"$1"
  # Bash drops zero bytes and a missing last newline; so what was read is written again and compared.
  if [[ ${#lines[@]} -gt 0 ]]; then printf '%s\n' "${lines[@]}"; fi | same_bytes "$1"
}
to_hex() { # to_hex TEXT: leaves its bytes in $hex
  hex=$(printf '%s' "$1" | xxd -p)
  hex=${hex//$'\n'/}
}
from_base64() { # from_base64 TEXT: leaves its bytes in $hex
  hex=$(printf '%s' "$1" | base64 -d 2>/dev/null | xxd -p)
  hex=${hex//$'\n'/}
}
to_base64() { printf '%s' "$1" | xxd -r -p | base64 -w "${2:-0}"; }
u64() { printf '%016x' "$1"; }
is_hex() { [[ ${#1} -eq $2 && $1 != *[!0-9a-f]* ]]; }                                     # is_hex TEXT DIGITS
is_number() { [[ $1 == 0 || ($1 == [1-9]* && $1 != *[!0-9]* && ${#1} -le 10) ]]; }        # without leading zeros
is_word() { [[ $1 == [a-z]* && $1 != *[!a-z]* && ${#1} -le 20 ]]; }
is_width() { (($1 > 0 && $1 <= 4294967296 && ($1 & ($1 - 1)) == 0)); }

# Thousands of hashes: many small files, one sha256sum. A thousand at a time fit any command line and any disk.
batch=1000
pieces=()
for ((at = 0; at < batch; at++)); do
  printf -v name 'p.%03d' "$at"
  pieces+=("$name")
done
hash_pieces() { # hash_pieces COUNT: adds to $hashes those of the first pieces in the work folder
  local some
  mapfile -t some < <(cd -- "$work" && sha256sum -- "${pieces[@]:0:$1}")
  hashes+=("${some[@]%% *}")
}
hash_all() { # hash_all BYTES: leaves in $hashes those of $preimages, each of which is hex of so many bytes
  local at count
  hashes=()
  if [[ ${#preimages[@]} -eq 1 ]]; then
    hash_hex "${preimages[0]}"
    hashes=("$hash")
    return
  fi
  for ((at = 0; at < ${#preimages[@]}; at += batch)); do
    count=$((${#preimages[@]} - at))
    ((count > batch)) && count=$batch
    printf '%s\n' "${preimages[@]:at:batch}" | xxd -r -p | split -b "$1" -a 3 -d - "$work/p."
    hash_pieces "$count"
  done
}

# --------------------------------------------------------------------------------------------------- 1 bag

fixed=(
  bagit.txt bag-info.txt manifest-sha256.txt manifest-sha512.txt tagmanifest-sha256.txt tagmanifest-sha512.txt
  VERIFY.md verify.sh FORMAT.md data/keys/ed25519.pem data/keys/mldsa44.pem data/keys/allowed_signers
)
item_file='^data/items/item-([1-9][0-9]{0,3})\.(jpg|png|gif|tif|webp|heic|pdf|txt|html|docx|odt|xlsx|ods|csv|json|eml|zip|mp3|m4a|ogg|wav|mp4|mov|webm|bin)$'
document_file='^data/(documents/[a-z][a-z0-9-]{0,39}\.(pdf|docx|html)|exchange/[a-z][a-z0-9-]{0,39}\.(json|jsonl|csv|geojson))$'
part_file='^data/((publication|provenance)/(statements\.jsonl|proof\.txt)|provenance/(derived|read)\.txt|withheld\.jsonl)$'
anchor_file='^data/anchors/([1-9][0-9]?)\.txt$'
stamp_file='^data/anchors/([1-9][0-9]?)-([1-9])\.(tsr|chain\.pem|crl\.pem)$'
text_limit=$((64 * 1024 * 1024)) texts_limit=$((256 * 1024 * 1024)) carried_limit=$((64 * 1024 * 1024 * 1024))
names=() parts=() items=0
declare -A present=() octets=() sha=() stamps=()

is_fixed() {
  local name
  for name in "${fixed[@]}"; do
    [[ $1 == "$name" ]] && return 0
  done
  return 1
}
is_carried() { [[ $1 =~ $item_file || $1 =~ $document_file ]]; }
is_expected() { is_carried "$1" || [[ $1 =~ $part_file || $1 =~ $anchor_file || $1 =~ $stamp_file ]] || is_fixed "$1"; }
# What has to be an item of the publication: all under data/ but keys, anchors and the publication itself.
is_covered() { is_carried "$1" || [[ $1 =~ $part_file && $1 != data/publication/* ]]; }

list_folder() { # list_folder PREFIX LEVEL: gathers the files to check in $names, reports everything else
  local entry name found=0 entries
  set +f
  entries=("$1"*)
  set -f
  for entry in ${entries[@]+"${entries[@]}"}; do
    found=1
    if [[ -L $entry || ! (-f $entry || -d $entry) ]]; then
      is_expected "$entry" && name=$entry || name='?'
      fail bag.link "$name" "$(printf 'a link or special file in the folder: %q' "$entry")" \
        "$(printf '폴더 안에 링크나 특수 파일이 있습니다: %q' "$entry")" \
        "$(printf '文件夹里有链接或特殊文件：%q' "$entry")"
    elif [[ -d $entry && $2 -lt 3 && ! (-r $entry && -x $entry) ]]; then
      fail bag.unreadable '?' "cannot be read: $(printf '%q' "$entry")" "읽을 수 없습니다: $(printf '%q' "$entry")" \
        "无法读取：$(printf '%q' "$entry")"
    elif [[ -d $entry && $2 -lt 3 ]]; then
      list_folder "$entry/" $(($2 + 1))
    elif [[ -d $entry ]] || ! is_expected "$entry"; then
      fail bag.extra '?' "$(printf 'does not belong to the bag: %q' "$entry")" \
        "$(printf '이 꾸러미에 속하지 않습니다: %q' "$entry")" \
        "$(printf '不属于这个证明包：%q' "$entry")"
    elif [[ ! -r $entry ]]; then
      fail bag.unreadable "$entry" "cannot be read" "읽을 수 없습니다" "无法读取"
    else
      names+=("$entry")
    fi
  done
  if [[ $found -eq 0 && -n $1 ]]; then
    fail bag.extra '?' "an empty folder, of which no manifest speaks: $(printf '%q' "$1")" \
      "어느 목록에도 없는 빈 폴더가 있습니다: $(printf '%q' "$1")" \
      "任何清单都未列出的空文件夹：$(printf '%q' "$1")"
  fi
}

weigh_files() { # takes from $names what is too large, leaves the length of the others in $octets
  local at name sizes=() small=() room=$texts_limit
  for ((at = 0; at < ${#names[@]}; at += batch)); do
    mapfile -t -O "$at" sizes < <(stat -c %s -- "${names[@]:at:batch}")
  done
  for ((at = 0; at < ${#names[@]}; at++)); do
    name=${names[at]} octets[$name]=${sizes[at]:-0}
    if is_carried "$name"; then
      [[ ${octets[$name]} -le $carried_limit ]]
    else
      [[ ${octets[$name]} -le $text_limit && ${octets[$name]} -le $room ]] && room=$((room - octets[$name]))
    fi
    if [[ $? -eq 0 ]]; then
      small+=("$name") present[$name]=1
    else
      fail bag.large "$name" "larger than the format allows" "형식이 허용하는 크기를 넘습니다" "超过格式允许的大小"
    fi
  done
  names=(${small[@]+"${small[@]}"})
}

list_hashes() { # list_hashes PROGRAM FILE…: a manifest of these files, as it must be
  local program=$1 line sorted=() at
  shift
  mapfile -t sorted < <(printf '%s\n' "$@" | sort)
  for ((at = 0; at < ${#sorted[@]}; at += batch)); do
    "$program" -- "${sorted[@]:at:batch}"
  done
}

check_manifests() {
  local name line payload=() tags=() total=0 made
  for name in "${names[@]}"; do
    case $name in
      data/*) payload+=("$name") total=$((total + octets[$name])) ;;
      tagmanifest-*) ;;
      *) tags+=("$name") ;;
    esac
  done
  printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | same_bytes bagit.txt
  check $? bag.changed bagit.txt "bagit.txt: BagIt 1.0" "bagit.txt: BagIt 1.0" "bagit.txt：BagIt 1.0" \
    "is not what BagIt 1.0 asks for" "BagIt 1.0이 요구하는 내용이 아닙니다" "不是 BagIt 1.0 所要求的内容"
  printf 'Payload-Oxum: %s.%s\n' "$total" "${#payload[@]}" | same_bytes bag-info.txt
  check $? bag.changed bag-info.txt "bag-info.txt: ${#payload[@]} files, $total bytes" \
    "bag-info.txt: 파일 ${#payload[@]}개, ${total}바이트" "bag-info.txt：${#payload[@]} 个文件，$total 字节" \
    "the files are not so many, or not so long" "파일의 수나 길이가 다릅니다" "文件的数目或长度不符"
  for name in sha256 sha512; do
    made=$(list_hashes "${name}sum" "${payload[@]}")
    if [[ $name == sha256 ]]; then
      while read -r hash line; do sha[$line]=$hash; done <<<"$made"
    fi
    printf '%s\n' "$made" | same_bytes "manifest-$name.txt"
    check_manifest $? "manifest-$name.txt"
    list_hashes "${name}sum" "${tags[@]}" | same_bytes "tagmanifest-$name.txt"
    check_manifest $? "tagmanifest-$name.txt"
  done
}
check_manifest() { # check_manifest STATUS FILE
  check "$1" bag.changed "$2" "$2: made again, the same" "$2: 다시 만들어 대조함" "$2：重新生成并比对" \
    "made again, it is another: a file was changed, added or taken out" \
    "다시 만들면 다릅니다. 파일이 바뀌었거나 더해졌거나 빠졌습니다" "重新生成后不同：有文件被改动、添加或取走"
}

check_gaps() { # check_gaps WHERE WHAT-ENGLISH WHAT-KOREAN WHAT-CHINESE NUMBER…: whether they count from 1, each once
  local where=$1 words=("${@:2:3}") number expected=1 counted=()
  shift 4
  for number in "$@"; do counted[number]=$((${counted[number]:-0} + 1)); done
  while [[ ${counted[expected]:-0} -eq 1 ]]; do expected=$((expected + 1)); done
  [[ $expected -gt $# ]]
  check $? bag.numbers "$where" "${words[0]} numbered without gaps: $#" "${words[1]} 번호가 빠짐없이 이어집니다: $#" \
    "${words[2]}连续编号：$#" "${words[0]} are not numbered without gaps" "${words[1]} 번호가 이어지지 않습니다" "${words[2]}未连续编号"
}

check_presence() { # what has to be there, given what is, and what has to be covered by the publication
  local name part numbers=() counts=() anchor number at found
  declare -A required=() covered=() stamped=()
  for part in ${parts[@]+"${parts[@]}"}; do
    required[data/$part/statements.jsonl]=1
    required[data/$part/proof.txt]=1
  done
  [[ " ${parts[*]-} " == *' publication '* ]] && required[data/withheld.jsonl]=1
  [[ ${#parts[@]} -eq 2 ]] && required[data/provenance/derived.txt]=1
  for anchor in ${tree_anchor[@]+"${tree_anchor[@]}"}; do required[data/anchors/$anchor.txt]=1; done
  for name in ${item_path[@]+"${item_path[@]}"}; do
    [[ -z $name ]] || required[$name]=1
  done
  for name in "${names[@]}"; do
    if [[ $name =~ $anchor_file ]]; then
      numbers+=("${BASH_REMATCH[1]}")
    elif [[ $name =~ $stamp_file ]]; then
      anchor=${BASH_REMATCH[1]} number=${BASH_REMATCH[2]}
      [[ -n ${stamps[$anchor-$number]:-} ]] || stamped[$anchor]+="$number "
      stamps[$anchor-$number]=1
      required[data/anchors/$anchor.txt]=1
      required[data/anchors/$anchor-$number.tsr]=1
      required[data/anchors/$anchor-$number.chain.pem]=1
    elif [[ $name =~ $item_file ]]; then
      counts+=("${BASH_REMATCH[1]}")
    fi
  done
  while IFS= read -r name; do
    [[ -z $name || -n ${present[$name]:-} ]] || fail bag.missing "$name" "is missing" "없습니다" "缺少"
  done < <(printf '%s\n' ${required[@]+"${!required[@]}"} | sort)
  if [[ ${#parts[@]} -eq 0 ]]; then
    fail bag.empty data/ "neither a publication nor a provenance: nothing is shown" \
      "공개본도 원기록도 없어 보여 주는 것이 없습니다" "既无公开件也无原记录：未出示任何内容"
  fi
  check_gaps data/anchors/ "anchors" "기준점" "锚点" ${numbers[@]+"${numbers[@]}"}
  for anchor in ${stamped[@]+"${!stamped[@]}"}; do
    # shellcheck disable=SC2086
    check_gaps "data/anchors/$anchor.txt" "its timestamps" "시점 확인" "时间戳" ${stamped[$anchor]}
  done
  items=${#counts[@]}
  check_gaps data/items/ "items" "증거물" "证物" ${counts[@]+"${counts[@]}"}
  part=provenance
  [[ " ${parts[*]-} " == *' publication '* ]] && part=publication
  [[ -n ${formed[$part]:-} ]] || return 0 # that it has no form is said, and without it nothing can be said of this
  if [[ $part == provenance ]]; then
    for name in statements.jsonl proof.txt read.txt; do covered[data/provenance/$name]=1; done
  fi
  for ((at = first_item[$part]; at < first_item[$part] + count_items[$part]; at++)); do
    [[ -z ${item_path[at]} ]] || covered[${item_path[at]}]=1
  done
  found=0
  for name in "${names[@]}"; do
    if is_covered "$name" && [[ -z ${covered[$name]:-} ]]; then
      found=1
      fail bag.uncovered "$name" "no signature covers this file: it was added or renamed" \
        "어떤 서명도 이 파일을 포함하지 않습니다. 나중에 더했거나 이름을 바꾼 것입니다" "没有签名覆盖此文件：它是后加的或被改名"
    fi
  done
  [[ $found -eq 1 ]] || pass "every file that has to be signed is" "서명해야 할 파일은 모두 서명되어 있습니다" "应签名的文件均已签名"
}

# -------------------------------------------------------------------------------------------------- 2 keys
ed25519_spki=302a300506032b6570032100
mldsa_spki=30820532300b06096086480165030403110382052100
ed25519='' mldsa='' origin='' fingerprint=''

read_pem() { # read_pem FILE PREFIX KEY-BYTES: leaves the raw key in $key
  local lines line body='' spki
  key=''
  [[ ${octets[$1]} -le 8192 && ${octets[$1]} -gt 0 ]] && read_lines "$1" || return 1
  for line in "${lines[@]}"; do
    [[ $line == -----* ]] || body+=$line
  done
  from_base64 "$body"
  spki=$hex
  [[ $spki == "$2"* && ${#spki} -eq $((${#2} + 2 * $3)) ]] || return 1
  # Written again, so that what openssl reads is exactly what was hashed here.
  { printf '%s\n' '-----BEGIN PUBLIC KEY-----' && to_base64 "$spki" 64 && printf '%s\n' '-----END PUBLIC KEY-----'; } |
    same_bytes "$1" || return 1
  key=${spki#"$2"}
}

check_keys() {
  read_pem data/keys/ed25519.pem "$ed25519_spki" 32 && ed25519=$key
  read_pem data/keys/mldsa44.pem "$mldsa_spki" 1312 && mldsa=$key
  [[ -n $ed25519 && -n $mldsa ]]
  check $? keys.form data/keys/ "an Ed25519 and an ML-DSA-44 key" "Ed25519 공개 열쇠와 ML-DSA-44 공개 열쇠" "Ed25519 与 ML-DSA-44 公钥" \
    "these are not an Ed25519 and an ML-DSA-44 key" "Ed25519 공개 열쇠와 ML-DSA-44 공개 열쇠가 아닙니다" "不是 Ed25519 与 ML-DSA-44 公钥"
  [[ -n $ed25519 && -n $mldsa ]] || return
  hash_hex "$ed25519_spki$ed25519"
  origin=onggi.invalid/${hash:0:16}
  hash_hex "$ed25519_spki$ed25519$mldsa_spki$mldsa"
  fingerprint=$hash
  printf '%s ssh-ed25519 %s\n' "$origin" \
    "$(to_base64 "0000000b7373682d6564323535313900000020$ed25519")" | same_bytes data/keys/allowed_signers
  check $? keys.signers data/keys/allowed_signers "allowed_signers holds the same Ed25519 key" \
    "allowed_signers에 같은 Ed25519 공개 열쇠가 있습니다" "allowed_signers 中是同一把 Ed25519 公钥" \
    "holds another key: somebody exchanged it" "다른 공개 열쇠가 들어 있습니다. 누군가 바꾼 것입니다" "其中是另一把公钥：有人调换过"
}

# ----------------------------------------------------------------------------------------------- 3 anchors

declare -A anchor_size=() anchor_root=() used_anchor=()
sound_ed25519='' # whether openssl was tried, and what came of it

verify_signature() { # verify_signature PEM MESSAGE-FILE SIGNATURE-FILE
  openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$2" -sigfile "$3" >/dev/null 2>&1
}

try_ed25519() { # whether this openssl accepts test 2 of RFC 8032 and refuses it for another message
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
  to_hex "$named"
  hash_hex "${hex}0a$1$2"
  [[ $named == "$origin/${root:0:16}" && ${3:0:8} == "${hash:0:8}" ]]
}

read_anchor() { # read_anchor FILE: leaves origin, size, root and both signature blobs in variables of check_anchor
  local lines dash=$'\xe2\x80\x94'
  [[ ${octets[$1]} -le 8192 ]] && read_lines "$1" || return 1
  [[ ${#lines[@]} -eq 6 && ${lines[1]} =~ ^[1-9][0-9]{1,9}$ ]] || return 1
  is_width "${lines[1]}" && [[ ${lines[1]} -ge 64 ]] || return 1
  size=${lines[1]}
  from_base64 "${lines[2]}" && root=$hex
  from_base64 "${lines[4]##* }" && ed25519_blob=$hex
  from_base64 "${lines[5]##* }" && mldsa_blob=$hex
  [[ ${#root} -eq 64 && ${#ed25519_blob} -eq 136 && ${#mldsa_blob} -eq 4864 ]] || return 1
  [[ ${mldsa_blob:8:16} == 0000000000000000 ]] || return 1
  named=${lines[0]}
  [[ $named =~ ^onggi\.invalid/[0-9a-f]{16}/[0-9a-f]{16}$ ]] || return 1
  printf '%s\n%s\n%s\n' "$named" "$size" "$(to_base64 "$root")" >"$work/note"
  {
    cat "$work/note"
    printf '\n%s %s %s\n' "$dash" "$named" "$(to_base64 "$ed25519_blob")"
    printf '%s %s %s\n' "$dash" "$named" "$(to_base64 "$mldsa_blob")"
  } | same_bytes "$1"
}

check_anchor() { # check_anchor NUMBER
  local file=data/anchors/$1.txt named='' size='' root='' ed25519_blob='' mldsa_blob='' name
  if [[ -n $all_formed && -z ${used_anchor[$1]:-} ]]; then
    fail anchor.unused "$file" "nothing that is shown leads to it" "보여 주는 것 가운데 여기로 이어지는 것이 없습니다" "所出示的内容无一通向它"
  fi
  if ! read_anchor "$file"; then
    fail anchor.form "$file" "has not the form of an anchor" "기준점의 형식이 아닙니다" "不符合锚点的格式"
    return
  fi
  anchor_size[$1]=$size anchor_root[$1]=$root
  pass "anchor $1 has its form, over $size leaves" "기준점 $1: 형식이 맞고 항목은 ${size}개입니다" "锚点 $1 格式正确，覆盖 $size 项"
  if [[ -z $origin ]]; then
    fail anchor.unsigned "$file" "without both keys no signature can be checked" \
      "두 공개 열쇠가 없어 서명을 확인할 수 없습니다" "缺少两把公钥，无法验证签名"
    return
  fi
  names_key 01 "$ed25519" "$ed25519_blob" && names_key 06 "$mldsa" "$mldsa_blob"
  check $? anchor.names "$file" "anchor $1: both signatures name these keys" "기준점 $1: 두 서명이 이 공개 열쇠들의 것입니다" \
    "锚点 $1：两个签名均指向这些公钥" "it names other keys than those in the bag" \
    "꾸러미 안의 공개 열쇠가 아닌 다른 열쇠를 가리킵니다" "它指向的不是包内的公钥"

  printf '%s' "${ed25519_blob:8}" | xxd -r -p >"$work/ed25519.sig"
  if [[ -z $sound_ed25519 ]]; then
    try_ed25519
    sound_ed25519=$?
  fi
  if [[ $sound_ed25519 -eq 0 ]]; then
    verify_signature data/keys/ed25519.pem "$work/note" "$work/ed25519.sig"
    check $? anchor.ed25519 "$file" "anchor $1: the Ed25519 signature is right" "기준점 $1: Ed25519 서명이 맞습니다" \
      "锚点 $1：Ed25519 签名正确" "the Ed25519 signature is not right: changed, or signed by somebody else" \
      "Ed25519 서명이 맞지 않습니다. 바뀌었거나 다른 이가 서명했습니다" "Ed25519 签名不正确：被改动，或由他人签名"
  else
    # Without a signature nothing is proven: this one is no check to leave out.
    fail anchor.ed25519 "$file" "this openssl cannot check Ed25519 (3.0 or later is needed)" \
      "이 openssl로는 Ed25519를 확인할 수 없습니다 (3.0 이상 필요)" "此 openssl 无法验证 Ed25519（需 3.0 以上）"
  fi

  to_hex "$named"
  printf -v name '%02x%s' "${#named}" "$hex"
  printf '%s' "737562747265652f76310a00$name$(u64 0)$name$(u64 0)$(u64 "$size")$root" | xxd -r -p >"$work/cosigned"
  printf '%s' "${mldsa_blob:24}" | xxd -r -p >"$work/mldsa.sig"
  # The file was written again byte for byte above, so only an openssl without ML-DSA can refuse to load it.
  if openssl pkey -pubin -in data/keys/mldsa44.pem -noout >/dev/null 2>&1; then
    verify_signature data/keys/mldsa44.pem "$work/cosigned" "$work/mldsa.sig"
    check $? anchor.mldsa "$file" "anchor $1: the ML-DSA-44 signature is right" "기준점 $1: ML-DSA-44 서명이 맞습니다" \
      "锚点 $1：ML-DSA-44 签名正确" "the ML-DSA-44 signature is not right: changed, or signed by somebody else" \
      "ML-DSA-44 서명이 맞지 않습니다. 바뀌었거나 다른 이가 서명했습니다" "ML-DSA-44 签名不正确：被改动，或由他人签名"
  else
    skip "anchor $1: the ML-DSA-44 signature could not be checked: openssl 3.5 or later is needed" \
      "기준점 $1: ML-DSA-44 서명은 확인하지 못했습니다. openssl 3.5 이상이 필요합니다" \
      "锚点 $1：ML-DSA-44 签名未能核验：需要 openssl 3.5 以上"
  fi
}

# -------------------------------------------------------------------------------------------- 4 timestamps

stamped=0 # timestamps that are right

read_blocks() { # read_blocks FILE KIND: whether it is PEM of this kind and nothing else; leaves $blocks of them in work/block.1 …
  local lines line body='' inside='' count=0
  blocks=0
  [[ -f $1 ]] && read_lines "$1" && [[ ${#lines[@]} -gt 0 ]] || return 1
  for line in "${lines[@]}"; do
    if [[ -z $inside ]]; then
      [[ $line == "-----BEGIN $2-----" ]] || return 1
      inside=1 body='' count=$((count + 1))
    elif [[ $line == "-----END $2-----" ]]; then
      printf '%s\n' "-----BEGIN $2-----" "${body%$'\n'}" "-----END $2-----" >"$work/block.$count"
      # Spelled as base64 spells it, in lines of 64. What a block holds is for whoever uses it.
      [[ $(printf '%s' "$body" | base64 -d 2>/dev/null | base64 -w 64) == "${body%$'\n'}" ]] || return 1
      inside=''
    else
      body+=$line$'\n'
    fi
  done
  blocks=$count
  [[ -z $inside && $count -le 16 ]]
}

is_linked() { # is_linked COUNT: whether each certificate in work/block.1 … is signed by the next, and the last by itself
  local at
  for ((at = 1; at < $1; at++)); do
    openssl verify -no_check_time -partial_chain -trusted "$work/block.$((at + 1))" "$work/block.$at" >/dev/null 2>&1 || return 1
  done
  openssl verify -no_check_time -check_ss_sig -CAfile "$work/block.$1" "$work/block.$1" >/dev/null 2>&1
}

are_lists() { # are_lists COUNT: whether openssl reads each list in work/block.1 …
  local at
  for ((at = 1; at <= $1; at++)); do
    openssl crl -in "$work/block.$at" -noout >/dev/null 2>&1 || return 1
  done
}

read_token() { # read_token TSR: leaves imprint and time of a granted token in variables of check_timestamp
  local line text status dump=''
  { read -r _ && IFS= read -r status; } < <(openssl ts -reply -in "$1" -text 2>/dev/null) || return 1
  [[ $status == 'Status: Granted.' ]] || return 1
  openssl ts -reply -in "$1" -out "$work/reply" >/dev/null 2>&1 || return 1
  [[ $(stat -c %s "$work/reply") -eq ${octets[$1]} ]] || return 1 # nothing stands behind its end
  openssl ts -reply -in "$1" -token_out -out "$work/token" >/dev/null 2>&1 || return 1
  text=$(openssl ts -reply -token_in -in "$work/token" -text 2>/dev/null) || return 1
  # The first of each: what is further down, an authority's name, may hold anything.
  while IFS= read -r line; do
    case $line in
      'Hash Algorithm: '*) algorithm=${algorithm:-${line#*: }} ;;
      '    0'???' - '*) [[ -n $moment ]] || dump+=${line:11:48} ;;
      'Time stamp: '*) moment=${moment:-${line#*: }} ;;
    esac
  done <<<"$text"
  imprint=${dump//[- ]/}
  # Such as "Nov 23 10:00:00 2026 GMT"; parts of a second are cut off.
  [[ $moment =~ ^([A-Z][a-z]{2}\ [\ 0-9][0-9]\ [0-9:]{8})(\.[0-9]+)?(\ [0-9]{4}\ GMT)$ ]] || return 1
  moment=$(date -u -d "${BASH_REMATCH[1]}${BASH_REMATCH[3]}" +%s 2>/dev/null)
}

check_timestamp() { # check_timestamp ANCHOR NUMBER
  local base=data/anchors/$1-$2 algorithm='' imprint='' moment='' said print blocks
  local tsr=$base.tsr chain=$base.chain.pem crl=$base.crl.pem
  if [[ -z ${present[$tsr]:-} || -z ${present[$chain]:-} ]] || ! read_blocks "$chain" CERTIFICATE || ! read_token "$tsr"; then
    fail token.form "$tsr" "it cannot be read: no granted timestamp with its certificates" \
      "읽을 수 없습니다. 승인된 시점 확인과 그 인증서가 아닙니다" "无法读取：不是已授予的时间戳及其证书"
    return
  fi
  cp -- "$work/block.$blocks" "$work/root.pem"
  hash=${sha[data/anchors/$1.txt]:-}
  if [[ $algorithm != sha256 || $imprint != "$hash" ]]; then
    fail token.imprint "$tsr" "it is over something else than this anchor" "이 기준점이 아닌 다른 것에 대한 시점 확인입니다" \
      "它不是对此锚点的时间戳"
    return
  fi
  # At the time that the token names: certificates that expired since do not matter. A certificate of the chain that
  # nothing needs, because the token carries the same, is held by the signature on it.
  if ! is_linked "$blocks" || ! openssl ts -verify -digest "$hash" -in "$tsr" -CAfile "$work/root.pem" -untrusted "$chain" -attime "$moment" \
    >/dev/null 2>&1 || ! openssl cms -verify -inform DER -in "$work/token" -noverify -certfile "$chain" \
    -signer "$work/signer.pem" -out /dev/null 2>/dev/null; then
    fail token.signature "$tsr" "its signature or its certificates were not right at its time" \
      "서명이나 인증서가 그 시점에 맞지 않습니다" "其签名或证书在当时不正确"
    return
  fi
  if [[ -n ${present[$crl]:-} && ${octets[$crl]} -gt 0 ]]; then
    if ! read_blocks "$crl" 'X509 CRL' || ! are_lists "$blocks" || ! cat "$work/root.pem" "$crl" >"$work/trusted.pem" ||
      ! openssl ts -verify -digest "$hash" -in "$tsr" -CAfile "$work/trusted.pem" -untrusted "$chain" \
        -crl_check -no_check_time >/dev/null 2>&1; then
      fail token.revocation "$tsr" "by the lists beside it, its certificate is revoked, or they say nothing of it" \
        "함께 있는 폐기 목록에 따르면 인증서가 폐기되었거나 목록이 이 인증서와 무관합니다" \
        "依所附吊销列表，其证书已被吊销，或列表与之无关"
      return
    fi
  fi
  stamped=$((stamped + 1))
  said=$(date -u -d "@$moment" +%Y-%m-%dT%H:%M:%SZ)
  print=$(openssl x509 -in "$work/signer.pem" -noout -subject -nameopt RFC2253,-esc_msb,utf8 2>/dev/null)
  pass "anchor $1 stood on $said, says an authority that calls itself ${print#subject=}" \
    "기준점 $1은(는) $said 에 있었습니다. 그렇게 말하는 기관이 스스로 밝힌 이름: ${print#subject=}" \
    "锚点 $1 在 $said 已存在；作此证明的机构自称：${print#subject=}"
  said=$(openssl x509 -in "$work/signer.pem" -noout -fingerprint -sha256)
  print=$(openssl x509 -in "$work/root.pem" -noout -fingerprint -sha256)
  said=${said#*=} print=${print#*=}
  note "whether to trust it is for you to say. Certificate ${said//:/}, root ${print//:/}" \
    "믿을지는 읽는 분이 판단하십시오. 인증서 ${said//:/}, 루트 ${print//:/}" \
    "是否可信由您判断。证书 ${said//:/}，根证书 ${print//:/}"
}

# --------------------------------------------------------------------- 5 publication, 6 provenance: reading

# What both parts hold, one after the other: trees, statements, items. A part is a range of each.
tree_anchor=() tree_stratum=() tree_leaves=() tree_commit=() tree_random=() tree_index=() tree_path=()
statement_tree=() statement_index=() statement_leaf=() statement_slots=()
item_tree=() item_index=() item_leaf=() item_salt=() item_path=()
declare -A formed=() node=() first_tree=() count_trees=() first_statement=() count_statements=() first_item=() count_items=()
declare -A shown=() hidden=() contents=()
all_formed=1

is_place() { is_number "$1" && is_number "$2" && ((1 <= $1 && $1 <= ${#t_anchor[@]})); } # is_place TREE INDEX
is_path() { # is_path TEXT MOST: hashes with commas between them
  local rest=$1,
  [[ ${#1} -le $(($2 * 65 - 1)) ]] || return 1
  while [[ -n $rest ]]; do
    is_hex "${rest%%,*}" 64 || return 1
    rest=${rest#*,}
  done
}

read_part() { # read_part PART: whether proof.txt has its form; what it says stands in the arrays above then
  local part=$1 lines line field order=0 rank at before='' tree level index
  local t_anchor=() t_stratum=() t_leaves=() t_commit=() t_random=() t_index=() t_path=()
  local s_tree=() s_index=() s_leaf=() s_slots=() i_tree=() i_index=() i_leaf=() i_salt=() i_path=() closing='' open=0 closed=0
  local IFS=' '
  declare -A nodes=()
  [[ -n ${present[data/$part/proof.txt]:-} ]] && read_lines "data/$part/proof.txt" || return 1
  [[ ${#lines[@]} -gt 1 && ${lines[0]} == 'format onggi-proof-2' ]] || return 1
  for line in "${lines[@]:1}"; do
    # shellcheck disable=SC2206
    field=($line)
    [[ ${#field[@]} -gt 1 && "${field[*]}" == "$line" ]] || return 1
    case ${field[0]} in
      tree) rank=1 ;;
      statement) rank=2 ;;
      item) rank=3 ;;
      contents) rank=4 ;;
      node) rank=5 ;;
      *) return 1 ;;
    esac
    [[ $rank -ge $order && ! ($rank -eq 4 && $order -eq 4) ]] || return 1
    order=$rank
    case $rank-${#field[@]} in
      1-8)
        [[ ${field[1]} =~ ^[1-9][0-9]?$ && ${field[2]} =~ ^[012]$ ]] && is_number "${field[3]}" && is_path "${field[4]}" 2 &&
          is_hex "${field[5]}" 64 && is_number "${field[6]}" && is_path "${field[7]}" 32 || return 1
        t_anchor+=("${field[1]}") t_stratum+=("${field[2]}") t_leaves+=("${field[3]}") t_commit+=("${field[4]}")
        t_random+=("${field[5]}") t_index+=("${field[6]}") t_path+=("${field[7]}")
        ;;
      2-9)
        is_place "${field[1]}" "${field[2]}" && is_hex "${field[8]}" 64 || return 1
        for ((at = 3; at <= 7; at++)); do
          if [[ ${#field[at]} -eq 32 && ${field[at]} != *[!0-9a-f]* ]]; then
            open=$((open + 1))
          else
            [[ ${field[at]} == *:* ]] && is_hex "${field[at]%%:*}" 64 && is_word "${field[at]#*:}" || return 1
            closed=$((closed + 1))
          fi
        done
        s_tree+=("${field[1]}") s_index+=("${field[2]}") s_leaf+=("${field[8]}") s_slots+=("${field[@]:3:5}")
        ;;
      3-6)
        is_place "${field[1]}" "${field[2]}" && is_hex "${field[5]}" 64 || return 1
        if [[ ${field[3]} == withheld ]]; then
          is_word "${field[4]}" || return 1
          i_salt+=('') i_path+=('')
        else
          is_hex "${field[3]}" 32 && is_covered "${field[4]}" || return 1
          i_salt+=("${field[3]}") i_path+=("${field[4]}")
        fi
        i_tree+=("${field[1]}") i_index+=("${field[2]}") i_leaf+=("${field[5]}")
        ;;
      4-5)
        is_place "${field[1]}" "${field[2]}" && is_hex "${field[3]}" 32 && is_hex "${field[4]}" 64 || return 1
        closing=${field[*]:1}
        ;;
      5-5)
        is_place "${field[1]}" "${field[3]}" && is_number "${field[2]}" && is_hex "${field[4]}" 64 || return 1
        printf -v at '%010d%010d%010d' "${field[@]:1:3}"
        [[ $at > $before ]] || return 1 # sorted, and none twice
        before=$at nodes[${field[1]}.${field[2]}.${field[3]}]=${field[4]}
        ;;
      *) return 1 ;;
    esac
  done
  [[ ${#t_anchor[@]} -gt 0 && $((${#s_leaf[@]} + ${#i_leaf[@]})) -gt 0 && ${#s_leaf[@]} -le 99999 ]] || return 1
  if [[ $part == publication ]]; then
    is_whole || return 1
  else
    [[ -z $closing ]] || return 1
    for line in ${i_path[@]+"${i_path[@]}"}; do
      [[ -z $line || $line =~ $item_file ]] || return 1
    done
  fi
  keep_part
}

is_whole() { # whether what read_part read has the order and the completeness of a publication
  local count=$((${#s_leaf[@]} + ${#i_leaf[@]} + 1)) width=1 at earlier=''
  while ((width < count)); do width=$((width * 2)); done
  [[ ${#t_anchor[@]} -eq 1 && ${t_stratum[0]} == 0 && $closed -eq 0 && ${t_leaves[0]} == "$width" ]] || return 1
  [[ -n $closing && ${closing#* } == "$((count - 1)) "* ]] || return 1
  for ((at = 0; at < ${#s_index[@]}; at++)); do [[ ${s_index[at]} == "$at" ]] || return 1; done
  for ((at = 0; at < ${#i_index[@]}; at++)); do
    [[ ${i_index[at]} == $((${#s_index[@]} + at)) && -n ${i_path[at]} && ${i_path[at]} > $earlier ]] || return 1
    earlier=${i_path[at]}
  done
}

keep_part() { # adds what read_part read to the arrays of both parts
  local name offset=${#tree_anchor[@]}
  formed[$part]=1 contents[$part]=$closing shown[$part]=$open hidden[$part]=$closed
  first_tree[$part]=$offset count_trees[$part]=${#t_anchor[@]}
  first_statement[$part]=${#statement_leaf[@]} count_statements[$part]=${#s_leaf[@]}
  first_item[$part]=${#item_leaf[@]} count_items[$part]=${#i_leaf[@]}
  tree_anchor+=("${t_anchor[@]}") tree_stratum+=("${t_stratum[@]}") tree_leaves+=("${t_leaves[@]}")
  tree_commit+=("${t_commit[@]}") tree_random+=("${t_random[@]}") tree_index+=("${t_index[@]}") tree_path+=("${t_path[@]}")
  if [[ ${#s_leaf[@]} -gt 0 ]]; then
    statement_tree+=("${s_tree[@]}") statement_index+=("${s_index[@]}") statement_leaf+=("${s_leaf[@]}")
    statement_slots+=("${s_slots[@]}")
  fi
  if [[ ${#i_leaf[@]} -gt 0 ]]; then
    item_tree+=("${i_tree[@]}") item_index+=("${i_index[@]}") item_leaf+=("${i_leaf[@]}")
    item_salt+=("${i_salt[@]}") item_path+=("${i_path[@]}")
  fi
  for name in "${t_anchor[@]}"; do used_anchor[$name]=1; done
  for name in ${nodes[@]+"${!nodes[@]}"}; do node[$part.$name]=${nodes[$name]}; done
}

# -------------------------------------------------------------------- 5 publication, 6 provenance: checking

check_statements() { # check_statements PART: whether the slots that are shown lead to the leaves
  local part=$1 lines=() hashes=() preimages=() salts=() slots=() first=${first_statement[$1]} count=${count_statements[$1]}
  local at slot preimage full=0 next=0 wrong=0
  if ! { [[ -n ${present[data/$part/statements.jsonl]:-} ]] && read_lines "data/$part/statements.jsonl"; } ||
    [[ ${#lines[@]} -ne ${shown[$part]} ]]; then
    fail part.slots "data/$part/statements.jsonl" "the slots are not those that proof.txt says are shown" \
      "proof.txt에서 공개했다고 한 칸과 다릅니다" "与 proof.txt 所列的公开栏不符"
    return
  fi
  if [[ $count -gt 0 ]]; then slots=("${statement_slots[@]:5*first:5*count}"); fi
  # The salts that are shown, spelled in octal, as printf reads them: it writes any byte, without another process.
  for slot in ${slots[@]+"${slots[@]}"}; do
    [[ ${#slot} -gt 32 ]] || salts+=("$slot")
  done
  mapfile -t salts < <(printf '%s\n' ${salts[@]+"${salts[@]}"} | xxd -r -p | od -A n -v -t o1 -w16)
  for ((at = 0; at < 5 * count; at++)); do
    [[ ${#slots[at]} -eq 32 ]] || continue
    # shellcheck disable=SC2059
    printf "\\2\\$((at % 5 + 1))${salts[next]// /\\}%s" "${lines[next]}" >"$work/${pieces[full]}"
    next=$((next + 1)) full=$((full + 1))
    if [[ $full -eq $batch ]]; then
      hash_pieces "$full"
      full=0
    fi
  done
  if [[ $full -gt 0 ]]; then hash_pieces "$full"; fi
  next=0 preimage=00
  for ((at = 0; at < 5 * count; at++)); do
    slot=${slots[at]}
    if [[ ${#slot} -eq 32 ]]; then
      preimage+=${hashes[next]}
      next=$((next + 1))
    else
      preimage+=${slot%%:*}
    fi
    if ((at % 5 == 4)); then
      preimages+=("$preimage")
      preimage=00
    fi
  done
  hash_all 161
  for ((at = 0; at < count; at++)); do
    [[ ${hashes[at]} == "${statement_leaf[first + at]}" ]] && continue
    wrong=1
    fail statement.leaf "$part:$((at + 1))" "what is shown is not what was signed" \
      "공개된 내용이 서명된 내용과 다릅니다" "所公开的内容与所签名的不同"
  done
  [[ $wrong -eq 1 ]] || pass "statements: all $count are, slot by slot, what their leaves say" \
    "진술: ${count}건 모두 칸마다 해시와 일치합니다" "陈述：$count 条逐栏与其叶一致"
}

check_items() { # check_items PART: whether the files lead to their leaves, and the paths to that of the contents
  local part=$1 first=${first_item[$1]} count=${count_items[$1]} hashes=() preimages=() asked=() at path wrong=0 salt leaf
  for ((at = first; at < first + count; at++)); do
    path=${item_path[at]}
    [[ -n $path && -n ${present[$path]:-} ]] || continue # withheld; or missing, which is said
    preimages+=("03${item_salt[at]}${sha[$path]}$(u64 "${octets[$path]}")")
    asked+=("$at")
  done
  if [[ ${#asked[@]} -gt 0 ]]; then hash_all 57; fi
  for ((at = 0; at < ${#asked[@]}; at++)); do
    [[ ${hashes[at]} == "${item_leaf[asked[at]]}" ]] && continue
    wrong=1
    fail item.leaf "${item_path[asked[at]]}" "this file is not the one that was signed" \
      "서명된 파일이 아닙니다" "此文件不是所签名的文件"
  done
  [[ $wrong -eq 1 || $count -eq 0 ]] || pass "files: all ${#asked[@]} that are here are what their leaves say" \
    "파일: 들어 있는 ${#asked[@]}개 모두 해시와 일치합니다" "文件：在此的 ${#asked[@]} 个均与其叶一致"
  [[ -n ${contents[$part]} ]] || return 0
  read -r _ _ salt leaf <<<"${contents[$part]}"
  hash=$({ [[ $count -eq 0 ]] || printf '%s\n' "${item_path[@]:first:count}"; } | sha256sum)
  hash_hex "03$salt${hash%% *}ffffffffffffffff"
  [[ $hash == "$leaf" ]]
  check $? part.contents "data/$part/proof.txt" "contents: these files, under these names, and no others" \
    "목차: 바로 이 이름의 이 파일들뿐입니다" "目录：正是这些名称的这些文件，别无其他" \
    "the names of the files are not those that were signed" "파일 이름이 서명된 것과 다릅니다" "文件名与所签名的不同"
}

list_leaves() { # list_leaves PART: leaves tree, index, leaf and name of each line of the part in four arrays
  local part=$1 at first=${first_statement[$1]} count=${count_statements[$1]} tree index leaf _
  of_tree=() of_index=() of_leaf=() of_name=()
  if [[ $count -gt 0 ]]; then
    of_tree+=("${statement_tree[@]:first:count}") of_index+=("${statement_index[@]:first:count}")
    of_leaf+=("${statement_leaf[@]:first:count}")
    for ((at = 1; at <= count; at++)); do of_name+=("$part:$at"); done
  fi
  first=${first_item[$part]} count=${count_items[$part]}
  if [[ $count -gt 0 ]]; then
    of_tree+=("${item_tree[@]:first:count}") of_index+=("${item_index[@]:first:count}")
    of_leaf+=("${item_leaf[@]:first:count}")
    for ((at = 1; at <= count; at++)); do of_name+=("$part:item-$at"); done
  fi
  if [[ -n ${contents[$part]} ]]; then
    read -r tree index _ leaf <<<"${contents[$part]}"
    of_tree+=("$tree") of_index+=("$index") of_leaf+=("$leaf") of_name+=("$part:item-$((count + 1))")
  fi
}

check_doubles() { # whether no leaf, and no place in a tree, stands twice
  local at place
  declare -A seen=()
  for ((at = 0; at < ${#of_leaf[@]}; at++)); do
    place=${of_tree[at]}.${of_index[at]}
    if [[ -n ${seen[${of_leaf[at]}]:-} || -n ${seen[$place]:-} ]]; then
      fail leaf.twice "${of_name[at]}" "shown a second time" "같은 것이 두 번 들어 있습니다" "重复出现"
    fi
    seen[${of_leaf[at]}]=1 seen[$place]=1
  done
}

climb_trees() { # climb_trees PART: leaves in ${root[tree]} the roots to which the leaves lead, in $lost what leads nowhere
  local part=$1 first=${first_tree[$1]} level=0 keys=() above=() preimages=() hashes=() at tree index key left right
  declare -A known=() next=() height=() given=()
  for ((at = 1; at <= count_trees[$part]; at++)); do
    tree=$((first + at - 1)) height[$at]=0
    is_width "${tree_leaves[tree]}" || lost[$at]=1
    while ((1 << height[$at] < tree_leaves[tree])); do height[$at]=$((height[$at] + 1)); done
  done
  for key in ${node[@]+"${!node[@]}"}; do
    [[ $key == "$part."* ]] || continue
    key=${key#"$part."} tree=${key%%.*}
    given[$tree]=$((${given[$tree]:-0} + 1))
  done
  for ((at = 0; at < ${#of_leaf[@]}; at++)); do
    tree=${of_tree[at]} index=${of_index[at]}
    ((index < tree_leaves[first + tree - 1])) || lost[$tree]=1
    key=$tree.$index
    [[ -n ${known[$key]:-} ]] || keys+=("$key")
    known[$key]=${of_leaf[at]}
  done
  while [[ ${#keys[@]} -gt 0 ]]; do
    above=() preimages=() next=()
    for key in "${keys[@]}"; do
      tree=${key%.*} index=${key#*.}
      [[ -z ${lost[$tree]:-} ]] || continue
      if ((level == height[$tree])); then
        root[$tree]=${known[$key]}
        continue
      fi
      left=${known[$key]} right=${known[$tree.$((index ^ 1))]:-}
      if [[ -n $right ]]; then
        ((index & 1)) && continue # its left neighbour has seen to both
      else
        right=${node[$part.$tree.$level.$((index ^ 1))]:-}
        if [[ -z $right ]]; then
          lost[$tree]=1
          continue
        fi
        given[$tree]=$((given[$tree] - 1))
        if ((index & 1)); then left=$right right=${known[$key]}; fi
      fi
      above+=("$tree.$((index >> 1))") preimages+=("01$left$right")
    done
    if [[ ${#above[@]} -gt 0 ]]; then hash_all 65; fi
    for ((at = 0; at < ${#above[@]}; at++)); do next[${above[at]}]=${hashes[at]}; done
    keys=(${above[@]+"${above[@]}"}) known=()
    for key in ${keys[@]+"${keys[@]}"}; do known[$key]=${next[$key]}; done
    level=$((level + 1))
  done
  # A node that was given and not needed is held in its place by nothing.
  for tree in ${given[@]+"${!given[@]}"}; do
    [[ ${given[$tree]} -eq 0 ]] || lost[$tree]=1
  done
}

climb_paths() { # climb_paths: from ${root[tree]} along ${rest[tree]}, at ${place[tree]} of ${last[tree]} (RFC 9162, 2.1.3.2)
  local preimages=() hashes=() asked=() tree sibling
  while :; do
    preimages=() asked=()
    for tree in "${!root[@]}"; do
      ((place[tree] <= last[tree])) || lost[$tree]=1
      while ((last[tree] > 0 && !(place[tree] & 1) && place[tree] == last[tree])); do
        place[tree]=$((place[tree] >> 1)) last[tree]=$((last[tree] >> 1))
      done
      if [[ -n ${lost[$tree]:-} ]] || ((last[tree] == 0)); then continue; fi
      sibling=${rest[tree]%%,*}
      if [[ -z $sibling ]]; then
        lost[$tree]=1
        continue
      fi
      rest[tree]=${rest[tree]#*,}
      if ((place[tree] & 1)); then preimages+=("01$sibling${root[tree]}"); else preimages+=("01${root[tree]}$sibling"); fi
      place[tree]=$((place[tree] >> 1)) last[tree]=$((last[tree] >> 1))
      asked+=("$tree")
    done
    [[ ${#asked[@]} -gt 0 ]] || break
    hash_all 65
    take_roots
  done
  for tree in "${!root[@]}"; do
    [[ -z ${rest[tree]} ]] || lost[$tree]=1
  done
}
take_roots() { # the hashes that were asked for become the roots of their trees
  local one
  for ((one = 0; one < ${#asked[@]}; one++)); do root[asked[one]]=${hashes[one]}; done
}

check_trees() { # check_trees PART: leaves → stratum roots → commit roots → anchor roots, all trees at once
  local part=$1 first=${first_tree[$1]} at tree anchor wrong=0 root=() place=() last=() rest=() preimages=() hashes=() asked=()
  declare -A lost=()
  climb_trees "$part"
  for at in ${root[@]+"${!root[@]}"}; do
    tree=$((first + at - 1))
    preimages+=("00${root[at]}")
    asked+=("$at") place[at]=${tree_stratum[tree]} last[at]=2 rest[at]=${tree_commit[tree]},
  done
  if [[ ${#asked[@]} -gt 0 ]]; then
    hash_all 33
    take_roots
    climb_paths
    preimages=()
    for at in "${asked[@]}"; do
      tree=$((first + at - 1))
      preimages+=("00${tree_random[tree]}${root[at]}")
      place[at]=${tree_index[tree]} last[at]=$((${anchor_size[${tree_anchor[tree]}]:-1} - 1)) rest[at]=${tree_path[tree]},
    done
    hash_all 65
    take_roots
    climb_paths
  fi
  for ((at = 1; at <= count_trees[$part]; at++)); do
    anchor=${tree_anchor[first + at - 1]}
    [[ -z ${lost[$at]:-} && -n ${root[at]:-} && ${root[at]} == "${anchor_root[$anchor]:-}" ]] && continue
    wrong=1
    fail tree.path "$part:tree-$at" "these leaves together do not lead to the signed root: one is not of this tree" \
      "이 해시들은 서명된 루트로 이어지지 않습니다. 이 트리에 속하지 않는 것이 있습니다" \
      "这些叶合起来不通向已签名的根：其中有不属于此树的"
  done
  [[ $wrong -eq 1 ]] || pass "everything leads to the signed roots, over trees: ${count_trees[$part]}" \
    "모두 서명된 루트로 이어집니다. 트리 수: ${count_trees[$part]}" "全部通向已签名的根，树数：${count_trees[$part]}"
}

declare -A cut=() # how many cuts there are, by how and why

check_withheld() {
  local lines=() line earlier='' file=data/withheld.jsonl well=1 form number
  form='^\{"count":([1-9][0-9]{0,5}),"how":"(withheld|coarsened|pseudonymised)","kind":"[a-z_]{1,24}","reason":"([a-z_]{1,24})"(,"statement":([1-9][0-9]{0,4}))?\}$'
  [[ -n ${present[$file]:-} ]] || return 0 # that it is missing is said
  if read_lines "$file"; then
    for line in ${lines[@]+"${lines[@]}"}; do
      if [[ $line > $earlier && $line =~ $form && ${BASH_REMATCH[5]:-0} -le ${count_statements[publication]} ]]; then
        number=${BASH_REMATCH[2]}:${BASH_REMATCH[3]}
        cut[$number]=$((${cut[$number]:-0} + BASH_REMATCH[1])) earlier=$line
      else
        well=0
        break
      fi
    done
  else
    well=0
  fi
  [[ $well -eq 1 ]] || cut=()
  [[ $well -eq 1 ]]
  check $? withheld.form "$file" "what was cut is listed: ${#lines[@]}" "가리거나 바꾼 것이 적혀 있습니다: ${#lines[@]}" \
    "已列出所隐去或改动之处：${#lines[@]}" "is not the list of cuts that the format asks for" \
    "형식에 맞는 가림 목록이 아닙니다" "不是格式所要求的隐去清单"
}

check_derived() {
  local lines=() line key earlier='' file=data/provenance/derived.txt well=0
  [[ -n ${formed[publication]:-} && -n ${present[$file]:-} ]] || return 0 # nothing to compare, or missing, which is said
  if read_lines "$file" && [[ ${#lines[@]} -gt 0 ]]; then
    well=1
    for line in "${lines[@]}"; do
      if [[ $line =~ ^statement\ ([1-9][0-9]{0,4})\ ([1-9][0-9]{0,4})$ ]]; then
        ((BASH_REMATCH[1] <= count_statements[provenance] && BASH_REMATCH[2] <= count_statements[publication])) || well=0
        printf -v key '0%05d%05d' "${BASH_REMATCH[@]:1:2}"
      elif [[ $line =~ ^item\ ([1-9][0-9]{0,4})\ (data/items/[a-z0-9.-]{1,40})$ ]]; then
        ((BASH_REMATCH[1] <= count_items[provenance])) && is_published "${BASH_REMATCH[2]}" || well=0
        printf -v key '1%05d%s' "${BASH_REMATCH[@]:1:2}"
      else
        well=0
      fi
      [[ $well -eq 1 && $key > $earlier ]] || well=0
      earlier=${key:-}
    done
  fi
  [[ $well -eq 1 ]]
  check $? derived.form "$file" "what was made from what is attested: ${#lines[@]}" "무엇에서 무엇을 만들었는지 밝혀 두었습니다: ${#lines[@]}" \
    "已说明何者由何者而来：${#lines[@]}" "speaks of something that is not there, or has not its form" \
    "없는 것을 가리키거나 형식이 맞지 않습니다" "所指之物不存在，或格式不符"
}
is_published() {
  local at
  for ((at = first_item[publication]; at < first_item[publication] + count_items[publication]; at++)); do
    [[ ${item_path[at]} == "$1" ]] && return 0
  done
  return 1
}

check_part() { # check_part PART
  local part=$1 of_tree of_index of_leaf of_name
  if [[ -z ${formed[$part]:-} ]]; then
    fail part.form "data/$part/proof.txt" "has not the form of a proof" "증명의 형식이 아닙니다" "不符合证明的格式"
    return
  fi
  check_statements "$part"
  check_items "$part"
  list_leaves "$part"
  check_doubles
  check_trees "$part"
  if [[ $part == publication ]]; then check_withheld; else check_derived; fi
}

# -------------------------------------------------------------------------------------------------- start

((BASH_VERSINFO[0] > 4 || (BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 3))) ||
  give_up "bash 4.3 or later is needed" "bash 4.3 이상이 필요합니다" "需要 bash 4.3 以上"
for tool in base64 cat cp date mktemp od openssl rm sha256sum sha512sum sort split stat xxd; do
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
# In memory where that can be had: thousands of small files are slow on a disk, and need not be left on one.
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) || give_up "no place for temporary files" "임시 파일을 둘 곳이 없습니다" "没有存放临时文件的位置"
trap 'rm -rf -- "$work"' EXIT
trap 'exit 2' HUP INT TERM
shopt -s nullglob dotglob

step 1 "The bag: nothing missing, nothing else, nothing changed" "꾸러미: 빠진 것도, 더해진 것도, 바뀐 것도 없는가" "证明包：无缺失、无多余、无改动"
list_folder "" 1
weigh_files
whole=1
for name in "${fixed[@]}"; do
  if [[ -z ${present[$name]:-} ]]; then
    whole=0
    fail bag.missing "$name" "is missing" "없습니다" "缺少"
  fi
done
if [[ $whole -eq 1 ]]; then # nothing else can be said of a bag without its own parts
  check_manifests
  for name in publication provenance; do
    for file in "${names[@]}"; do
      if [[ $file == "data/$name/"* ]]; then
        parts+=("$name")
        read_part "$name" || all_formed=''
        break
      fi
    done
  done
  check_presence

  step 2 "The keys" "공개 열쇠" "公钥"
  check_keys
  step 3 "The anchors: signed roots" "기준점: 서명된 루트" "锚点：已签名的根"
  for ((number = 1; number <= 99; number++)); do
    [[ -z ${present[data/anchors/$number.txt]:-} ]] || check_anchor "$number"
  done
  step 4 "The timestamps: since when the anchors stand" "시점 확인: 기준점이 언제부터 있었는가" "时间戳：锚点自何时存在"
  if [[ ${#stamps[@]} -eq 0 ]]; then
    note "none: when this was signed cannot be told" "없습니다. 언제 서명했는지는 알 수 없습니다" "没有：无从得知何时签名"
  fi
  for ((at = 1; at <= 99; at++)); do
    for ((number = 1; number <= 9; number++)); do
      [[ -z ${stamps[$at-$number]:-} ]] || check_timestamp "$at" "$number"
    done
  done
  for name in ${parts[@]+"${parts[@]}"}; do
    case $name in
      publication) step 5 "The publication: what is shown" "공개본: 보여 주는 것" "公开件：所出示的内容" ;;
      *) step 6 "The provenance: what was recorded" "원기록: 처음 기록된 것" "原记录：最初所记录的内容" ;;
    esac
    check_part "$name"
  done
  hash_file verify.sh
  if [[ -n $own && $hash != "$own" ]]; then
    note "the verify.sh in the bag is another one than this: another version, or a changed one" \
      "꾸러미 안의 verify.sh는 지금 실행한 것과 다릅니다: 버전이 다르거나 누가 고친 것입니다" \
      "证明包中的 verify.sh 与正在运行的不同：版本不同，或被改动过"
  fi
fi

# ------------------------------------------------------------------------------------------------ 7 verdict

step 7 "The verdict" "판정" "结论"
for name in ${parts[@]+"${parts[@]}"}; do
  [[ -n ${formed[$name]:-} ]] || continue
  say "$name: statements ${count_statements[$name]}, slots shown ${shown[$name]}, withheld ${hidden[$name]}" \
    "$name: 진술 ${count_statements[$name]}건, 공개한 칸 ${shown[$name]}개, 가린 칸 ${hidden[$name]}개" \
    "$name：陈述 ${count_statements[$name]} 条，公开 ${shown[$name]} 栏，隐去 ${hidden[$name]} 栏"
done
say "items $items, timestamps $stamped" "증거물 ${items}개, 시점 확인 ${stamped}개" "证物 $items 个，时间戳 $stamped 个"
while read -r name; do
  [[ -z $name ]] || say "cut: ${name%%:*}, because of ${name#*:}: ${cut[$name]}" \
    "가리거나 바꿈: ${name%%:*}, 이유 ${name#*:}: ${cut[$name]}" "隐去或改动：${name%%:*}，理由 ${name#*:}：${cut[$name]}"
done < <(printf '%s\n' ${cut[@]+"${!cut[@]}"} | sort)
if [[ -n $fingerprint ]]; then
  say "Fingerprint of the keys. Compare it with the one the organisation gave you by another way:" \
    "공개 열쇠의 지문입니다. 단체에서 다른 경로로 받은 지문과 대조하십시오:" \
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
