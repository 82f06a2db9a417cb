using System.Buffers.Binary;

namespace ActorImaging.Imaging.Jpeg;

/// <summary>The tables that stand between the segments of a JPEG, as they were last said (ITU-T T.81, B.2.4).</summary>
internal sealed class DecodingTables
{
    private const int Tables = 4;
    private const int Coefficients = 64;
    private const int CodeLengths = 16;
    private const int MostSymbols = 256;

    private readonly short[]?[] _steps = new short[Tables][];
    private readonly byte[]?[] _definitions = new byte[2 * Tables][];
    private readonly CodeTable?[] _codes = new CodeTable[2 * Tables];

    /// <summary>MCUs between two restarts; 0 for none.</summary>
    public int RestartInterval { get; private set; }

    /// <summary>Takes a segment, if it is one of tables.</summary>
    /// <param name="marker">Its marker.</param>
    /// <param name="data">What is behind its length.</param>
    /// <exception cref="CorruptSourceException">It is damaged.</exception>
    public void Take(byte marker, ReadOnlySpan<byte> data)
    {
        switch (marker)
        {
            case JpegMarker.QuantisationTables:
                TakeSteps(data);
                break;
            case JpegMarker.HuffmanTables:
                TakeCodes(data);
                break;
            case JpegMarker.RestartInterval:
                RestartInterval = data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(data) : throw Damaged("restart interval");
                break;
            default:
                break; // of other kinds
        }
    }

    /// <summary>What the coefficients of a component are multiplied by, row by row; words without sign.</summary>
    public ReadOnlySpan<short> Steps(int table) => _steps[table] ?? throw new CorruptSourceException("can't be decoded: it lacks a quantisation table");

    /// <summary>The codes of DC coefficients.</summary>
    public CodeTable DcCodes(int table) => Codes(table, isDc: true);

    /// <summary>The codes of AC coefficients.</summary>
    public CodeTable AcCodes(int table) => Codes(table, isDc: false);

    private CodeTable Codes(int table, bool isDc)
    {
        if (table >= Tables || _definitions[isDc ? table : Tables + table] is not { } definition)
        {
            throw new CorruptSourceException("can't be decoded: it lacks a Huffman table");
        }

        return _codes[isDc ? table : Tables + table] ??= new CodeTable(definition, isDc);
    }

    private void TakeSteps(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            int table = data[0] & 15, bytes = data[0] >> 4 == 0 ? 1 : 2;
            if (table >= Tables || data.Length < 1 + (bytes * Coefficients))
            {
                throw Damaged("quantisation table");
            }

            var steps = new short[Coefficients];
            for (var place = 0; place < Coefficients; place++)
            {
                var at = 1 + (bytes * place);
                steps[ZigZag.Natural[place]] = bytes == 1 ? data[at] : BinaryPrimitives.ReadInt16BigEndian(data[at..]);
            }

            _steps[table] = steps;
            data = data[(1 + (bytes * Coefficients))..];
        }
    }

    private void TakeCodes(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            var symbols = 0;
            for (var length = 1; length <= CodeLengths && length < data.Length; length++)
            {
                symbols += data[length];
            }

            int kind = data[0] >> 4, table = data[0] & 15, bytes = CodeLengths + symbols;
            if (kind > 1 || table >= Tables || symbols > MostSymbols || data.Length < 1 + bytes)
            {
                throw Damaged("Huffman table");
            }

            var index = (kind * Tables) + table;
            (_definitions[index], _codes[index]) = (data.Slice(1, bytes).ToArray(), null); // checked when it is used, as libjpeg does
            data = data[(1 + bytes)..];
        }
    }

    private static CorruptSourceException Damaged(string what) => new($"can't be decoded: a {what} is damaged");
}
