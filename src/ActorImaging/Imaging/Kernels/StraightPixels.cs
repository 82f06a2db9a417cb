using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Pixels without transparency: each number is a channel.</summary>
internal readonly unsafe struct StraightPixels : IPrecisePixels
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(byte* pixel, int channels) => Widen(Numbers(pixel));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> sum, byte* pixel, int channels)
    {
        // Rounded down while still in double precision: single precision could round up across a half
        var clamped = Vector256.Min(Vector256.Max(sum + Vector256.Create(0.5), Vector256<double>.Zero), Vector256.Create(255.0));
        var whole = Vector256.Floor(clamped);
        var levels = Vector128.ConvertToInt32Native(Vector128.Narrow(whole.GetLower(), whole.GetUpper()));
        var words = Vector128.Narrow(levels, levels).AsUInt16();
        var bytes = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        for (var channel = 0; channel < channels; channel++, bytes >>= 8)
        {
            pixel[channel] = (byte)bytes;
        }
    }

    /// <summary>Four bytes as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Numbers(byte* bytes)
    {
        var vector = Vector128.CreateScalarUnsafe(*(uint*)bytes).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(vector)).AsInt32());
    }

    /// <summary>The same numbers in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Widen(Vector128<float> numbers) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(numbers)
        : Vector256.Create(Vector128.WidenLower(numbers), Vector128.WidenUpper(numbers));
}
