/* SPDX-License-Identifier: MIT */
/* Nothing of the kernel's own is needed. */
