using System.Buffers.Binary;

namespace ActorImaging.Fuzz.Mutators;

/// <summary>Changes what the directories of a TIFF say, field by field.</summary>
internal sealed class TiffMutator : IMutator
{
    private const int EntryBytes = 12;

    private static readonly ushort[] Tags =
        [254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 284, 290, 317, 318, 320, 322, 323, 324, 325, 330, 338, 339, 347, 530, 700, 33723, 34377, 34665, 34675, 34853, 37724];

    private static readonly uint[] Values = [0, 1, 2, 3, 5, 6, 7, 8, 16, 32, 64, 255, 8192, 32773, 32946, 34712, 50001, 65535, 65536, 0x7FFFFFFF, 0xFFFFFFFF];

    private readonly ByteMutator _bytes = new();

    /// <inheritdoc/>
    public byte[] Mutate(byte[] file, byte[] other, Random random)
    {
        var result = file.ToArray();
        if (result.Length < 16 || EntryAt(result, random) is not { } at)
        {
            return _bytes.Mutate(file, other, random);
        }

        var isLittle = result[0] == (byte)'I';
        switch (random.Next(6))
        {
            case 0:
                Write16(result.AsSpan(at), Tags[random.Next(Tags.Length)], isLittle);
                break;
            case 1:
                Write16(result.AsSpan(at + 2), (ushort)random.Next(20), isLittle);
                break;
            case 2:
                Write32(result.AsSpan(at + 4), Values[random.Next(Values.Length)], isLittle);
                break;
            case 3:
                Write32(result.AsSpan(at + 8), Values[random.Next(Values.Length)], isLittle);
                break;
            case 4:
                Write32(result.AsSpan(at + 8), (uint)random.Next(result.Length), isLittle);
                break;
            default:
                return _bytes.Mutate(file, other, random);
        }

        return result;
    }

    private static int? EntryAt(byte[] file, Random random)
    {
        var isLittle = file[0] == (byte)'I';
        long start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4));
        if (start > file.Length - 2)
        {
            return null;
        }

        int count = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)start)) : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan((int)start));
        return count > 0 && start + 2 + (EntryBytes * count) <= file.Length ? (int)start + 2 + (EntryBytes * random.Next(count)) : null;
    }

    private static void Write16(Span<byte> to, ushort number, bool isLittle)
    {
        if (isLittle)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, number);
        }
    }

    private static void Write32(Span<byte> to, uint number, bool isLittle)
    {
        if (isLittle)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to, number);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(to, number);
        }
    }
}
