using System.Runtime.CompilerServices;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>
/// Walks through the compressed data of scans from MCU to MCU: finds the restarts, and goes on behind what is damaged as libjpeg does, with no difference
/// where data are missing.
/// </summary>
/// <param name="stream">The file.</param>
/// <param name="damages">Are told what is wrong.</param>
internal sealed class ScanReader(JpegStream stream, JpegDamages damages) : IDisposable
{
    private const int Restarts = 8;

    private readonly EntropyWindow _window = new(stream);
    private readonly int[] _predictions = new int[JpegFrameHeader.MostBlocks];
    private BitState _state;
    private int _interval;
    private int _left;
    private int _nextRestart;

    /// <summary>How far the data are decoded.</summary>
    public ref BitState State => ref _state;

    /// <summary>The data, which go on for as long as an MCU can.</summary>
    public ReadOnlySpan<byte> Data => _window.Bytes;

    /// <summary>For each component, the last DC coefficient.</summary>
    public Span<int> Predictions => _predictions;

    /// <summary>Blocks that are still to come without anything but what was coded before them, in a progressive scan.</summary>
    public int EmptyBlocks { get; set; }

    /// <summary>Whether the data have ended, so that MCUs are left as they are until the next restart.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Begins with a scan, whose data the stream is at.</summary>
    /// <param name="restartInterval">MCUs between two restarts; 0 for none.</param>
    public void Begin(int restartInterval)
    {
        (_interval, _left, _nextRestart, HasEnded) = (restartInterval, restartInterval, 0, false);
        Reset();
        _window.Begin(ref _state);
    }

    /// <summary>Goes to the next MCU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginMcu()
    {
        if (_interval > 0 && _left-- == 0)
        {
            _left = _interval - 1;
            Restart();
        }

        _window.Prepare(ref _state);
    }

    /// <summary>Looks whether the MCU was there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndMcu()
    {
        if (_window.IsBehindEnd(_state))
        {
            HasEnded = true;
            damages.EndsEarly();
        }
    }

    /// <summary>Ends the scan, and goes to the marker behind its data.</summary>
    public void End()
    {
        NoteFaults();
        if (_window.SkipRest(ref _state))
        {
            damages.GoesOn();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _window.Dispose();

    private void Restart()
    {
        End();
        Reset();
        if (TryFindRestart())
        {
            HasEnded = false;
            _window.Begin(ref _state);
        }

        _nextRestart = (_nextRestart + 1) % Restarts;
    }

    private void Reset()
    {
        Array.Clear(_predictions);
        EmptyBlocks = 0;
    }

    /// <summary>
    /// Goes behind the marker of the next restart. Where another one stands there, libjpeg's strategy (jpeg_resync_to_restart): one of the last two is gone
    /// past, for the next two this part is taken for lost, and what is farther away is taken for the right one.
    /// </summary>
    /// <returns>Whether there are data behind it; else the marker is left for later.</returns>
    private bool TryFindRestart()
    {
        while (stream.FindMarker() is { } marker)
        {
            var ahead = JpegMarker.IsRestart(marker) ? (marker - JpegMarker.Restart0 - _nextRestart + Restarts) % Restarts : -1;
            if (ahead == 0)
            {
                stream.Skip(2);
                return true;
            }

            damages.LacksRestart();
            if ((ahead < 0 && marker >= JpegMarker.StartOfFrame) || ahead is 1 or 2)
            {
                return false;
            }

            stream.Skip(2);
            if (ahead is >= 3 and <= 5)
            {
                return true;
            }
        }

        damages.EndsEarly();
        return false;
    }

    private void NoteFaults()
    {
        if (_state.Faults != 0)
        {
            _state.Faults = 0;
            damages.HasFaults();
        }
    }
}
