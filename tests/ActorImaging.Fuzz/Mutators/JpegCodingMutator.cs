using System.Buffers.Binary;

namespace ActorImaging.Fuzz.Mutators;

/// <summary>Changes how a JPEG says that it is coded, in ways that are possible by themselves: sampling, tables, restarts, scans and their order.</summary>
internal static class JpegCodingMutator
{
    private const byte BaselineFrame = 0xC0;
    private const byte ProgressiveFrame = 0xC2;
    private const byte HuffmanTables = 0xC4;
    private const byte StartOfScan = 0xDA;
    private const byte QuantisationTables = 0xDB;
    private const byte RestartInterval = 0xDD;
    private const byte Restart0 = 0xD0;
    private const int HeadBytes = 4;

    private static readonly byte[] Sides = [0, 1, 2, 7, 8, 9, 16, 17, 31, 33, 64, 65, 127, 255];

    /// <summary>Changes something.</summary>
    /// <param name="segments">The segments; each scan with the compressed data behind it.</param>
    /// <param name="random">What decides.</param>
    public static void Mutate(List<byte[]> segments, Random random)
    {
        switch (random.Next(20))
        {
            case 0 or 1 or 2:
                Change(segments, random, segment => segment[1] is BaselineFrame or 0xC1 or ProgressiveFrame && segment.Length > HeadBytes + 8, ChangeFrame);
                break;
            case 3 or 4:
                Change(segments, random, segment => segment[1] == HuffmanTables && segment.Length > HeadBytes + 17, ChangeCodes);
                break;
            case 5 or 6:
                Change(segments, random, segment => segment[1] == QuantisationTables && segment.Length > HeadBytes + 64, ChangeDivisors);
                break;
            case 7 or 8:
                Change(segments, random, IsScan, ChangeScan);
                break;
            case 9 or 10 or 11 or 12 or 13:
                Change(segments, random, IsScan, ChangeData);
                break;
            case 14 or 15:
                segments.Insert(random.Next(segments.Count), [0xFF, RestartInterval, 0, HeadBytes, 0, (byte)random.Next(6)]);
                Change(segments, random, IsScan, AddRestarts);
                break;
            case 16 or 17 or 18:
                AddScans(segments, random);
                break;
            default:
                Change(segments, random, segment => segment.Length > HeadBytes, LieAboutLength);
                break;
        }
    }

    private static bool IsScan(byte[] segment) => segment[1] == StartOfScan && segment.Length > HeadBytes && DataAt(segment) is > 9 and var at && at <= segment.Length;

    /// <summary>Where compressed data begin.</summary>
    private static int DataAt(byte[] scan) => 2 + BinaryPrimitives.ReadUInt16BigEndian(scan.AsSpan(2));

    private static void Change(List<byte[]> segments, Random random, Func<byte[], bool> isMeant, Func<byte[], Random, byte[]> change)
    {
        var places = Enumerable.Range(0, segments.Count).Where(at => segments[at].Length >= HeadBytes && isMeant(segments[at])).ToList();
        if (places.Count > 0)
        {
            var at = places[random.Next(places.Count)];
            segments[at] = change([.. segments[at]], random);
        }
    }

    /// <summary>Another size, kind, sampling or table of a component.</summary>
    private static byte[] ChangeFrame(byte[] frame, Random random)
    {
        var component = HeadBytes + 6 + (3 * random.Next((frame.Length - HeadBytes - 6) / 3));
        switch (random.Next(6))
        {
            case 0:
                frame[1] = (byte)(BaselineFrame + random.Next(3));
                break;
            case 1:
                frame[HeadBytes + (random.Next(2) == 0 ? 2 : 4)] = Sides[random.Next(Sides.Length)];
                break;
            case 2:
                frame[component + 2] = (byte)random.Next(5);
                break;
            case 3:
                frame[component] = (byte)random.Next(4);
                break;
            default:
                frame[component + 1] = (byte)((random.Next(1, 5) << 4) | random.Next(1, 5));
                break;
        }

        return frame;
    }

    /// <summary>Codes of other lengths, as many as before or not, or for other symbols, or another table.</summary>
    private static byte[] ChangeCodes(byte[] tables, Random random)
    {
        var (counts, symbols) = (HeadBytes + 1, HeadBytes + 17);
        switch (random.Next(4))
        {
            case 0:
                var (from, to) = (counts + random.Next(16), counts + random.Next(16));
                if (tables[from] > 0 && tables[to] < byte.MaxValue)
                {
                    tables[from]--;
                    tables[to]++;
                }

                break;
            case 1:
                tables[counts + random.Next(16)] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
                break;
            case 2:
                tables[HeadBytes] = (byte)((random.Next(2) << 4) | random.Next(4));
                break;
            default:
                tables[symbols + random.Next(tables.Length - symbols)] = (byte)random.Next(256);
                break;
        }

        return tables;
    }

    private static byte[] ChangeDivisors(byte[] tables, Random random)
    {
        if (random.Next(3) == 0)
        {
            tables[HeadBytes] = (byte)((random.Next(2) << 4) | random.Next(4));
        }
        else if (random.Next(2) == 0)
        {
            tables.AsSpan(HeadBytes + 1).Fill((byte)(random.Next(2) * 255));
        }

        tables[HeadBytes + 1 + random.Next(64)] = (byte)random.Next(256);
        return tables;
    }

