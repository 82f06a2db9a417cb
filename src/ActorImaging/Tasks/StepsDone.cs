namespace ActorImaging.Tasks;

/// <summary>Which part of an engine did the steps of a task: codecs and kernels of our own, or Magick.NET.</summary>
public readonly record struct StepsDone
{
    /// <summary>The name of codecs that are Magick.NET's.</summary>
    internal const string MagickName = "Magick.NET";

    /// <summary>What decoded the source; null where another task had.</summary>
    public string? Decoder { get; init; }

    /// <summary>Operations that kernels did.</summary>
    public int OperationsByKernels { get; init; }

    /// <summary>Operations that Magick.NET did.</summary>
    public int OperationsByMagick { get; init; }

    /// <summary>What encoded the output; null where none was written.</summary>
    public string? Encoder { get; init; }

    /// <summary>Whether Magick.NET decoded the source.</summary>
    public bool IsDecodedByMagick => Decoder == MagickName;

    /// <summary>Whether Magick.NET encoded the output.</summary>
    public bool IsEncodedByMagick => Encoder == MagickName;
}
