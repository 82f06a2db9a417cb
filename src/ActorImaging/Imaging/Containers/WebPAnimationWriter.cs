using System.Buffers.Binary;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging.Containers;

/// <summary>Puts an animated WebP together from frames that were compressed as images of their own (RFC 9649, 2.7.1).</summary>
/// <param name="canvas">The size of what is shown.</param>
/// <param name="hasAlpha">Whether anything in it is transparent.</param>
/// <param name="loops">How often it is shown; 0 for ever.</param>
internal sealed class WebPAnimationWriter(PixelSize canvas, bool hasAlpha, int loops)
{
    private const int RiffHeaderBytes = 12;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;
    private const byte ReplacesFlag = 0x02;
    private const int MillisecondsPerSecond = 1000;
    private const int MostUInt24 = 0xFFFFFF;

    private readonly List<byte[]> _frames = [];

    /// <summary>Adds a frame, which replaces what is below it.</summary>
    /// <param name="place">Where it lies; at an even column and row.</param>
    /// <param name="delay">How long it is shown.</param>
    /// <param name="image">A WebP of it alone.</param>
    public void Add(PixelRectangle place, FrameDelay delay, ReadOnlyMemory<byte> image)
    {
        using var frame = new MemoryStream();
        Span<byte> header = stackalloc byte[16];
        WriteUInt24(header, place.LeftPixels / 2);
        WriteUInt24(header[3..], place.TopPixels / 2);
        WriteUInt24(header[6..], place.WidthPixels - 1);
        WriteUInt24(header[9..], place.HeightPixels - 1);
        WriteUInt24(header[12..], (int)Math.Min((long)delay.Ticks * MillisecondsPerSecond / Math.Max(1, delay.TicksPerSecond), MostUInt24));
        header[15] = ReplacesFlag;
        frame.Write(header);
        using var stream = new MemoryStream(image.ToArray(), writable: false);
        foreach (var chunk in RiffChunk.In(new SourceReader(stream), RiffHeaderBytes, image.Length).Where(chunk => IsOfPixels(chunk.Type)))
        {
            frame.Write(image.Span[(int)chunk.At..(int)Math.Min(chunk.EndAt, image.Length)]);
        }

        _frames.Add(frame.ToArray());
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        Span<byte> extended = stackalloc byte[10];
        extended.Clear();
        extended[0] = (byte)(AnimationFlag | (hasAlpha ? AlphaFlag : 0));
        WriteUInt24(extended[4..], canvas.WidthPixels - 1);
        WriteUInt24(extended[7..], canvas.HeightPixels - 1);
        Span<byte> animation = stackalloc byte[6];
        animation.Clear(); // transparent, should anything be shown below the frames
        BinaryPrimitives.WriteUInt16LittleEndian(animation[4..], (ushort)Math.Clamp(loops, 0, ushort.MaxValue));

        file.Write([.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8]);
        RiffChunk.Write(file, "VP8X"u8, extended);
        RiffChunk.Write(file, "ANIM"u8, animation);
        foreach (var frame in _frames)
        {
            RiffChunk.Write(file, "ANMF"u8, frame);
        }

        var bytes = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    private static bool IsOfPixels(uint type) =>
        type == RiffChunk.TypeOf("ALPH"u8) || type == RiffChunk.TypeOf("VP8 "u8) || type == RiffChunk.TypeOf("VP8L"u8);

    private static void WriteUInt24(Span<byte> to, int number) => (to[0], to[1], to[2]) = ((byte)number, (byte)(number >> 8), (byte)(number >> 16));
}
