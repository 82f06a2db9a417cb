using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Rows of pixels of a component that has fewer samples than there are pixels, as libjpeg's "fancy" upsampling has them: where there are two pixels a sample,
/// each is three quarters of its own and one of its neighbour; where there are more, samples are repeated.
/// </summary>
internal sealed unsafe class Upsampling : IDisposable
{
    private const int Margin = 64;

    private readonly ComponentPlane _plane;
    private readonly ScaledComponent _scaled;
    private readonly LaneWidth _width;
    private readonly RowScratch? _memory;
    private readonly bool _isSmooth;

    /// <summary>Prepares for a component.</summary>
    /// <param name="plane">Its samples.</param>
    /// <param name="isFine">Whether more than one pixel becomes of a block in either direction: libjpeg repeats samples otherwise.</param>
    /// <param name="width">How many samples at once.</param>
    public Upsampling(ComponentPlane plane, bool isFine, LaneWidth width)
    {
        (_plane, _scaled, _width) = (plane, plane.Scaled, width);
        _isSmooth = isFine && (_scaled.PixelsAcross, _scaled.PixelsDown) switch
        {
            (2, 1) or (2, 2) => _scaled.Width > 2,
            (1, 2) => true,
            _ => false,
        };
        if (_scaled.PixelsAcross > 1 || _isSmooth)
        {
            // the sums of the rows above each other, with a margin on both sides, and the pixels
            _memory = new RowScratch(2, Math.Max(((long)_scaled.BandColumns * sizeof(short)) + (4 * Margin), ((long)_scaled.BandColumns * _scaled.PixelsAcross) + (2 * Margin)));
        }
    }

    /// <summary>Whether a row of pixels needs samples of the rows above and below.</summary>
    public bool LooksDown => _isSmooth && _scaled.PixelsDown > 1;

    /// <summary>A row of pixels, valid until the next one is asked for.</summary>
    /// <param name="y">Which, counted from the first one of these MCUs; -1 is the last one of those above.</param>
    /// <param name="top">Where the first one is in the image.</param>
    public byte* Row(int y, int top)
    {
        var row = y < 0 ? -1 : y / _scaled.PixelsDown;
        var near = _plane[row];
        if (!_isSmooth)
        {
            return _scaled.PixelsAcross == 1 ? near : Repeat(near);
        }

        var isUpper = y % _scaled.PixelsDown == 0;
        var far = _scaled.PixelsDown == 1 ? row : isUpper ? row - 1 : row + 1;
        var place = (top / _scaled.PixelsDown) + far;
        far = place < 0 || place >= _scaled.Height ? row : far; // what is outside is as the last one within
        return Smooth(near, _plane[far], isUpper);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();

    private byte* Repeat(byte* from)
    {
        var to = _memory![1];
        var (times, samples) = (_scaled.PixelsAcross, _scaled.Width);
        for (var x = 0; x < samples; x++)
        {
            new Span<byte>(to + ((long)x * times), times).Fill(from[x]);
        }

        return to;
    }

    private byte* Smooth(byte* near, byte* far, bool isUpper)
    {
        var sums = (short*)(_memory![0] + Margin);
        var to = _memory[1];
        if (_width >= LaneWidth.Wide)
        {
            Upsampling<SampleLanes256, Vector256<short>>.Run(near, far, isUpper, _scaled, sums, to);
        }
        else
        {
            Upsampling<SampleLanes128, Vector128<short>>.Run(near, far, isUpper, _scaled, sums, to);
        }

        return to;
    }
}

/// <summary><see cref="Upsampling"/> on lanes of one width.</summary>
internal static unsafe class Upsampling<TLanes, TWords>
    where TLanes : ISampleLanes<TWords>
{
    /// <summary>Makes a row; what is read and written goes on to the end of the last vector.</summary>
    public static void Run(byte* near, byte* far, bool isUpper, ScaledComponent scaled, short* sums, byte* to)
    {
        if (scaled.PixelsAcross == 1)
        {
            SmoothDown(near, far, (short)(isUpper ? 1 : 2), scaled.Width, to);
        }
        else if (scaled.PixelsDown == 1)
        {
            Widen(near, scaled.Width, sums);
            SmoothAcross(sums, scaled.Width, 1, 2, 2, to);
        }
        else
        {
            Sum(near, far, scaled.Width, sums);
            SmoothAcross(sums, scaled.Width, 8, 7, 4, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SmoothDown(byte* near, byte* far, short bias, int samples, byte* to)
    {
        for (var x = 0; x < samples; x += TLanes.Count)
        {
            TLanes.Store(TLanes.ShiftRight(TLanes.Add(Weighted(near + x, far + x), TLanes.Repeat(bias)), 2), to + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(byte* near, int samples, short* sums)
    {
        for (var x = 0; x < samples; x += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(near + x), sums + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(byte* near, byte* far, int samples, short* sums)
    {
        for (var x = 0; x < samples; x += TLanes.Count)
        {
            TLanes.Store(Weighted(near + x, far + x), sums + x);
        }
    }

    /// <summary>Three times the near sample, and the far one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Weighted(byte* near, byte* far) => Triple(TLanes.Load(near), TLanes.Load(far));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Triple(TWords near, TWords far) => TLanes.Add(TLanes.Add(near, near), TLanes.Add(near, far));

    /// <summary>Two pixels of each sum, which are rounded by turns up and down where they are in the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SmoothAcross(short* sums, int samples, short evenBias, short oddBias, int shift, byte* to)
    {
        (sums[-1], sums[samples]) = (sums[0], sums[samples - 1]);
        TWords even = TLanes.Repeat(evenBias), odd = TLanes.Repeat(oddBias);
        for (var x = 0; x < samples; x += TLanes.Count)
        {
            var near = TLanes.Load(sums + x);
            var left = TLanes.ShiftRight(TLanes.Add(Triple(near, TLanes.Load(sums + x - 1)), even), shift);
            var right = TLanes.ShiftRight(TLanes.Add(Triple(near, TLanes.Load(sums + x + 1)), odd), shift);
            TLanes.StoreByTurns(left, right, to + (2 * x));
        }
    }
}
