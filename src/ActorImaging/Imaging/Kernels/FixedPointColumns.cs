using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Kernels;

/// <summary>Resampling of the width of pixels without transparency, in fixed point.</summary>
/// <remarks>
/// Every result pixel has weights of its own. Rows are spread to pairs of pixels once (<see cref="PixelPairs"/>), and then a result pixel of four
/// of them is summed up at a time, so that its weights are loaded once and its four results are packed together. Of one channel four rows are spread
/// together, as if they were the channels of one.
/// </remarks>
internal sealed unsafe class FixedPointColumns : IColumnPass
{
    /// <summary>Spread rows that are summed up at a time.</summary>
    internal const int SpreadRows = 4;

    /// <summary>Channels that a spread row has.</summary>
    private const int SpreadChannels = 4;

    private const int MaximumShift = 21;

    private readonly int _channels;

    /// <summary>Rows that one spread row holds.</summary>
    private readonly int _joined;
    private readonly int _sourcePixels;
    private readonly LaneWidth _width;
    private readonly ResampleWindow[] _windows;
    private readonly PairWeights _weights;
    private readonly RowScratch _pairs;

    /// <summary>Prepares the weights.</summary>
    /// <param name="columns">The windows of the result columns.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="width">How many samples at once.</param>
    /// <param name="isFirst">Whether this is the first pass and has to be precise, see <see cref="SecondLook"/>.</param>
    /// <param name="pairs">Memory for <see cref="SpreadRows"/> rows of pixel pairs, of which each has <see cref="PixelPairs.RowBytes"/>.</param>
    internal FixedPointColumns(ResampleWindow[] columns, int channels, LaneWidth width, bool isFirst, RowScratch pairs)
    {
        _windows = columns;
        _channels = channels;
        _joined = channels == 1 ? SpreadChannels : 1;
        _width = width = Fitting(width, columns);
        _sourcePixels = SourcePixels(columns);
        _weights = new PairWeights(columns, MaximumShift, VectorPairs(width), isFirst);
        _pairs = pairs;
    }

    /// <summary>Pixels of a row that the windows reach.</summary>
    internal static int SourcePixels(ResampleWindow[] columns) => columns.Max(window => window.First + window.Weights.Length);

    /// <inheritdoc/>
    public int BatchRows => SpreadRows * _joined;

    /// <inheritdoc/>
    public void Resample(ReadOnlySpan<nint> rows, ReadOnlySpan<nint> to)
    {
        if (_width == LaneWidth.Scalar)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                ScalarSums((byte*)rows[row], (byte*)to[row]);
            }

