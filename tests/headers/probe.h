/* SPDX-License-Identifier: MIT */
/*
 * What the lines of a probe mean.  A row is text between the instructions:
 * @HEADER NAME WHAT HIGH LOW, the number in two halves of 32 bits.  A line is
 * a function, so that a compiler refuses each line for itself.
 */
#define PASTE_(a, b) a ## b
#define PASTE(a, b)  PASTE_(a, b)
#define ASK          void PASTE(ask_, __LINE__)(void)

#define HALF(value) (unsigned int)((value) & 0xffffffffu)

#define ROW(name, what, value)                                          \
    __asm__ volatile ( "\n.ascii \"@" name " " what " %0 %1 \"\n"       \
                       : : "i" (HALF((unsigned long long)(value) >> 32)), \
                           "i" (HALF((unsigned long long)(value))) );

#define TYPE(name, type)                                \
ASK                                                     \
{                                                       \
    ROW(name, "size", sizeof(type))                     \
    ROW(name, "alignment", __alignof__(type))           \
}

#define MEMBER(name, type, path)                        \
ASK                                                     \
{                                                       \
    ROW(name, "offset", offsetof(type, path))           \
    ROW(name, "size", sizeof(((type *)0)->path))        \
}

/* An array without a length. */
#define OPEN(name, type, path)                          \
ASK                                                     \
{                                                       \
    ROW(name, "offset", offsetof(type, path))           \
    ROW(name, "element", sizeof(((type *)0)->path[0]))  \
}

#define VALUE(name, value)                              \
ASK                                                     \
{                                                       \
    ROW(name, "value", value)                           \
    ROW(name, "size", sizeof(value))                    \
    ROW(name, "signed", (__typeof__(value))-1 < (__typeof__(value))1) \
}

/* A macro that may turn out to be no integer: the reference decides. */
#define CONSTANT VALUE
