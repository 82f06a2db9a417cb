using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>Makes columns of the rows of blocks, each block by itself.</summary>
internal static class BlockTransposition<TLanes, TWords, TSums>
    where TLanes : IBlockLanes<TWords, TSums>
{
    /// <summary>Turns eight rows into the eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ref TWords r0, ref TWords r1, ref TWords r2, ref TWords r3, ref TWords r4, ref TWords r5, ref TWords r6, ref TWords r7)
    {
        TWords words01 = TLanes.InterleaveLow(r0, r1), words01High = TLanes.InterleaveHigh(r0, r1);
        TWords words23 = TLanes.InterleaveLow(r2, r3), words23High = TLanes.InterleaveHigh(r2, r3);
        TWords words45 = TLanes.InterleaveLow(r4, r5), words45High = TLanes.InterleaveHigh(r4, r5);
        TWords words67 = TLanes.InterleaveLow(r6, r7), words67High = TLanes.InterleaveHigh(r6, r7);

        TWords upper01 = TLanes.InterleavePairsLow(words01, words23), upper23 = TLanes.InterleavePairsHigh(words01, words23);
        TWords upper45 = TLanes.InterleavePairsLow(words01High, words23High), upper67 = TLanes.InterleavePairsHigh(words01High, words23High);
        TWords lower01 = TLanes.InterleavePairsLow(words45, words67), lower23 = TLanes.InterleavePairsHigh(words45, words67);
        TWords lower45 = TLanes.InterleavePairsLow(words45High, words67High), lower67 = TLanes.InterleavePairsHigh(words45High, words67High);

        (r0, r1) = (TLanes.InterleaveFoursLow(upper01, lower01), TLanes.InterleaveFoursHigh(upper01, lower01));
        (r2, r3) = (TLanes.InterleaveFoursLow(upper23, lower23), TLanes.InterleaveFoursHigh(upper23, lower23));
        (r4, r5) = (TLanes.InterleaveFoursLow(upper45, lower45), TLanes.InterleaveFoursHigh(upper45, lower45));
        (r6, r7) = (TLanes.InterleaveFoursLow(upper67, lower67), TLanes.InterleaveFoursHigh(upper67, lower67));
    }
}
