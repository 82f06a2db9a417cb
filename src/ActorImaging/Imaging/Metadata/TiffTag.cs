namespace ActorImaging.Imaging.Metadata;

/// <summary>The tags of TIFF 6.0 and EXIF 3.0 that this program looks at.</summary>
internal static class TiffTag
{
    public const ushort ProcessingSoftware = 11;
    public const ushort NewSubfileType = 254;
    public const ushort OldSubfileType = 255;
    public const ushort FirstOfLayout = 256;
    public const ushort PageNumber = 297;
    public const ushort Previews = 330;
    public const ushort ImageWidth = 256;
    public const ushort ImageLength = 257;
    public const ushort BitsPerSample = 258;
    public const ushort Compression = 259;
    public const ushort PhotometricInterpretation = 262;
    public const ushort DocumentName = 269;
    public const ushort ImageDescription = 270;
    public const ushort Make = 271;
    public const ushort Model = 272;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort SamplesPerPixel = 277;
    public const ushort RowsPerStrip = 278;
    public const ushort StripByteCounts = 279;
    public const ushort HorizontalResolution = 282;
    public const ushort VerticalResolution = 283;
    public const ushort PageName = 285;
    public const ushort ResolutionUnit = 296;
    public const ushort Software = 305;
    public const ushort DateTime = 306;
    public const ushort Artist = 315;
    public const ushort HostComputer = 316;
    public const ushort WhitePoint = 318;
    public const ushort ColorMap = 320;
    public const ushort TileWidth = 322;
    public const ushort TileLength = 323;
    public const ushort TileOffsets = 324;
    public const ushort ExtraSamples = 338;
    public const ushort SampleFormat = 339;
    public const ushort ThumbnailAt = 513;
    public const ushort ThumbnailBytes = 514;
    public const ushort ChromaPosition = 531;
    public const ushort LastOfLayout = 532;
    public const ushort Xmp = 700;
    public const ushort Rating = 18246;
    public const ushort RatingPercent = 18249;
    public const ushort Copyright = 33432;
    public const ushort Iptc = 33723;
    public const ushort ImageResources = 34377;
    public const ushort ExifDirectory = 34665;
    public const ushort ExifVersion = 36864;
    public const ushort ComponentsConfiguration = 37121;
    public const ushort MakerNote = 37500;
    public const ushort FlashpixVersion = 40960;
    public const ushort ExifColorSpace = 40961;
    public const ushort IccProfile = 34675;
    public const ushort GpsDirectory = 34853;
    public const ushort InteroperabilityDirectory = 40965;
    public const ushort PixelWidth = 40962;
    public const ushort PixelHeight = 40963;
    public const ushort DngVersion = 50706;
    public const ushort DngBackwardVersion = 50707;
    public const ushort WindowsTitle = 40091;
    public const ushort WindowsSubject = 40095;

    /// <summary>Whether a tag is where a directory of its own is.</summary>
    public static bool IsDirectory(ushort tag) => tag is ExifDirectory or GpsDirectory or InteroperabilityDirectory;

    /// <summary>Whether a tag says something of one picture that is not of others in the same file.</summary>
    public static bool IsOfOnePicture(ushort tag) => tag is ImageDescription or Artist or Copyright or ExifDirectory or GpsDirectory;

    /// <summary>Whether a tag is carried in another way than by itself, or says how this file is made.</summary>
    public static bool IsOfFile(ushort tag) => tag is Xmp or Iptc or ImageResources or IccProfile or NewSubfileType or OldSubfileType or PageNumber or Previews
        || (tag is >= FirstOfLayout and <= LastOfLayout && !IsOfPicture(tag));

    /// <summary>Whether a tag says that the file is a camera's raw one (Adobe Digital Negative specification 1.7): readers would look for such pixels.</summary>
    public static bool IsOfRawFile(ushort tag) => tag is DngVersion or DngBackwardVersion;

    /// <summary>
    /// Whether a tag of an image's own directory says something of the picture and not of how its pixels lie in the file: what EXIF data have in their
    /// first directory (EXIF 3.0, 4.6.4).
    /// </summary>
    public static bool IsOfPicture(ushort tag) => tag is ProcessingSoftware or DocumentName or ImageDescription or Make or Model or Orientation or PageName or Software or DateTime or Artist or HostComputer
        or HorizontalResolution or VerticalResolution or ResolutionUnit or Copyright or Rating or RatingPercent
        or (>= WindowsTitle and <= WindowsSubject) || IsDirectory(tag);
}
