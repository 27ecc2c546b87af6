/* SPDX-License-Identifier: MIT */
/* Frames and their way back, for what a grant op does. Gives grant_prepare(). */
#include "grant.h"

struct frame_info *frame_info;
uint32_t *frame_gpfn;

bool grant_prepare(uint64_t frames, uint64_t (*entry_of)(uint64_t gpfn))
{
    uint64_t gpfn, mfn;

    if ( !frame_info )
        frame_info = memory_reserve(frames * sizeof(*frame_info));
    if ( !frame_gpfn )
        frame_gpfn = memory_reserve(frames * sizeof(*frame_gpfn));
    if ( !frame_info || !frame_gpfn )
        return false;
    for ( gpfn = 0; gpfn < frames; gpfn++ )
    {
        mfn = ENTRY_MFN(entry_of(gpfn));
        frame_gpfn[mfn] = (uint32_t)gpfn;
        frame_info[mfn].count = 1;
    }
    return true;
}