            return;
        }

        for (; rows.Length >= BatchRows; rows = rows[BatchRows..], to = to[BatchRows..])
        {
            ResampleBatch(rows, to);
        }

        if (!rows.IsEmpty)
        {
            ResampleBatch(Fill(rows, stackalloc nint[BatchRows]), Fill(to, stackalloc nint[BatchRows]));
        }
    }

    /// <summary>Repeats the last one: what is made of it goes where the same has gone.</summary>
    private static ReadOnlySpan<nint> Fill(ReadOnlySpan<nint> some, Span<nint> batch)
    {
        some.CopyTo(batch);
        batch[some.Length..].Fill(some[^1]);
        return batch;
    }

    /// <summary>
    /// Not the widest vectors where those of half the width take fewer steps of that width: of windows of five or six pairs, which is what making
    /// a little smaller has, half of every other wide vector would be empty.
    /// </summary>
    private static LaneWidth Fitting(LaneWidth width, ResampleWindow[] columns)
    {
        var pairs = (columns.Max(window => window.Weights.Length) + 2) / 2; // a window may begin in the middle of a pair
        var (wide, widest) = ((pairs + PairLanes256.Pairs - 1) / PairLanes256.Pairs, (pairs + PairLanes512.Pairs - 1) / PairLanes512.Pairs);
        return width == LaneWidth.Widest && wide < 2 * widest ? LaneWidth.Wide : width;
    }

    private static int VectorPairs(LaneWidth width) => width switch
    {
        LaneWidth.Widest => PairLanes512.Pairs,
        LaneWidth.Wide => PairLanes256.Pairs,
        _ => PairLanes128.Pairs,
    };

    private void ResampleBatch(ReadOnlySpan<nint> rows, ReadOnlySpan<nint> to)
    {
        for (var spread = 0; spread < SpreadRows; spread++)
        {
            if (_joined == 1)
            {
                PixelPairs.Spread((byte*)rows[spread], _channels, _sourcePixels, (short*)_pairs[spread]);
            }
            else
            {
                var four = rows.Slice(spread * SpreadChannels, SpreadChannels);
                PixelPairs.Join((byte*)four[0], (byte*)four[1], (byte*)four[2], (byte*)four[3], _sourcePixels, (short*)_pairs[spread]);
            }
        }

        switch (_width)
        {
            case LaneWidth.Widest:
                Sums<PairLanes512, Vector512<int>>(rows, to);
                break;
            case LaneWidth.Wide:
                Sums<PairLanes256, Vector256<int>>(rows, to);
                break;
            default:
                Sums<PairLanes128, Vector128<int>>(rows, to);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sums<TLanes, TSums>(ReadOnlySpan<nint> rows, ReadOnlySpan<nint> to)
        where TLanes : IPairLanes<TSums>
    {
        short* pairs0 = (short*)_pairs[0], pairs1 = (short*)_pairs[1], pairs2 = (short*)_pairs[2], pairs3 = (short*)_pairs[3];
        int shift = _weights.Shift, doubt = _weights.Doubt, step = TLanes.Pairs * PixelPairs.Words, channels = _channels;
        var isJoined = _joined > 1;
        var channelBits = isJoined ? ushort.MaxValue : 0x1111u * ((1u << channels) - 1);
        var half = Vector128.Create(1 << shift >> 1);
        var columns = _weights.Columns;
        fixed (nint* targets = to)
        fixed (short* first = _weights.Weights)
        {
            var weights = first;
            for (var x = 0; x < columns.Length; x++)
            {
                var at = (nint)columns[x].FirstPair * PixelPairs.Words;
                TSums sums0 = TLanes.Zero, sums1 = sums0, sums2 = sums0, sums3 = sums0;
                for (var vector = columns[x].Vectors; vector > 0; vector--, at += step, weights += step)
                {
                    sums0 = TLanes.MultiplyAdd(sums0, pairs0 + at, weights);
                    sums1 = TLanes.MultiplyAdd(sums1, pairs1 + at, weights);
                    sums2 = TLanes.MultiplyAdd(sums2, pairs2 + at, weights);
                    sums3 = TLanes.MultiplyAdd(sums3, pairs3 + at, weights);
                }

                Vector128<int> pixel0 = TLanes.Fold(sums0) + half, pixel1 = TLanes.Fold(sums1) + half;
                Vector128<int> pixel2 = TLanes.Fold(sums2) + half, pixel3 = TLanes.Fold(sums3) + half;
                var levels = Pack(pixel0 >> shift, pixel1 >> shift, pixel2 >> shift, pixel3 >> shift);
                var offset = (nint)x * channels;
                if (isJoined)
                {
                    StoreApart(levels.GetElement(0), targets, x);
                    StoreApart(levels.GetElement(1), targets + 4, x);
                    StoreApart(levels.GetElement(2), targets + 8, x);
                    StoreApart(levels.GetElement(3), targets + 12, x);
                }
                else
                {
                    Store(levels.GetElement(0), (byte*)targets[0] + offset, channels);
                    Store(levels.GetElement(1), (byte*)targets[1] + offset, channels);
                    Store(levels.GetElement(2), (byte*)targets[2] + offset, channels);
                    Store(levels.GetElement(3), (byte*)targets[3] + offset, channels);
                }

                if (doubt == 0)
                {
                    continue;
                }

                var doubtful = Doubtful(pixel0, pixel1, pixel2, pixel3, shift, doubt) & channelBits;
                for (; doubtful != 0; doubtful &= doubtful - 1)
                {
                    var bit = BitOperations.TrailingZeroCount(doubtful);
                    var (row, channel) = isJoined ? (bit, 0) : (bit / SpreadChannels, bit % SpreadChannels);
                    SumPrecisely(x, (byte*)rows[row] + channel, (byte*)to[row] + offset + channel);
                }
            }
        }
    }

    /// <summary>Four pixels of up to four channels, clamped to bytes, a pixel to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Pack(Vector128<int> pixel0, Vector128<int> pixel1, Vector128<int> pixel2, Vector128<int> pixel3)
    {
        var words01 = Vector128.NarrowWithSaturation(pixel0, pixel1);
        var words23 = Vector128.NarrowWithSaturation(pixel2, pixel3);
        var none = Vector128<short>.Zero;
        return Vector128.NarrowWithSaturation(Vector128.Max(words01, none).AsUInt16(), Vector128.Max(words23, none).AsUInt16()).AsUInt32();
    }

    /// <summary>A sample of each of the four rows that were spread together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreApart(uint samples, nint* to, int x)
    {
        ((byte*)to[0])[x] = (byte)samples;
        ((byte*)to[1])[x] = (byte)(samples >> 8);
        ((byte*)to[2])[x] = (byte)(samples >> 16);
        ((byte*)to[3])[x] = (byte)(samples >> 24);
    }

    /// <summary>Never a byte too many: behind a row the next one begins, or somebody else's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(uint pixel, byte* to, int channels)
    {
        if (channels == 3)
        {
            *(ushort*)to = (ushort)pixel;
            to[2] = (byte)(pixel >> 16);
        }
        else if (channels == 4)
        {
            *(uint*)to = pixel;
        }
        else
        {
            for (var channel = 0; channel < channels; channel++, pixel >>= 8)
            {
                to[channel] = (byte)pixel;
            }
        }
    }

    /// <summary>A bit for each sum, of four pixels four each, that is so near to a half that it may round unlike the true one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Doubtful(
        Vector128<int> pixel0, Vector128<int> pixel1, Vector128<int> pixel2, Vector128<int> pixel3, int shift, int doubt)
    {
        Vector128<int> margin = Vector128.Create(doubt), fraction = Vector128.Create((1 << shift) - 1), most = margin + margin;
        var near01 = Vector128.NarrowWithSaturation(
            Vector128.LessThanOrEqual((pixel0 + margin) & fraction, most), Vector128.LessThanOrEqual((pixel1 + margin) & fraction, most));
        var near23 = Vector128.NarrowWithSaturation(
            Vector128.LessThanOrEqual((pixel2 + margin) & fraction, most), Vector128.LessThanOrEqual((pixel3 + margin) & fraction, most));
        return Vector128.NarrowWithSaturation(near01, near23).ExtractMostSignificantBits();
    }

    /// <summary>Sums one channel of a result pixel again, with fine weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPrecisely(int x, byte* row, byte* to)
    {
        var sum = 1L << (FixedPointWeights.FineShift - 1);
        nint step = _channels;
        var from = row + (_windows[x].First * step);
        foreach (var weight in _weights.Fine(x))
        {
            sum += weight * *from;
            from += step;
        }

        *to = SecondLook.IsTie(sum) ? BreakTie(_windows[x], row) : (byte)Math.Clamp(sum >> FixedPointWeights.FineShift, 0, 255);
    }

    private byte BreakTie(ResampleWindow window, byte* row)
    {
        var sum = 0.0;
        for (var tap = 0; tap < window.Weights.Length; tap++)
        {
            sum += window.Weights[tap] * row[(window.First + tap) * _channels];
        }

        return SecondLook.Level(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScalarSums(byte* row, byte* to)
    {
        int shift = _weights.Shift, doubt = _weights.Doubt;
        fixed (short* first = _weights.Weights)
        {
            var weights = first;
            for (var x = 0; x < _windows.Length; x++, to += _channels)
            {
                var window = _windows[x];
                var place = window.First & 1;
                for (var channel = 0; channel < _channels; channel++)
                {
                    var sum = 1 << shift >> 1;
                    for (var tap = 0; tap < window.Weights.Length; tap++)
                    {
                        var weight = weights[((place + tap) / 2 * PixelPairs.Words) + ((place + tap) % 2)];
                        sum += row[((window.First + tap) * _channels) + channel] * weight;
                    }

                    to[channel] = (byte)Math.Clamp(sum >> shift, 0, 255);
                    if (doubt != 0 && ((sum + doubt) & ((1 << shift) - 1)) <= 2 * doubt)
                    {
                        SumPrecisely(x, row + channel, to + channel);
                    }
                }

                weights += _weights.Columns[x].Vectors * PixelPairs.Words;
            }
        }
    }
}
