# SPDX-License-Identifier: MIT
# Makes, in the folder it runs in, inputs that nobody would commit. Most begin
# like any other description, so that only what is odd in them is said.

start()
{
    printf '/// A test.\ninterface t { header "t.h" guard T_H; legacy ops 0..9 "old"; }\n'
}

# Lines that end as on other systems; a NUL in the middle; nothing at all.
start | sed "s/\$/$(printf '\r')/" > crlf.idl
{ start; printf 'const A\000 = 1;\n'; } > nul.idl
: > empty.idl

# missing.idl is not there. What cannot be read, not even by root:
ln -sf /proc/self/mem unreadable.idl
ln -sf /dev/null device.idl
mkdir -p folder.idl

# A line of 10 MB, with a mistake far inside.
{ start
  awk 'BEGIN { printf "const A = 1;"
               for ( i = 0; i < 1000000; i++ ) printf "/* 45678*/"
               print " const B 1; const C = 1;" }'
} > long-line.idl

# Deeper than anybody nests.
{ start
  awk 'BEGIN { printf "struct a { in x: "
               for ( i = 0; i < 3000; i++ ) printf "struct { in x: " }'
} > deep.idl

# More errors than are kept.
{ start
  awk 'BEGIN { for ( i = 1; i <= 25; i++ ) printf "guard A%d;\n", i }'
} > many.idl

# Control characters do not reach the terminal.
{ start; printf 'const \033[31m = 1;\n'; } > control.idl
