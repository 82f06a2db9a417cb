using System.Collections.Immutable;
using ActorImaging.Imaging.Containers;
using ActorImaging.Imaging.Magick;
using ActorImaging.Imaging.Metadata;
using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>An image that one task works on: its frames, what is beside their pixels, and how they came to be.</summary>
internal sealed class EngineImage : IEngineImage
{
    private readonly EngineCodecs _codecs;
    private readonly List<Frame> _frames;
    private readonly List<string> _warnings;
    private ImageMetadata _metadata;
    private ShrunkSource? _shrunk;
    private bool _isChanged;

    /// <summary>An image as it was decoded, or as somebody else shares it.</summary>
    /// <param name="codecs">What works on it.</param>
    /// <param name="frames">Its frames; taken over.</param>
    /// <param name="facts">What is known of it.</param>
    public EngineImage(EngineCodecs codecs, List<Frame> frames, SourceFacts facts)
    {
        _codecs = codecs;
        _frames = frames;
        Facts = facts;
        _metadata = facts.Metadata;
        _shrunk = facts.Shrunk;
        _warnings = [.. facts.Warnings];
    }

    /// <summary>What was known of it when it was decoded.</summary>
    public SourceFacts Facts { get; }

    /// <inheritdoc/>
    public IReadOnlyList<PixelSize> Sizes => [.. _frames.Select(frame => _shrunk?.Size ?? frame.Size)];

    /// <summary>The size that its pixels have, which may be a fraction of it.</summary>
    public PixelSize DecodedSize => _frames[0].Size;

    /// <inheritdoc/>
    public int BitDepth => Facts.BitDepth;

    /// <inheritdoc/>
    public ImmutableArray<string> Warnings => [.. _warnings.Distinct()];

    /// <inheritdoc/>
    public StepsDone StepsDone { get; internal set; }

    /// <inheritdoc/>
    public void Apply(ImageOperation operation)
    {
        if (operation is AutoOrientOperation && _metadata.Orientation == ImageOrientation.TopLeft)
        {
            return;
        }

        if (ColorsMatter(operation) && _frames[0].Colors is FrameColors.Cmyk || operation is TintOperation && _metadata.IccProfile is { ColorSpace: IccColorSpace.Gray, IsSrgb: false })
        {
            _metadata = OutputColors.ToSrgb(_frames, _metadata, _warnings);
        }

        var isByKernels = true;
        foreach (var frame in _frames)
        {
            isByKernels &= TryApplyKernels(operation, frame);
        }

        StepsDone = isByKernels ? StepsDone with { OperationsByKernels = StepsDone.OperationsByKernels + 1 } : StepsDone with { OperationsByMagick = StepsDone.OperationsByMagick + 1 };
        _isChanged = true;
        _shrunk = _shrunk?.After(operation, _metadata.Orientation);
        _metadata = After(operation, _metadata);
    }

    /// <inheritdoc/>
    public ISharedSource? Share()
    {
        if (!_codecs.UsesKernels || _frames is not [var frame])
        {
            return null;
        }

        if (frame.Planes is { } planes)
        {
            return new SharedPlanes(_codecs, planes.AddReference(), Facts);
        }

        return !frame.TryMoveToBuffer() ? null : new SharedPixels(_codecs, frame.FinishPixels().AddReference(), Facts);
    }

    /// <inheritdoc/>
    public void Encode(ImageFormat format, OutputSettings settings, Stream output)
    {
        RequireFramesHeld(format);
        if (_metadata.Orientation != ImageOrientation.TopLeft && MetadataSelection.LosesOrientation(format, settings.Metadata, _metadata))
        {
            Apply(new AutoOrientOperation());
        }

        _warnings.AddRange(settings.Metadata == MetadataPolicy.Strip ? [] : Facts.Omissions);
        var described = new OutputColors(format, settings.ColorProfile, _warnings).Settle(_frames, _metadata);
        var selected = new MetadataSelection(format, settings.Metadata, _warnings).Of(described, _frames[0].Size, _isChanged);
        var encoder = _codecs.EncoderFor(format, _frames, settings);
        StepsDone = StepsDone with { Encoder = encoder.Name };
        encoder.Encode(_frames, selected, settings, output);
    }

    /// <inheritdoc/>
    public void Dispose() => _frames.ForEach(frame => frame.Dispose());

    private void RequireFramesHeld(ImageFormat format)
    {
        var capabilities = FormatCapabilities.Of(format);
        if (_frames.Count > 1 && !capabilities.Frames)
        {
            var holding = string.Join(", ", FormatCapabilities.HoldingFrames.Select(ImageFormats.NameOf));
            throw new UnsupportedImageException(FormattableString.Invariant($"has {_frames.Count} frames, but {ImageFormats.NameOf(format)} holds one: write one of {holding}, or take the first"));
        }

        if (!capabilities.FramesOfAnySize && _frames.Find(frame => frame.Size != DecodedSize) is { } other)
        {
            throw new UnsupportedImageException(
                $"has pages of {DecodedSize} and of {other.Size}, but {ImageFormats.NameOf(format)} holds frames of one size: write {ImageFormats.NameOf(ImageFormat.Tiff)}, resize to one size (@cover or @contain), or take the first");
        }
    }

    /// <summary>Whether an operation means colours, and not samples whatever they stand for.</summary>
    private static bool ColorsMatter(ImageOperation operation) => operation is GrayscaleOperation or TintOperation or RotateOperation or ResizeOperation { Fit: ResizeFit.Contain };

    private static ImageMetadata After(ImageOperation operation, ImageMetadata metadata)
    {
        var isTurned = operation is AutoOrientOperation ? metadata.Orientation >= ImageOrientation.LeftTop : operation is RotateOperation { IsQuarterTurn: true };
        return metadata with
        {
            Orientation = operation is AutoOrientOperation ? ImageOrientation.TopLeft : metadata.Orientation,
            Density = isTurned ? metadata.Density?.Turned() : metadata.Density,
        };
    }

    private bool TryApplyKernels(ImageOperation operation, Frame frame)
    {
        if (frame.Planes is { } planes && PlaneOperations.Supports(operation, planes.Size))
        {
            frame.ReplacePlanes(PlaneOperations.Apply(operation, planes, _shrunk?.Size ?? planes.Size, _metadata.Orientation));
            return true;
        }

        if (_codecs.UsesKernels && frame.TryMoveToBuffer()
            && AcceleratedOperations.TryFindSteps(operation, frame.Size, _shrunk, _metadata.Orientation, out var steps))
        {
            foreach (var step in steps)
            {
                frame.StartKernel(step);
            }

            return true;
        }

        MagickOperations.Apply(operation, frame.MoveToMagick(), _shrunk?.Size ?? frame.Size, _metadata.Orientation);
        return false;
    }
}
