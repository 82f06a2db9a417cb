using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ActorImaging.Tests.Imaging.Containers;

namespace ActorImaging.Fuzz.Mutators;

/// <summary>Changes what chunks of a PNG say, their order and their number, with checksums that are right: behind those, readers look closer.</summary>
internal sealed class PngMutator : IMutator
{
    private const int SignatureBytes = 8;

    private readonly ByteMutator _bytes = new();

    /// <inheritdoc/>
    public byte[] Mutate(byte[] file, byte[] other, Random random)
    {
        var chunks = ChunksOf(file);
        if (chunks.Count == 0)
        {
            return _bytes.Mutate(file, other, random);
        }

        var at = random.Next(chunks.Count);
        var (type, data) = chunks[at];
        switch (random.Next(7))
        {
            case 0:
                chunks[at] = (type, _bytes.Mutate(data, data, random));
                break;
            case 1:
                chunks[at] = (new string([.. type.Select(letter => random.Next(4) == 0 ? (char)(letter ^ (1 << random.Next(8))) : letter)]), data);
                break;
            case 2:
                chunks.RemoveAt(at);
                break;
            case 3:
                chunks.Insert(random.Next(chunks.Count), chunks[at]);
                break;
            case 4:
                (chunks[0], chunks[at]) = (chunks[at], chunks[0]);
                break;
            case 5 when type is "IDAT" or "fdAT" or "zTXt" or "iCCP":
                chunks[at] = (type, MutateCompressed(data, random));
                break;
            default:
                var others = ChunksOf(other);
                chunks.InsertRange(at, others.Take(random.Next(others.Count + 1)));
                break;
        }

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. chunks.SelectMany(chunk => Crafted.PngChunk(chunk.Type, chunk.Data))];
    }

    private byte[] MutateCompressed(byte[] data, Random random)
    {
        for (var start = 0; start < Math.Min(data.Length - 2, 40); start++)
        {
            if (data[start] == 0x78)
            {
                try
                {
                    using var inflater = new ZLibStream(new MemoryStream(data, start, data.Length - start), CompressionMode.Decompress);
                    using var inflated = new MemoryStream();
                    inflater.CopyTo(inflated);
                    return [.. data[..start], .. Crafted.Deflate(_bytes.Mutate(inflated.ToArray(), [], random))];
                }
                catch (InvalidDataException)
                {
                    // It was something else.
                }
            }
        }

        return _bytes.Mutate(data, data, random);
    }

    private static List<(string Type, byte[] Data)> ChunksOf(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = SignatureBytes; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12)
            {
                break;
            }

            chunks.Add((Encoding.Latin1.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }
}
