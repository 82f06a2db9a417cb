using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>
/// Pixels with associated (premultiplied) alpha as four floating point numbers each: red x alpha, green x alpha, blue x alpha, alpha, with
/// colours and alpha of 0 to 255. Gray is the first number.
/// </summary>
/// <remarks>
/// A weighted mean of these, divided by its alpha, is what ImageMagick computes for "blended" channels: sum(w a c) / sum(w a). The colour
/// of a pixel whose alpha is exactly zero is zero, as in ImageMagick.
/// </remarks>
internal static unsafe class AssociatedPixels
{
    /// <summary>Numbers a pixel.</summary>
    internal const int Numbers = 4;

    /// <summary>Bytes a pixel.</summary>
    internal const int Bytes = Numbers * sizeof(float);

    /// <summary>Multiplies <paramref name="pixels"/> pixels by their alpha.</summary>
    /// <param name="from">Pixels of <paramref name="channels"/> bytes with straight alpha.</param>
    /// <param name="channels">2 or 4.</param>
    /// <param name="to">Where the products go.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="width">Whether with vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Associate(byte* from, int channels, float* to, int pixels, LaneWidth width)
    {
        if (width == LaneWidth.Scalar || channels != 4)
        {
            ScalarAssociate(from, channels, to, pixels);
            return;
        }

        for (var x = 0; x < pixels; x++)
        {
            Load(from + (x * Numbers)).Store(to + (x * Numbers));
        }
    }

    /// <summary>Adds <paramref name="pixels"/> associated pixels x <paramref name="weight"/> to <paramref name="sums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddWeighted(byte* from, int channels, float weight, float* sums, int pixels, LaneWidth width)
    {
        if (width == LaneWidth.Scalar || channels != 4)
        {
            ScalarAddWeighted(from, channels, weight, sums, pixels);
            return;
        }

        var weights = Vector128.Create(weight);
        for (var x = 0; x < pixels; x++)
        {
            (Vector128.Load(sums + (x * Numbers)) + (Load(from + (x * Numbers)) * weights)).Store(sums + (x * Numbers));
        }
    }

    /// <summary>Divides by alpha, rounds half up and clamps: bytes with straight alpha again.</summary>
    /// <param name="from">Sums of associated pixels.</param>
    /// <param name="to">Where the bytes go.</param>
    /// <param name="channels">2 or 4.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="width">Whether with vectors.</param>
    /// <param name="doubtful">Where doubtful pixels are noted, if they matter.</param>
    internal static void Dissociate(float* from, byte* to, int channels, int pixels, LaneWidth width, DoubtfulPixels? doubtful = null)
    {
        var indices = doubtful is null ? null : doubtful.Indices;
        var noted = width == LaneWidth.Scalar || channels != 4
            ? ScalarDissociate(from, to, channels, pixels, indices)
            : VectorDissociate(from, to, pixels, indices);
        doubtful?.Count = noted;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int VectorDissociate(float* from, byte* to, int pixels, int* doubtful)
    {
        var noted = 0;

        for (var x = 0; x < pixels; x++)
        {
            var pixel = Vector128.Load(from + (x * Numbers));
            var alpha = Vector128.Shuffle(pixel, Vector128.Create(3));
            var colours = Vector128.AndNot(pixel / alpha, Vector128.Equals(alpha, Vector128<float>.Zero));
            var straight = colours.WithElement(3, pixel.GetElement(3));
            var rounded = straight + Vector128.Create(0.5f);
            if (doubtful is not null && Vector128.LessThanOrEqualAny(
                Vector128.Abs(rounded - Vector128.Round(rounded)), Vector128.Create(DoubtfulPixels.Margin)))
            {
                doubtful[noted++] = x;
            }

            var clamped = Vector128.Min(Vector128.Max(rounded, Vector128<float>.Zero), Vector128.Create(255f));
            var levels = Vector128.ConvertToInt32Native(clamped);
            var words = Vector128.Narrow(levels, levels).AsUInt16();
            *(uint*)(to + (x * Numbers)) = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        }

        return noted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(byte* pixel)
    {
        var bytes = Vector128.CreateScalarUnsafe(*(uint*)pixel).AsByte();
        var numbers = Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
        return numbers * Vector128.Shuffle(numbers, Vector128.Create(3)).WithElement(3, 1f);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarAssociate(byte* from, int channels, float* to, int pixels)
    {
        for (var x = 0; x < pixels; x++, from += channels, to += Numbers)
        {
            for (var number = 0; number < Numbers; number++)
            {
                to[number] = Associated(from, channels, number);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalarAddWeighted(byte* from, int channels, float weight, float* sums, int pixels)
    {
        for (var x = 0; x < pixels; x++, from += channels, sums += Numbers)
        {
            for (var number = 0; number < Numbers; number++)
            {
                sums[number] += Associated(from, channels, number) * weight;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ScalarDissociate(float* from, byte* to, int channels, int pixels, int* doubtful)
    {
        var noted = 0;
        for (var x = 0; x < pixels; x++, from += Numbers, to += channels)
        {
            var isDoubtful = false;
            var alpha = from[Numbers - 1];
            for (var channel = 0; channel < channels; channel++)
            {
                var straight = channel == channels - 1 ? alpha : alpha == 0 ? 0 : from[channel] / alpha;
                var rounded = straight + 0.5f;
                to[channel] = (byte)Math.Clamp(rounded, 0f, 255f);
                isDoubtful |= MathF.Abs(rounded - MathF.Round(rounded)) <= DoubtfulPixels.Margin;
            }

            if (isDoubtful && doubtful is not null)
            {
                doubtful[noted++] = x;
            }
        }

        return noted;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Associated(byte* pixel, int channels, int number)
    {
        var alpha = pixel[channels - 1];
        return number == Numbers - 1 ? alpha : number < channels - 1 ? (float)pixel[number] * alpha : 0;
    }
}