    /// <summary>Other components, tables, coefficients or bits.</summary>
    private static byte[] ChangeScan(byte[] scan, Random random)
    {
        var parameters = DataAt(scan) - 3;
        switch (random.Next(4))
        {
            case 0:
                scan[HeadBytes + 1 + random.Next(parameters - HeadBytes - 1)] = (byte)random.Next(4);
                break;
            case 1:
                scan[HeadBytes + 2] = (byte)((random.Next(4) << 4) | random.Next(4));
                break;
            default:
                WriteStep(scan.AsSpan(parameters, 3), random);
                break;
        }

        return scan;
    }

    /// <summary>A step of a progression, nearly always one that is possible.</summary>
    private static void WriteStep(Span<byte> step, Random random)
    {
        var first = random.Next(4) == 0 ? 0 : random.Next(64);
        var left = random.Next(random.Next(4) == 0 ? 16 : 4);
        step[0] = (byte)first;
        step[1] = (byte)(first == 0 && random.Next(4) != 0 ? 0 : random.Next(first, 64));
        step[2] = (byte)(((random.Next(2) == 0 ? 0 : left + 1) << 4) | left);
    }

    /// <summary>Bits that are turned round, bytes that are put in or left out; markers among them.</summary>
    private static byte[] ChangeData(byte[] scan, Random random)
    {
        var data = DataAt(scan);
        if (data == scan.Length)
        {
            return [.. scan, .. Noise(random)];
        }

        var at = random.Next(data, scan.Length);
        switch (random.Next(5))
        {
            case 0:
                return [.. scan[..at], .. scan[random.Next(at, scan.Length)..]];
            case 1:
                return [.. scan[..at], .. Noise(random), .. scan[at..]];
            case 2:
                return [.. scan[..at], 0xFF, (byte)random.Next(0xC0, 0x100), .. scan[at..]];
            default:
                for (var times = random.Next(1, 20); times > 0; times--)
                {
                    scan[random.Next(data, scan.Length)] ^= (byte)(1 << random.Next(8));
                }

                return scan;
        }
    }

    /// <summary>Restarts at some places, in their order or not.</summary>
    private static byte[] AddRestarts(byte[] scan, Random random)
    {
        var data = DataAt(scan);
        var places = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(data, scan.Length + 1)).Order().ToList();
        List<byte> result = [.. scan[..data]];
        for (var restart = 0; restart < places.Count; restart++)
        {
            var number = random.Next(8) == 0 ? random.Next(8) : restart & 7;
            result.AddRange([.. scan[data..places[restart]], 0xFF, (byte)(Restart0 + number)]);
            data = places[restart];
        }

        return [.. result, .. scan[data..]];
    }

    /// <summary>A script of scans of one or all components, over noise or the data of a scan that is there; the frame becomes progressive.</summary>
    private static void AddScans(List<byte[]> segments, Random random)
    {
        var frame = segments.Find(segment => segment[1] is BaselineFrame or 0xC1 or ProgressiveFrame && segment.Length > HeadBytes + 8);
        var scans = segments.Where(segment => segment.Length >= HeadBytes && IsScan(segment)).ToList();
        if (frame is null || scans.Count == 0)
        {
            return;
        }

        if (random.Next(8) != 0)
        {
            segments[segments.IndexOf(frame)] = frame = [.. frame[..1], ProgressiveFrame, .. frame[2..]];
        }

        var ids = Enumerable.Range(0, (frame.Length - HeadBytes - 6) / 3).Select(index => frame[HeadBytes + 6 + (3 * index)]).ToArray();
        for (var left = random.Next(1, 12); left > 0; left--)
        {
            var like = scans[random.Next(scans.Count)];
            byte[] components = random.Next(3) == 0 ? ids : [ids[random.Next(ids.Length)]];
            var step = new byte[3];
            WriteStep(step, random);
            var data = random.Next(2) == 0 ? Noise(random) : like[DataAt(like)..];
            byte[] scan =
            [
                0xFF, StartOfScan, 0, (byte)(6 + (2 * components.Length)), (byte)components.Length,
                .. components.SelectMany(id => (byte[])[id, (byte)((random.Next(2) << 4) | random.Next(2))]), .. step, .. data,
            ];
            var after = segments.FindIndex(segment => segment[1] == StartOfScan);
            segments.Insert(random.Next(after, segments.Count + 1), scan);
        }
    }

    private static byte[] LieAboutLength(byte[] segment, Random random)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(2));
        int[] lies = [0, 1, 2, 3, length - 1, length + 1, length - 3, length + random.Next(300), ushort.MaxValue, length / 2];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)lies[random.Next(lies.Length)]);
        return segment;
    }

    /// <summary>Bytes by chance, in which no marker is.</summary>
    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(random.Next(3) == 0 ? 600 : 30)];
        random.NextBytes(noise);
        return [.. noise.SelectMany(value => value == 0xFF ? (byte[])[value, 0] : [value])];
    }
}
