using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Pixels with alpha: colour x alpha each and, fourth, alpha; see <see cref="AssociatedPixels"/>.</summary>
internal readonly unsafe struct TransparentPixels : IPrecisePixels
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(byte* pixel, int channels)
    {
        var numbers = StraightPixels.Numbers(pixel);
        var alpha = channels == 4 ? Vector128.Shuffle(numbers, Vector128.Create(3)) : Vector128.Shuffle(numbers, Vector128.Create(1));
        return StraightPixels.Widen(numbers.WithElement(3, 1f) * alpha);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> sum, byte* pixel, int channels)
    {
        var alpha = Vector256.Shuffle(sum, Vector256.Create(3L));
        var colours = Vector256.AndNot(sum / alpha, Vector256.Equals(alpha, Vector256<double>.Zero));
        var alphaAt = channels == 4 ? Vector256.Create(0, 0, 0, -1L) : Vector256.Create(0, -1L, 0, 0);
        StraightPixels.Store(Vector256.ConditionalSelect(alphaAt.AsDouble(), alpha, colours), pixel, channels);
    }
}
