using System.Globalization;
using ActorImaging.Tasks;

namespace ActorImaging.Cli.Reporting;

/// <summary>What results have in common: which warnings, on how many sources each, and what Magick.NET did. One thread at a time.</summary>
internal sealed class ResultCounts
{
    /// <summary>More kinds of warnings than anybody reads are counted together.</summary>
    private const int MostKinds = 50;

    private readonly OrderedDictionary<string, Kind> _warnings = [];
    private long _furtherWarnings;

    /// <summary>Sources that Magick.NET decoded.</summary>
    public long DecodesByMagick { get; private set; }

    /// <summary>Operations that Magick.NET did.</summary>
    public long OperationsByMagick { get; private set; }

    /// <summary>Outputs that Magick.NET encoded.</summary>
    public long EncodesByMagick { get; private set; }

    /// <summary>Whether Magick.NET did something.</summary>
    public bool AreAnyByMagick => DecodesByMagick + OperationsByMagick + EncodesByMagick > 0;

    /// <summary>Takes note of a result.</summary>
    public void Note(ImageTaskResult result)
    {
        var steps = result.Statistics.Steps;
        DecodesByMagick += steps.IsDecodedByMagick ? 1 : 0;
        OperationsByMagick += steps.OperationsByMagick;
        EncodesByMagick += steps.IsEncodedByMagick ? 1 : 0;
        foreach (var warning in result.Warnings)
        {
            if (_warnings.TryGetValue(warning, out var known))
            {
                known.Add(result.Task.SourcePath);
            }
            else if (_warnings.Count < MostKinds)
            {
                _warnings.Add(warning, new Kind(result.Task.SourcePath));
            }
            else
            {
                _furtherWarnings++;
            }
        }
    }

    /// <summary>A line for each warning, with the first source that it is about and how many there are.</summary>
    public IEnumerable<string> Warnings()
    {
        foreach (var (warning, kind) in _warnings)
        {
            var others = kind.Sources > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {kind.Sources - 1:N0} more") : string.Empty;
            yield return $"{warning} ('{kind.First}'{others})";
        }

        if (_furtherWarnings > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_furtherWarnings:N0} further warnings (--json shows all)");
        }
    }

    /// <summary>The sources of one warning; the tasks of a source mostly end one after the other, so that it is counted once by remembering the last.</summary>
    private sealed class Kind(string first)
    {
        private string _last = first;

        public string First { get; } = first;

        public long Sources { get; private set; } = 1;

        public void Add(string source)
        {
            Sources += source == _last || source == First ? 0 : 1;
            _last = source;
        }
    }
}
