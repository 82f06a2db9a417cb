using System.Numerics;
using System.Runtime.Intrinsics;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The markers of JPEG (ITU-T T.81, table B.1), without the byte 0xFF that each begins with.</summary>
internal static class JpegMarker
{
    public const byte StartOfFrame = 0xC0;
    public const byte BaselineFrame = StartOfFrame;
    public const byte HuffmanTables = 0xC4;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantisationTables = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte Restart0 = 0xD0;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App11 = 0xEB;
    public const byte App12 = 0xEC;
    public const byte App13 = 0xED;
    public const byte App14 = 0xEE;
    public const byte App15 = 0xEF;
    public const byte Comment = 0xFE;

    private const byte Reserved = 0xC8;
    private const byte ArithmeticConditioning = 0xCC;
    private const byte Restart7 = 0xD7;
    private const byte Temporary = 0x01;

    /// <summary>Whether it stands alone, without a length.</summary>
    public static bool IsAlone(byte marker) => marker is Temporary or (>= Restart0 and <= Restart7);

    /// <summary>Whether it begins the header of a frame.</summary>
    public static bool IsStartOfFrame(byte marker) => marker is >= StartOfFrame and <= 0xCF and not (HuffmanTables or Reserved or ArithmeticConditioning);

    /// <summary>Whether the frame is of a kind that decoders read: its coefficients coded one after the other or in scans that refine each other.</summary>
    public static bool IsRead(byte startOfFrame) => startOfFrame is >= StartOfFrame and <= 0xC2 or 0xC9 or 0xCA;

    /// <summary>Whether the frame is coded by Huffman's codes: baseline, extended or progressive.</summary>
    public static bool IsOfHuffman(byte startOfFrame) => startOfFrame is >= StartOfFrame and <= 0xC2;

    /// <summary>Whether it is one of the eight that stand between parts of compressed data, each of which can be decoded without the others.</summary>
    public static bool IsRestart(byte marker) => marker is >= Restart0 and <= Restart7;

    /// <summary>Whether the frame comes in scans that refine each other.</summary>
    public static bool IsProgressive(byte startOfFrame) => startOfFrame is 0xC2 or 0xC6 or 0xCA or 0xCE;

    /// <summary>Whether it is of a segment for applications, or a comment.</summary>
    public static bool IsOfApplication(byte marker) => marker is (>= App0 and <= App15) or Comment;

    /// <summary>The first place in compressed data where a marker stands that ends them; below 0 for none.</summary>
    /// <param name="data">The data; every hundredth or so of their bytes is 0xFF, followed by a stuffed 0.</param>
    public static int IndexIn(ReadOnlySpan<byte> data)
    {
        var at = 0;
        for (; at < data.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var ends = Vector256.Equals(Vector256.Create(data[at..]), Vector256.Create((byte)0xFF)) & End(Vector256.Create(data[(at + 1)..]));
            if (ends != Vector256<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits());
            }
        }

        for (; at < data.Length - 1; at++)
        {
            if (data[at] == 0xFF && data[at + 1] is not (0 or 0xFF) && !IsAlone(data[at + 1]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Which bytes behind 0xFF end compressed data: none that is stuffed, a fill byte or stands alone.</summary>
    private static Vector256<byte> End(Vector256<byte> second) => ~(
        Vector256.LessThanOrEqual(second, Vector256.Create(Temporary))
        | Vector256.Equals(second, Vector256.Create((byte)0xFF))
        | Vector256.LessThanOrEqual(second - Vector256.Create(Restart0), Vector256.Create((byte)(Restart7 - Restart0))));
}
