using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the width of pixels without transparency, in fixed point.</summary>
/// <remarks>
/// Every result pixel has weights of its own. Four source pixels are loaded at once and shuffled so that the same channel of
/// two neighbours lies side by side, as the multiply-add of pairs wants it: its sums are then the pixel's channels.
/// </remarks>
internal sealed unsafe class FixedPointColumns : IColumnPass
{
    /// <summary>Source pixels taken in one step; windows are padded to a multiple of it with weight 0.</summary>
    private const int StepPixels = 4;

    /// <summary>Weights of a step: each of two pairs four times, for up to four channels.</summary>
    private const int StepWeights = 16;

    private const int MaximumShift = 21;

    private readonly int _channels;
    private readonly LaneWidth _width;
    private readonly ResampleWindow[] _windows;
    private readonly (int First, int Steps)[] _columns;
    private readonly short[] _columnWeights;
    private readonly int _columnShift;
    private readonly int _doubt;

    /// <summary>Prepares the weights.</summary>
    /// <param name="columns">The windows of the result columns.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="width">How many samples at once.</param>
    /// <param name="isFirst">Whether this is the first pass and has to be precise, see <see cref="SecondLook"/>.</param>
    internal FixedPointColumns(ResampleWindow[] columns, int channels, LaneWidth width, bool isFirst)
    {
        _windows = columns;
        _channels = channels;
        _width = width;
        _columns = Array.ConvertAll(columns, window => (window.First, (window.Weights.Length + StepPixels - 1) / StepPixels));
        _columnShift = columns.Min(window => FixedPointWeights.ShiftFor(window.Weights, MaximumShift));
        _columnWeights = new short[_columns.Sum(column => column.Steps) * StepWeights];
        var at = 0;
        for (var x = 0; x < columns.Length; x++)
        {
            var integers = FixedPointWeights.Quantize(columns[x].Weights, _columnShift);
            _doubt = isFirst ? Math.Max(_doubt, FixedPointWeights.DoubtOf(columns[x].Weights, integers, _columnShift, greatest: 255)) : 0;
            Spread(integers, _columnWeights.AsSpan(at));
            at += _columns[x].Steps * StepWeights;
        }
    }

    /// <inheritdoc/>
    public void Resample(byte* row, byte* to)
    {
        fixed (short* weights = _columnWeights)
        {
            if (_width == LaneWidth.Scalar)
            {
                ScalarColumns(row, to, weights);
            }
            else
            {
                Columns(row, to, weights);
            }
        }
    }

    /// <summary>Writes each pair of weights four times in a row.</summary>
    private static void Spread(int[] weights, Span<short> to)
    {
        for (var tap = 0; tap < weights.Length; tap++)
        {
            for (var channel = 0; channel < 4; channel++)
            {
                to[(tap / 2 * 8) + (2 * channel) + (tap % 2)] = (short)weights[tap];
            }
        }
    }

    /// <summary>Byte indices that put pixels 0 and 1 of 16 loaded bytes side by side, channel by channel, as words; 255 yields 0.</summary>
    private static Vector128<byte> PairShuffle(int channels, int firstPixel)
    {
        Span<byte> indices = stackalloc byte[16];
        indices.Fill(255);
        for (var channel = 0; channel < channels; channel++)
        {
            indices[4 * channel] = (byte)((firstPixel * channels) + channel);
            indices[(4 * channel) + 2] = (byte)(((firstPixel + 1) * channels) + channel);
        }

        return Vector128.Create<byte>(indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns(byte* row, byte* to, short* weights)
    {
        Vector128<byte> firstPair = PairShuffle(_channels, 0), secondPair = PairShuffle(_channels, 2);
        var pairs = Vector256.Create(firstPair, secondPair);
        for (var x = 0; x < _columns.Length; x++, to += _channels)
        {
            var (first, steps) = _columns[x];
            var from = row + (first * _channels);
            var sums = Vector128.Create(1 << _columnShift >> 1);
            if (Avx2.IsSupported && _width >= LaneWidth.Wide)
            {
                var wide = Vector256<int>.Zero;
                for (var step = 0; step < steps; step++, from += StepPixels * _channels, weights += StepWeights)
                {
                    var pixels = Vector128.Load(from);
                    var words = Avx2.Shuffle(Vector256.Create(pixels, pixels), pairs).AsInt16();
                    wide += Avx2.MultiplyAddAdjacent(words, Vector256.Load(weights));
                }

                sums += wide.GetLower() + wide.GetUpper();
            }
            else
            {
                for (var step = 0; step < steps; step++, from += StepPixels * _channels, weights += StepWeights)
                {
                    var pixels = Vector128.Load(from);
                    sums += MultiplyAddAdjacent(Vector128.ShuffleNative(pixels, firstPair).AsInt16(), Vector128.Load(weights));
                    sums += MultiplyAddAdjacent(Vector128.ShuffleNative(pixels, secondPair).AsInt16(), Vector128.Load(weights + 8));
                }
            }

            StorePixel(Vector128.Min(Vector128.Max(sums >> _columnShift, Vector128<int>.Zero), Vector128.Create(255)), to);
            if (_doubt != 0 && IsDoubtful(sums))
            {
                SumPrecisely(_windows[x], row, to);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StorePixel(Vector128<int> levels, byte* to)
    {
        var words = Vector128.Narrow(levels, levels).AsUInt16();
        var pixel = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        for (var channel = 0; channel < _channels; channel++, pixel >>= 8)
        {
            to[channel] = (byte)pixel;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddAdjacent(Vector128<short> words, Vector128<short> weights)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(words, weights);
        }

        // Even words are the lower halves of the ints, odd ones the upper
        var even = (words.AsInt32() << 16 >> 16) * (weights.AsInt32() << 16 >> 16);
        return even + ((words.AsInt32() >> 16) * (weights.AsInt32() >> 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsDoubtful(Vector128<int> sums)
    {
        var fraction = (sums + Vector128.Create(_doubt)) & Vector128.Create((1 << _columnShift) - 1);
        return Vector128.LessThanOrEqualAny(fraction, Vector128.Create(2 * _doubt));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(ResampleWindow window, byte* row, byte* to)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            var from = row + (window.First * _channels) + channel;
            var sum = 0.0;
            foreach (var weight in window.Weights)
            {
                sum += weight * *from;
                from += _channels;
            }

            to[channel] = SecondLook.Level(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScalarColumns(byte* row, byte* to, short* weights)
    {
        for (var x = 0; x < _columns.Length; x++, to += _channels)
        {
            var (first, steps) = _columns[x];
            var isDoubtful = false;
            for (var channel = 0; channel < _channels; channel++)
            {
                var from = row + (first * _channels) + channel;
                var sum = 1 << _columnShift >> 1;
                for (var pair = 0; pair < 2 * steps; pair++, from += 2 * _channels)
                {
                    sum += (from[0] * weights[8 * pair]) + (from[_channels] * weights[(8 * pair) + 1]);
                }

                to[channel] = (byte)Math.Clamp(sum >> _columnShift, 0, 255);
                isDoubtful |= ((sum + _doubt) & ((1 << _columnShift) - 1)) <= 2 * _doubt;
            }

            if (_doubt != 0 && isDoubtful)
            {
                SumPrecisely(_windows[x], row, to);
            }

            weights += steps * StepWeights;
        }
    }
}
