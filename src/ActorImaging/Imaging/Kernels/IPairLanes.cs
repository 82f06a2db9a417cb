using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// The steps of a weighted sum along a row on vectors of one width: pairs of neighbouring pixels, spread to words, times pairs of weights. A
/// vector holds one pair for each 16 bytes; every 16 bytes sum up four channels.
/// </summary>
/// <typeparam name="TSums">A vector of 32-bit sums.</typeparam>
internal unsafe interface IPairLanes<TSums>
{
    /// <summary>Pairs in a vector.</summary>
    static abstract int Pairs { get; }

    /// <summary>No sums yet.</summary>
    static abstract TSums Zero { get; }

    /// <summary>Adds the products of a vector of pairs with their weights.</summary>
    static abstract TSums MultiplyAdd(TSums sums, short* pairs, short* weights);

    /// <summary>The sums of all pairs, channel by channel.</summary>
    static abstract Vector128<int> Fold(TSums sums);
}
