namespace ActorImaging.Imaging.Jpeg;

/// <summary>What a JPEG says of what its components are, and what libjpeg takes three of them for (jdapimin.c).</summary>
internal sealed class ColourMarks
{
    private const int JfifBytes = 14;
    private const int AdobeBytes = 12;
    private const int AdobeTransformAt = 11;

    private bool _isJfif;
    private int? _adobeTransform;

    /// <summary>Looks at a segment for applications.</summary>
    public void Take(byte marker, ReadOnlySpan<byte> data)
    {
        if (marker == JpegMarker.App0 && data.Length >= JfifBytes && data.StartsWith("JFIF\0"u8))
        {
            _isJfif = true;
        }
        else if (marker == JpegMarker.App14 && data.Length >= AdobeBytes && data.StartsWith("Adobe"u8))
        {
            _adobeTransform = data[AdobeTransformAt];
        }
    }

    /// <summary>Whether three components are red, green and blue themselves.</summary>
    public bool AreRgb(JpegFrameHeader frame) => !_isJfif && (_adobeTransform is { } transform
        ? transform == 0
        : frame.Components is [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }]);
}
