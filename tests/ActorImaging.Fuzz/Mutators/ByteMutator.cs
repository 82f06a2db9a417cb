using System.Buffers.Binary;

namespace ActorImaging.Fuzz.Mutators;

/// <summary>Changes bytes and numbers without knowing what they mean.</summary>
internal sealed class ByteMutator : IMutator
{
    private static readonly uint[] Telling =
        [0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] file, byte[] other, Random random)
    {
        if (file.Length < 16)
        {
            return [.. file, .. other];
        }

        var result = file.ToArray();
        switch (random.Next(8))
        {
            case 0:
                result[random.Next(result.Length)] ^= (byte)(1 << random.Next(8));
                return result;
            case 1:
                result[random.Next(result.Length)] = (byte)Telling[random.Next(Telling.Length)];
                return result;
            case 2:
                Write(result.AsSpan(random.Next(result.Length - 4)), Telling[random.Next(Telling.Length)], random);
                return result;
            case 3:
                random.NextBytes(result.AsSpan(random.Next(result.Length - 8), random.Next(1, 8)));
                return result;
            case 4:
                return result[..random.Next(result.Length)];
            case 5:
                var (from, count) = Range(result.Length, random);
                return [.. result[..from], .. result[(from + count)..]];
            case 6:
                (from, count) = Range(result.Length, random);
                var at = random.Next(result.Length);
                return [.. result[..at], .. result.AsSpan(from, count), .. result[at..]];
            default:
                at = random.Next(result.Length);
                return [.. result[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }

    private static (int From, int Count) Range(int length, Random random)
    {
        var from = random.Next(length);
        return (from, random.Next(Math.Min(length - from, 1 << random.Next(10))));
    }

    private static void Write(Span<byte> to, uint number, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                BinaryPrimitives.WriteUInt32BigEndian(to, number);
                break;
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(to, number);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)number);
                break;
            default:
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)number);
                break;
        }
    }
}
