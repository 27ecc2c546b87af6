# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154
# What can be looked up without running anything.

# Every block has a mark, so something here looks at it; every mark a block.
check_marks()
{
    grep -vE '^[0-9]+ (picture|commands|file .+|tutorial (append|insert) .+|tutorial run( needs .+)?)$' \
        "$out/blocks/list" > "$out/complaints"
    [ -s "$out/blocks/list" ] || echo "there is no block" > "$out/complaints"
    verdict marks
}

# The two commands are targets, and what .ci/run runs.
check_commands()
{
    line=$(awk '$2 == "commands" { print $1 }' "$out/blocks/list")
    sed 's/  *#.*//' "$out/blocks/${line:-none}" > "$out/commands"
    {
        [ "$(grep -c '^make ' "$out/commands")" = 2 ] || echo "these are no two commands"
        known_targets > "$out/known"
        while read -r make targets; do
            [ "$make" = make ] || echo "'$make $targets' is not make"
            for target in $targets; do
                grep -qx "$target" "$out/known" || echo "make has no target '$target'"
            done
            grep -qE "^make $targets( |;|\$)" .ci/run || echo ".ci/run does not run 'make $targets'"
        done < "$out/commands"
    } > "$out/complaints" 2>&1
    verdict commands
}

# What the documents tell people to make, 'make help' lists, and make knows.
check_targets()
{
    listed_targets | sort -u > "$out/listed"
    known_targets | sort -u > "$out/known"
    shown | awk -F '\t' '
        $2 ~ /^make / {
            n = split($2, words, " ")
            for (i = 2; i <= n; i++) {
                if (words[i] ~ /^-|=/) continue
                if (words[i] !~ /^[a-z][a-z0-9-]*$/) break
                print words[i] "\t" $1
            }
        }' > "$out/mentioned"
    {
        [ -s "$out/mentioned" ] || echo "no target is mentioned"
        awk -F '\t' 'FILENAME == ARGV[1] { listed[$1]; next }
            !($1 in listed) { print $2 ": make help does not list \"" $1 "\"" }' \
            "$out/listed" "$out/mentioned"
        comm -23 "$out/listed" "$out/known" | sed 's/.*/make help lists "&", which is no target/'
    } > "$out/complaints"
    verdict targets
}

# Commands and options of the compiler are those of --help.
check_options()
{
    build/hcgen --help | sed -n 's/^  --\([a-z-]*\).*/--\1/p; s/^  \([a-z]*\) .*/\1/p' > "$out/help"
    shown | awk -F '\t' '
        FILENAME == ARGV[1] { known[$1]; next }
        $2 ~ /(^|\/)hcgen / {
            n = split($2, words, /[ =]/)
            for (i = 1; words[i] !~ /(^|\/)hcgen$/; i++) ;
            found++
            if (words[i + 1] ~ /^[a-z]+$/ && !(words[i + 1] in known))
                print $1 ": hcgen has no command " words[i + 1]
            for (i++; i <= n; i++)
                if (words[i] ~ /^--/ && !(words[i] in known))
                    print $1 ": hcgen has no option " words[i]
        }
        END { if (!found) print "hcgen is not mentioned" }' "$out/help" - > "$out/complaints"
    verdict options
}

check_links()
{
    for file in README.md "$docs"/docs/*.md; do
        file=${file#"$docs"/}
        grep -oE '\]\([^)]*\)' "$docs/$file" | sed 's/^](//; s/)$//; s/#.*//' |
            while read -r link; do
                case $link in
                ''|http*) ;;
                *) [ -e "$(dirname "$file")/$link" ] || echo "$file: there is no $link" ;;
                esac
            done
    done > "$out/complaints"
    grep -q '](docs/' "$docs/README.md" || echo "README.md links to no document" >> "$out/complaints"
    verdict links
}

# The map names every folder, and no other.
check_folders()
{
    sed -n '/^## Where is what/,$s/^| `\([a-z-]*\)\/` |.*/\1/p' "$docs/README.md" | sort > "$out/mapped"
    git ls-files 2> /dev/null | sed -n 's,^\([^./][^/]*\)/.*,\1,p' | sort -u > "$out/folders"
    [ -s "$out/folders" ] ||
        find . -maxdepth 1 -type d ! -name '.*' ! -name build | sed 's,./,,' | sort > "$out/folders"
    {
        comm -13 "$out/mapped" "$out/folders" | sed 's/.*/the map lacks &/'
        comm -23 "$out/mapped" "$out/folders" | sed 's/.*/there is no folder &/'
    } > "$out/complaints"
    verdict folders
}

# What is shown of a file stands there.
check_files()
{
    awk '$2 == "file" { print $1, $3 }' "$out/blocks/list" > "$out/quoted"
    {
        [ -s "$out/quoted" ] || echo "no file is shown"
        while read -r line path; do
            awk '
                FILENAME == ARGV[1] { block = block $0 "\n"; next }
                { file = file "\n" $0 }
                END { exit block == "" || !index(file "\n", "\n" block) }
            ' "$out/blocks/$line" "$path" || echo "README.md:$line: this is not in $path"
        done < "$out/quoted"
    } > "$out/complaints" 2>&1
    verdict files
}

# The counts in the answers are what their command prints.
check_answers()
{
    awk '/^```/ { inside = /^```$/ && !inside; next }
         inside && /^\$ / { print > (out "/answers.command"); next }
         inside { print }' out="$out" "$docs/docs/answers.md" > "$out/answers.told"
    sh -c "$(sed 's/^\$ //' "$out/answers.command")" > "$out/answers.got" 2>&1
    diff "$out/answers.told" "$out/answers.got" > "$out/complaints"
    [ -s "$out/answers.got" ] || echo "no counts" >> "$out/complaints"
    verdict answers
}
