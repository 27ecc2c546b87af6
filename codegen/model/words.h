/* SPDX-License-Identifier: MIT */
/*
 * The words of the language that are no keywords: closed lists, each once (and
 * properties.def).  What is not here is a name of the descriptions'.
 */
#ifndef CODEGEN_MODEL_WORDS_H
#define CODEGEN_MODEL_WORDS_H

/* DOMAIN_KIND(name): how a domain is looked up. */
#define DOMAIN_KINDS \
    DOMAIN_KIND(any) \
    DOMAIN_KIND(id) \
    DOMAIN_KIND(remote) \
    DOMAIN_KIND(live) \
    DOMAIN_KIND(owner)

/* XSM_DEFAULT(name, whether it is about a domain): who may, without a policy. */
#define XSM_DEFAULTS \
    XSM_DEFAULT(hook,    false) \
    XSM_DEFAULT(target,  true) \
    XSM_DEFAULT(dm_priv, true) \
    XSM_DEFAULT(priv,    false)

/* QUIRK(name): known faults of old interfaces. */
#define QUIRKS \
    QUIRK(truncated_args) \
    QUIRK(whole_copyback) \
    QUIRK(error_copyback) \
    QUIRK(count_ignored) \
    QUIRK(mfn_visible)

/* ERROR(name): what a call may answer, its number negated. */
#define ERRORS \
    ERROR(EPERM) ERROR(ENOENT) ERROR(ESRCH) ERROR(EINTR) ERROR(EIO) ERROR(ENXIO) \
    ERROR(E2BIG) ERROR(ENOEXEC) ERROR(EBADF) ERROR(ECHILD) ERROR(EAGAIN) \
    ERROR(ENOMEM) ERROR(EACCES) ERROR(EFAULT) ERROR(EBUSY) ERROR(EEXIST) \
    ERROR(EXDEV) ERROR(ENODEV) ERROR(ENOTDIR) ERROR(EISDIR) ERROR(EINVAL) \
    ERROR(ENFILE) ERROR(EMFILE) ERROR(ENOSPC) ERROR(EROFS) ERROR(EMLINK) \
    ERROR(EDOM) ERROR(ERANGE) ERROR(EDEADLK) ERROR(ENAMETOOLONG) ERROR(ENOLCK) \
    ERROR(ENOSYS) ERROR(ENOTEMPTY) ERROR(ENODATA) ERROR(ETIME) ERROR(EBADMSG) \
    ERROR(EOVERFLOW) ERROR(EILSEQ) ERROR(ERESTART) ERROR(ENOTSOCK) \
    ERROR(EMSGSIZE) ERROR(EOPNOTSUPP) ERROR(EADDRINUSE) ERROR(EADDRNOTAVAIL) \
    ERROR(ENOBUFS) ERROR(EISCONN) ERROR(ENOTCONN) ERROR(ETIMEDOUT) \
    ERROR(ECONNREFUSED)

/* The type that numbers domains. */
#define DOMAIN_TYPE "domid_t"
/* The type of a right: extern NAME: right; */
#define RIGHT_TYPE "right"
/* What begins the C name of a hypercall's number. */
#define HYPERCALL_PREFIX "__HYPERVISOR_"
/* The argument that says which op. */
#define OP_ARGUMENT "cmd"
/* Elements that 'ahead' may have: the block is on the stack. */
#define AHEAD_LEAST 2u
#define AHEAD_MOST 64u
/* How many elements are done, in 'resume'. */
#define DONE_NAME "done"

#endif
