/* SPDX-License-Identifier: MIT */
/* Stands in for the tree's: a guest that asks for the latest interface of 4.1. */
#define __XEN_LATEST_INTERFACE_VERSION__ 0x0003020a
#define __XEN_INTERFACE_VERSION__ __XEN_LATEST_INTERFACE_VERSION__
